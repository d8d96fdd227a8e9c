"""English pages in a browser: words people wrote stay German, and everybody can use the rest."""

import pytest

PAGES = [
    "/",
    "/anliegen/",
    "/anliegen/1-001-01/",
    "/plan/musterland/fassung/3/nach-der-beteiligung/",
    "/plan/musterland/textstelle/66/",
    "/ziele/musterland/Z2/",
]


@pytest.mark.parametrize("address", PAGES)
def test_english_page_is_for_everybody(visitor, address):
    somebody = visitor(language="en-GB")

    somebody.goto(address)

    languages = somebody.page.locator("[lang]").evaluate_all("all => all.map(each => each.lang)")
    assert languages[0] == "en"
    assert {"en", "de"} == set(languages)
    assert somebody.faults() == []
