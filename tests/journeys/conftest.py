"""The real site and a real browser; started once for all journeys."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import prepared
from tests.journeys import addresses
from tests.journeys.browser import CHROMIUM, SWITCHES, Door, Visitor
from tests.journeys.site import PROGRAMS, Site

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say which tests need the browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        sentence = "Chromium is missing; install it with: apt-get install chromium"
        if os.environ.get("MITPLAN_REQUIRE_BROWSER") == "1":
            pytest.fail(sentence)
        pytest.skip(sentence)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def loaded(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The demonstration as `make run` left it; to be copied, never started again."""
    return Site(prepared.once(tmp_path_factory, "demonstration", serve_once))


def serve_once(home: Path) -> None:
    """Do in an empty folder what `make run` does, until the site answers."""
    home.mkdir()
    site = Site(home)
    site.run_in_background(PROGRAMS / "mitplan", "serve", "--port", str(site.port), "--workers=1")
    site.stop()
    site.do_the_jobs()


@pytest.fixture(scope="package")
def demonstration(loaded: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """What a stranger sees after `make run`. Journeys only read here."""
    site = loaded.copied_to(tmp_path_factory.mktemp("demonstration") / "site")
    site.start()
    yield site
    site.stop()


@pytest.fixture
def own_demonstration(loaded: Site, tmp_path: Path) -> Iterator[Site]:
    """A copy of the demonstration in which this journey may change things."""
    site = loaded.copied_to(tmp_path / "site")
    site.start()
    yield site
    site.stop()


@pytest.fixture
def empty_site(loaded: Site, migrated: Path, tmp_path: Path) -> Iterator[Site]:
    """A site on which nobody has done anything yet."""
    site = Site(tmp_path / "empty", is_demonstration=False)
    (site.home / "var").mkdir(parents=True)
    shutil.copy(migrated, site.database)
    (site.home / "static-collected").symlink_to(loaded.home / "static-collected")
    site.start()
    yield site
    site.stop()


@pytest.fixture
def door(chromium: Browser) -> Iterator[Door]:
    """Opens browsers; afterwards none of them may have complained."""
    opened = Door(chromium)
    yield opened
    assert opened.close() == []


@pytest.fixture
def visitor(door: Door, demonstration: Site) -> Callable[..., Visitor]:
    """Opens the demonstration in a browser, in a role."""

    def visit(role: str = "public", **options: object) -> Visitor:
        someone = door.open(demonstration.address, **options)
        if role != "public":
            someone.take_role(role)
        return someone

    return visit


@pytest.fixture(scope="package")
def people(chromium: Browser, demonstration: Site) -> Iterator[dict[str, Visitor]]:
    """One browser for each role; who signs in once sees all pages."""
    door = Door(chromium)
    seen = {}
    for role in addresses.SEES:
        seen[role] = door.open(demonstration.address)
        seen[role].take_role(role)
    seen["tour"] = door.open(demonstration.address)
    yield seen
    door.close()


@pytest.fixture(scope="package")
def where(demonstration: Site, people: dict[str, Visitor]) -> addresses.Addresses:
    """The addresses of all pages; a mail link and a conflict are read where the secretariat reads them."""

    def read(address: str, what: str) -> str:
        answer = people["secretariat"].context.request.get(demonstration.address + address)
        return re.search(what, answer.text())[1]

    link = read("/beteiligung/2/einladungen/", r">[^<]*(/mitmachen/\d+/[^/]+/)<")
    conflict = read("/plan/musterland/arbeitsfassung/", r"/konflikt/([^/]+)/")
    return addresses.Addresses(demonstration, link, conflict)
