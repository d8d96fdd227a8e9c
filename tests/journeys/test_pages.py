"""Every page in every role: it answers, everybody can use it, nothing sticks out, nobody else is asked."""

import pytest

from tests.journeys import addresses
from tests.journeys.browser import DESKTOP, NARROWEST

PAGES = sorted(addresses.pages()) + [
    (role, address) for role, several in addresses.BESIDES.items() for address in several
]
STATUS = {"/gibt-es-nicht/": 404, "/beteiligung/neu/": 403}


@pytest.mark.parametrize(("role", "name"), PAGES)
def test_page_is_for_everybody(role, name, people, where):
    visitor = people["tour" if name.startswith("demo:tour") else role]
    visitor.complaints.clear()
    address = name if name.startswith("/") else where[name]

    answer = visitor.goto(address)
    found = {"status": answer.status - STATUS.get(name, 200)}
    if visitor.page.url not in visitor.seen:
        found |= look(visitor)

    assert {what: faults for what, faults in found.items() if faults} == {}


def look(visitor):
    """Return what is wrong with the page: narrow and wide, dark and light, all parts unfolded."""
    page = visitor.page
    visitor.seen.add(page.url)
    visitor.unfold()
    found = {"wide": visitor.overflow()}
    visitor.resize(NARROWEST)
    found["narrow"] = visitor.overflow()
    page.evaluate("document.documentElement.dir = 'rtl'")
    found["from right to left"] = visitor.overflow()
    page.evaluate("document.documentElement.dir = 'ltr'")
    visitor.thin_out()
    page.emulate_media(color_scheme="dark")
    found["dark"] = visitor.faults()
    visitor.resize(DESKTOP)
    page.emulate_media(color_scheme="light")
    found["light"] = visitor.faults()
    return found | {"complaints": visitor.complaints}


def test_every_route_is_a_page_or_said_to_be_something_else():
    names = {route.name.removesuffix("_task") for route in addresses.every_route()}

    assert set(addresses.NO_PAGES) - names == set()
