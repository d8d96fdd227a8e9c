"""The pictures of the README, taken from the demonstration; written where missing, or when asked to."""

import os

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import DESKTOP, PHONE
from tests.journeys.site import ROOT

FOLDER = ROOT / "docs" / "screenshots"
PICTURES = {
    "start": ("public", "/"),
    "plan": ("public", "/plan/musterland/fassung/3/?herkunft=1#t66"),
    "anliegen": ("public", "/anliegen/1-001-01/"),
    "ergebnis": ("public", "/ergebnis/1/"),
    "tour": ("public", "/tour/3/"),
    "entscheiden": ("secretariat", "/anliegen/2-001-02/entscheiden/?runde=2&stand=undecided"),
}


def keep(name, picture):
    """Write a picture where it is missing or wanted anew, so that a checkout stays as it is."""
    target = FOLDER / f"{name}.png"
    if os.environ.get("MITPLAN_WRITE_SCREENSHOTS") == "1" or not target.exists():
        FOLDER.mkdir(exist_ok=True)
        target.write_bytes(picture)


@pytest.mark.parametrize("name", PICTURES)
def test_picture_shows_the_page_as_it_is(name, visitor):
    role, address = PICTURES[name]
    guest = visitor(role, width=DESKTOP)

    answer = guest.goto(address)

    assert answer.ok
    keep(name, guest.page.screenshot())


def test_picture_shows_how_a_volunteer_rewords_a_sentence_on_a_phone(
    own_demonstration, door, where
):
    volunteer = door.open(own_demonstration.address, width=PHONE)
    volunteer.goto(f"{where['participation:task']}?stelle=67#t67")
    wording = volunteer.page.get_by_label("Wortlaut")

    wording.fill(wording.input_value().replace("drei Landkreisen", "allen Landkreisen"))

    expect(volunteer.page.locator("#t67 ins")).to_contain_text("allen")
    wording.evaluate("area => area.closest('.pa-slot').scrollIntoView()")
    keep("mitmachen-phone", volunteer.page.screenshot())
