"""The tests run on the database that was asked for."""

import os
import re

from django.db import connection

from tests.architecture.house import PACKAGE


def test_database_is_the_one_that_was_asked_for():
    asked = os.environ.get("DATABASE_URL", "sqlite:").split(":")[0]

    assert connection.vendor[:6] == asked[:6]  # postgres: and postgresql: are one


def test_locks_leave_the_keys_alone():
    """A row that others refer to can be referred to while it is locked; else commits wait in a circle."""
    locks = {
        f"{path}: {found}"
        for path in PACKAGE.rglob("*.py")
        for found in re.findall(r"select_for_update\(.*", path.read_text(encoding="utf-8"))
        if "no_key=True" not in found
    }

    assert locks == set()
