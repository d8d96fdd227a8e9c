"""Settings: safe by default, everything that differs between machines comes from the environment."""

import os
import secrets
from pathlib import Path

import dj_database_url

PACKAGE = Path(__file__).resolve().parents[1]
BASE_DIR = Path(os.environ.get("MITPLAN_HOME", PACKAGE.parents[1]))
VAR = BASE_DIR / "var"


def _switched_on(name: str, *, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "0") == "1"


def _secret_key() -> str:
    """Take the key from the environment, or keep one of our own beside the database."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    VAR.mkdir(exist_ok=True)
    kept = VAR / "secret-key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text()


SECRET_KEY = _secret_key()
DEBUG = _switched_on("MITPLAN_DEBUG")
DEMONSTRATION = _switched_on("MITPLAN_DEMONSTRATION")
"""Whether the role switch and the tour are offered; never on where real people decide."""

OPERATOR = {
    "name": os.environ.get("MITPLAN_OPERATOR", ""),
    "address": os.environ.get("MITPLAN_OPERATOR_ADDRESS", ""),
    "represented_by": os.environ.get("MITPLAN_OPERATOR_REPRESENTED_BY", ""),
    "email": os.environ.get("MITPLAN_OPERATOR_EMAIL", ""),
    "phone": os.environ.get("MITPLAN_OPERATOR_PHONE", ""),
    "data_protection": os.environ.get("MITPLAN_OPERATOR_DATA_PROTECTION", ""),
    "enforcement_body": os.environ.get("MITPLAN_OPERATOR_ENFORCEMENT_BODY", ""),
    "accessibility_state": os.environ.get("MITPLAN_OPERATOR_ACCESSIBILITY_STATE", ""),
    "accessibility_on": os.environ.get("MITPLAN_OPERATOR_ACCESSIBILITY_ON", ""),
}
"""Who answers for this instance; what is empty is marked on the legal pages as still to be given."""

EASY_LANGUAGE = Path(
    os.environ.get("MITPLAN_EASY_LANGUAGE")
    or PACKAGE / ("demo" if DEMONSTRATION else "web") / "content" / "leichte-sprache.md"
)
"""The text of the page in Leichte Sprache."""

PUBLIC_URL = os.environ.get("MITPLAN_URL", "http://127.0.0.1:8000")
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
HTTPS = PUBLIC_URL.startswith("https://")

INSTALLED_APPS = [
    "mitplan.common",
    "mitplan.ui",
    "mitplan.accounts",
    "mitplan.conference",
    "mitplan.plan",
    "mitplan.projects",
    "mitplan.participation",
    "mitplan.monitoring",
    "mitplan.publishing",
    "mitplan.web",
    "mitplan.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mitplan.common.middleware.security_headers",
    "mitplan.common.middleware.head_as_get",
    "mitplan.ui.middleware.TablesAsFiles",
]

ROOT_URLCONF = "mitplan.config.urls"
WSGI_APPLICATION = "mitplan.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mitplan.ui.context.page",
                "mitplan.plan.context.plan_name",
                "mitplan.demo.context.role_switch",
            ],
        },
    }
]

FORM_RENDERER = "mitplan.ui.renderer.Renderer"

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{VAR / 'mitplan.sqlite3'}", conn_max_age=600
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    VAR.mkdir(exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # deferred transactions lose concurrent writes
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "common_sharedcacheentry",
        "KEY_FUNCTION": "mitplan.common.shared_cache.sealed",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 32},
    },
}
"""By default what all processes know alike: how often somebody tried to sign in. And in each process
pages and texts that were made once: few, for a whole plan takes half a megabyte."""

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/aufgaben/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_ADAPTER = "mitplan.accounts.adapter.Adapter"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_VERIFICATION = "none"

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "mitplan.config.formats"
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "static-collected"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG or not STATIC_ROOT.exists()
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = not STATIC_ROOT.exists()
MEDIA_ROOT = VAR / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_FILE_PATH = VAR / "mail"
"""Where mails go as files while no mail server is named."""
EMAIL_BACKEND = os.environ.get(
    "EMAIL_BACKEND",
    f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend",
)
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _switched_on("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", "mitplan@localhost")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

LOG_LEVEL = os.environ.get("LOG_LEVEL", "WARNING")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # The handler has the level too, because the job worker raises that of its own loggers.
    "handlers": {"console": {"class": "logging.StreamHandler", "level": LOG_LEVEL}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
