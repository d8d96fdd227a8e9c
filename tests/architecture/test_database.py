"""The tests run on the database that was asked for."""

import os

from django.db import connection


def test_database_is_the_one_that_was_asked_for():
    asked = os.environ.get("DATABASE_URL", "sqlite:").split(":")[0]

    assert connection.vendor[:6] == asked[:6]  # postgres: and postgresql: are one
