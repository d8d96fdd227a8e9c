"""Every page in every role: it answers, everybody can use it, nothing sticks out, nobody else is asked."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error

from tests.journeys import addresses
from tests.journeys.browser import BY_LOOKS, DESKTOP, NARROWEST

PAGES = sorted(addresses.pages()) + [
    (role, address) for role, several in addresses.BESIDES.items() for address in several
]
OK, NOT_BY_GET = 200, 405
SETTLES = 500
"""Milliseconds after which a browser has shown what was refused before."""
STATUS = {"/gibt-es-nicht/": 404, "/beteiligung/neu/": 403}


@pytest.mark.parametrize(("role", "name"), PAGES)
def test_page_is_for_everybody(role, name, people, where):
    visitor = people["tour" if name.startswith("demo:tour") else role]
    visitor.complaints.clear()
    address = name if name.startswith("/") else where[name]
    answer = opened(visitor, address)
    if is_act(answer) or is_file(answer) or answer.url in visitor.seen:
        return
    visitor.seen.add(answer.url)

    assert (answer.status, look(visitor)) == (STATUS.get(name, OK), {})


def opened(visitor, address):
    """Go to a page; what a browser does not show, a file to keep or an empty refusal, is asked for."""
    with suppress(Error):
        return visitor.goto(address)
    answer = visitor.context.request.get(visitor.site + address)
    if is_act(answer) or is_file(answer):
        return answer
    # The refusal before was still on its way to the screen, and cut this page off: let it arrive first.
    with suppress(Error):
        visitor.page.wait_for_timeout(SETTLES)
        visitor.page.goto("about:blank")
    visitor.page.wait_for_timeout(SETTLES)
    return visitor.goto(address)


def is_act(answer):
    return answer.status == NOT_BY_GET


def is_file(answer):
    return answer.status == OK and "text/html" not in answer.headers["content-type"]


def look(visitor):
    """Return what is wrong with the page: narrow and wide, dark and light, all parts unfolded."""
    page = visitor.page
    visitor.unfold()
    found = {"wide": visitor.overflow()}
    visitor.resize(NARROWEST)
    found["narrow"] = visitor.overflow()
    page.evaluate("document.documentElement.dir = 'rtl'")
    found["from right to left"] = visitor.overflow()
    page.evaluate("document.documentElement.dir = 'ltr'")
    visitor.thin_out()
    page.emulate_media(color_scheme="dark")
    found["dark"] = visitor.faults(BY_LOOKS)
    visitor.resize(DESKTOP)
    page.emulate_media(color_scheme="light")
    found["light"] = visitor.faults()
    found["complaints"] = list(visitor.complaints)
    return {what: faults for what, faults in found.items() if faults}


def test_page_on_which_a_proposal_meets_a_newer_text_is_for_everybody(own_demonstration, door):
    secretary = door.open(own_demonstration.address)
    secretary.take_role("secretariat")
    settle_the_conflict(secretary)
    secretary.goto("/plan/musterland/arbeitsfassung/fassung/")
    secretary.page.get_by_label("Bezeichnung").fill("Entwurf der Fortschreibung")
    secretary.press("Festhalten")
    secretary.goto("/neue-fassung/")
    own_demonstration.do_the_jobs()

    secretary.goto("/neue-fassung/")
    secretary.page.locator("tbody a").first.click()

    assert look(secretary) == {}


def settle_the_conflict(secretary):
    secretary.goto("/plan/musterland/arbeitsfassung/")
    secretary.page.get_by_role("link", name="Lösen:").click()
    secretary.page.get_by_role("radio").first.check()
    secretary.page.get_by_label("Öffentliche Begründung").fill("Der erste Vorschlag ist klarer.")
    secretary.press("Lösung speichern")
    assert secretary.path == "/plan/musterland/arbeitsfassung/"


def test_every_exception_is_a_route():
    routes = {route.name for route in addresses.every_route()}

    assert addresses.NOT_IN_THE_DEMONSTRATION.keys() - routes == set()
