"""Fixtures for the whole house."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import translation

from mitplan.accounts.models import User
from mitplan.common import triggers
from tests import factories, prepared

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests"
SHARING = ["journeys/test_pages", "journeys", "demo/loaded"]
LONGEST_FIRST = [
    "journeys",
    "robustness/test_processes.py",
    "journeys/test_pages",
    "robustness/test_foreign_input.py",
    "architecture/test_permissions.py",
    "web/commands/test_serve.py",
    "ui/test_gallery_in_browser.py",
    "demo/loaded",
]
"""With two workers: the pages begin when the other journeys have long loaded what both need."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Keep on one worker what shares something that takes long to make; the longest begin.

    The runner reads the groups while it collects; pytest-django sorts as well, so this sorts after it.
    """
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_shares_with(item)))
    yield
    items.sort(key=_place_in_line)


def _shares_with(item: pytest.Item) -> str:
    """Return the name of the tests that share a site or the demonstration, else the file."""
    place = item.path.relative_to(TESTS).as_posix()
    return next((folder for folder in SHARING if place.startswith(folder)), place)


def _place_in_line(item: pytest.Item) -> int:
    group = _shares_with(item)
    return LONGEST_FIRST.index(group) if group in LONGEST_FIRST else len(LONGEST_FIRST)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of foreign data; tests that need it are skipped where it is missing."""
    folder = Path(os.environ.get("MITPLAN_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        if os.environ.get("MITPLAN_REQUIRE_SHARED") == "1":
            pytest.fail(f"The shared data are required but missing: {folder}")
        pytest.skip(f"The shared data are missing: {folder}")
    return folder


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database with all tables; made once in a run, to be copied."""
    return prepared.once(tmp_path_factory, "migrated.sqlite3", prepared.migrate)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, django_db_modify_db_settings: None
) -> Iterator[None]:
    """Fill the test's database in memory beforehand, so that Django finds nothing left to migrate."""
    if connection.vendor != "sqlite":
        yield
        return
    name = connection.creation._get_test_db_name()  # noqa: SLF001 – Django has no public name for it
    with closing(sqlite3.connect(name, uri=True)):  # it lasts as long as it is held
        prepared.copy_database(request.getfixturevalue("migrated"), name)
        yield


@pytest.fixture(scope="session", autouse=True)
def _emptied_without_guard() -> Iterator[None]:
    """Tests that commit empty the tables afterwards; the triggers rightly refuse, so they step aside."""
    tear_down = TransactionTestCase._fixture_teardown  # noqa: SLF001 – Django has no public hook

    def without_guard(self: TransactionTestCase) -> None:
        triggers.remove()
        try:
            tear_down(self)
        finally:
            triggers.install()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", without_guard)
        yield


@pytest.fixture(autouse=True)
def _quick_and_local(settings: object, tmp_path: Path) -> None:
    """Cheap password hashes, mail kept in memory, files in the test's own folder, German first."""
    translation.deactivate()  # what the test before spoke
    caches["pages"].clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def secretary(db: None) -> User:
    return factories.make_secretary()


@pytest.fixture
def secretary_client(secretary: User) -> Client:
    client = Client()
    client.force_login(secretary)
    return client
