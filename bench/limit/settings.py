"""The least a Django app needs: one model, one template for each answer, no middleware."""

import os
from pathlib import Path

HERE = Path(__file__).parent
SECRET_KEY = "bench"  # noqa: S105 – nothing is signed here
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["bench.limit"]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "bench.limit.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("LIMIT_DATABASE", ":memory:"),
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
