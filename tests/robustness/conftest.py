"""A house of its own for processes that are killed or crowd each other: a real database, not the test's."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 240


class House:
    """A fresh database in which a program of this folder runs as a process of its own."""

    def __init__(self, home, database_url):
        self.environment = os.environ | {"MITPLAN_HOME": str(home), "EMAIL_HOST": ""}
        self.environment.pop("DATABASE_URL", None)
        if database_url:
            self.environment["DATABASE_URL"] = database_url

    def run(self, program, *arguments):
        """Run a program and return what it reports."""
        done = subprocess.run(
            [sys.executable, "-m", f"tests.robustness.{program}", *map(str, arguments)],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return json.loads(done.stdout)


@pytest.fixture
def house(request, tmp_path):
    """A house on SQLite, or on the PostgreSQL that the tests were given."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        (tmp_path / "var").mkdir()
        shutil.copy(request.getfixturevalue("migrated"), tmp_path / "var" / "mitplan.sqlite3")
        yield House(tmp_path, None)
        return
    name = f"mitplan_{uuid4().hex}"
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield House(tmp_path, urlunsplit(urlsplit(given)._replace(path=f"/{name}")))
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
