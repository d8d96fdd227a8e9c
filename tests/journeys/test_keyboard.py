"""Everything by keyboard: the way past the navigation first, and one always sees where one is."""

import pytest

from tests.journeys.browser import DESKTOP, PHONE

MOST_STEPS = 150
KEY_PAGES = ["/", "/anliegen/", "/anliegen/1-001-01/", "/beteiligung/2/", "/suche/?q=Sprachkurs"]
FOCUSED = """() => {
    const here = document.activeElement, style = getComputedStyle(here);
    const box = here.getBoundingClientRect();
    return {
        text: here.textContent.trim().slice(0, 60),
        isMarked: style.outlineStyle !== "none" || style.boxShadow !== "none",
        isSeen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
        isBody: here === document.body,
        number: [...document.querySelectorAll("*")].indexOf(here),
    };
}"""
REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter(each => each.checkVisibility() && each.type !== "hidden" && !each.disabled).length"""


@pytest.mark.parametrize("address", KEY_PAGES)
def test_every_control_is_reached_and_seen(visitor, address):
    page = visitor().page
    page.goto(visitor().site + address)
    wanted = page.evaluate(REACHABLE)
    assert wanted < MOST_STEPS

    steps = walk(page)

    assert steps[0]["text"] == "Zum Inhalt"
    assert [step["text"] for step in steps if not (step["isMarked"] and step["isSeen"])] == []
    assert len({step["number"] for step in steps}) >= wanted


def walk(page):
    """Press Tab until the page is left, and note each place."""
    steps = []
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        step = page.evaluate(FOCUSED)
        if step["isBody"]:
            break
        steps.append(step)
    return steps


def test_skip_link_leads_past_the_navigation(visitor):
    reader = visitor()
    reader.goto("/plan/")

    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.press("Tab")

    assert reader.page.evaluate("document.activeElement.closest('main') !== null")


def test_table_of_points_is_walked_with_letters(visitor):
    reader = visitor()
    reader.goto("/anliegen/")

    for key in "jjk":
        reader.page.keyboard.press(key)
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**/anliegen/*/")

    assert reader.heading == "Anliegen 1-001-01"


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_text_of_the_plan_begins_in_the_first_screen(visitor, width):
    reader = visitor(width=width)
    reader.goto("/plan/")

    first = reader.page.get_by_text("Dieser Plan ist erfunden.").bounding_box()

    assert first["y"] < reader.page.viewport_size["height"]


def test_printed_plan_is_text_without_navigation(visitor):
    reader = visitor()
    reader.goto("/plan/")
    reader.page.emulate_media(media="print")

    seen = {
        name: reader.page.locator(name).first.is_visible()
        for name in (".ui-header", ".ui-footer", ".pub-tools", ".ui-skip", "main")
    }

    assert [name for name, is_seen in seen.items() if is_seen] == ["main"]
    assert reader.page.pdf(format="A4").startswith(b"%PDF")
