"""What takes long to make is made once in a run, by whichever worker needs it first."""

import fcntl
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a file or folder that all workers of this run share; the others wait for the first."""
    folder = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    made = folder / name
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            half_made = folder / f"{name}.half-made"
            make(half_made)
            half_made.rename(made)
    return made


def migrate(file: Path) -> None:
    """Make an empty database with all tables."""
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity=0", "--skip-checks"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{file}", "PYTHONPATH": str(ROOT / "src")},
        check=True,
    )


def copy_database(source: Path, target: Path | str) -> None:
    """Fill an empty SQLite database with all that stands in another."""
    is_address = isinstance(target, str)
    with (
        closing(sqlite3.connect(source)) as full,
        closing(sqlite3.connect(target, uri=is_address)) as empty,
    ):
        full.backup(empty)
