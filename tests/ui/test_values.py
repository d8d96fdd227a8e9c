from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from mitplan.ui.values import (
    SYMBOLS,
    Evidence,
    Link,
    Status,
    cell,
    spoken_number,
    spoken_quantity,
    spoken_share,
)


@pytest.mark.parametrize(
    ("value", "html"),
    [
        (None, "–"),
        ("", "–"),
        (0, "0"),
        (True, "ja"),
        (1234.5, "1.234,5"),
        (Decimal("1234567.50"), "1.234.567,50"),
        (date(2015, 3, 19), "19. März 2015"),
        (datetime(2015, 3, 19, 11, 0, tzinfo=UTC), "19. März 2015, 12:00 Uhr"),
        ("A & B", "A &amp; B"),
        ("siehe https://a.de/b", '<span class="ui-breakable">siehe https://a.de/b</span>'),
        (Link("A & B", "/a?b=1&c=2"), '<a href="/a?b=1&amp;c=2">A &amp; B</a>'),
    ],
)
def test_cell_writes_each_kind_of_value(value, html):
    assert cell(value) == html


def test_spoken_number_follows_the_language():
    with override("en"):
        assert spoken_number(1234.5, 2) == "1,234.50"


def test_spoken_share_keeps_its_sign_on_the_line_and_follows_the_language():
    with override("en"):
        english = spoken_share(35.29)

    assert (spoken_share(35.29), english) == ("35,3\xa0%", "35.3%")


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (None, "Plätze", ""),
        (Decimal("1234.5"), "", "1.234,5"),
        (Decimal(3), "Plätze", "3\xa0Plätze"),
    ],
)
def test_spoken_quantity_is_a_number_with_its_unit(value, unit, words):
    assert spoken_quantity(value, unit) == words


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [
        (35.29, 1, "35,3"),
        (2.5, 0, "3"),
        (1.005, 2, "1,01"),
        (Decimal("94.15"), 1, "94,2"),
        (-2.5, 0, "-3"),
        (7, 1, "7,0"),
    ],
)
def test_spoken_number_is_rounded_not_cut(value, decimals, words):
    assert spoken_number(value, decimals) == words


def test_status_shows_symbol_word_and_sentence():
    html = Status("declined", "nicht übernommen", "Bund ist zuständig.").__html__()

    assert (
        '<span aria-hidden="true">✕</span><span class="kern-label">nicht übernommen</span>' in html
    )
    assert html.endswith('<span class="ui-status__sentence">Bund ist zuständig.</span>')


def test_status_unknown_value_is_neutral():
    assert "ui-status--neutral" in Status("anything", "Etwas").__html__()


def test_every_tone_has_a_rule_in_the_style_sheet(style_sheet):
    assert [tone for _, tone in SYMBOLS.values() if f".ui-status--{tone} " not in style_sheet] == []


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        (
            Evidence("https://www.hessen.de/x", is_demonstration=False),
            ["Belegt", 'href="https://www.hessen.de/x"'],
        ),
        (Evidence("Drucksache <19>", is_demonstration=False), ["Belegt", "Drucksache &lt;19&gt;"]),
        (
            Evidence("javascript:alert(1)", is_demonstration=False),
            ["Belegt", ">javascript:alert(1)<"],
        ),
        (Evidence("", is_demonstration=True), ["Demonstration"]),
    ],
)
def test_evidence_says_where_a_thing_comes_from(evidence, words):
    assert [word for word in words if word not in evidence.__html__()] == []


def test_evidence_without_source_claims_nothing():
    assert Evidence("", is_demonstration=False).__html__() == ""


def test_cell_follows_the_language_for_days_seen_before():
    day = date(2015, 3, 19)

    with override("de"):
        german = cell(day)
    with override("en"):
        english = cell(day)

    assert (german, english) == ("19. März 2015", "19 March 2015")
