"""Anchors: cases of docs/algorithms/anchors.md."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitplan.core.text.anchors import Located, Status, locate, make_anchor
from mitplan.core.text.passages import Kind, Passage

TEXT = "Das Land fördert Kurse. Die Kommunen fördern Kurse. Der Bund fördert Kurse am Abend."


def anchor(quote, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(quote, start + 1)
    return make_anchor(Passage("p", Kind.PARAGRAPH, TEXT), start, start + len(quote))


def found(located, text):
    return located.status, text[located.start : located.end]


def test_locate_same_text_carries_the_same_place():
    start = TEXT.index("fördern Kurse")

    assert locate(anchor("fördern Kurse"), TEXT) == Located(Status.CARRIED, start, start + 13)


def test_locate_repeated_quote_by_its_surroundings():
    text = "Neu ist dies: " + TEXT

    located = locate(anchor("fördert Kurse", nth=1), text)

    assert text[located.start - 5 : located.end] == "Bund fördert Kurse"


def test_locate_reworded_quote_is_changed():
    text = TEXT.replace("Kommunen fördern Kurse", "Kommunen fördern künftig viele Kurse")

    assert found(locate(anchor("Kommunen fördern Kurse"), text), text) == (
        Status.CHANGED,
        "Kommunen fördern künftig viele Kurse",
    )


def test_locate_replaced_quote_is_what_stands_between_its_surroundings():
    text = TEXT.replace("Die Kommunen", "Alle Landkreise")

    assert found(locate(anchor("Die Kommunen"), text), text) == (Status.CHANGED, "Alle Landkreise")


def test_locate_deleted_quote_is_lost():
    text = TEXT.replace("Der Bund fördert Kurse am Abend.", "")

    assert locate(anchor("Bund fördert Kurse am Abend"), text).status is Status.LOST
    assert locate(anchor("Kurse"), "") == Located(Status.LOST, 0, 0)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 3), (-1, 4), (0, 999)])
def test_make_anchor_outside_the_text_is_refused(start, end):
    with pytest.raises(ValueError, match="in passage p"):
        make_anchor(Passage("p", Kind.PARAGRAPH, TEXT), start, end)


@given(st.text(alphabet="ab .ß", min_size=1, max_size=30), st.data())
def test_locate_in_the_unchanged_text_finds_every_anchor(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    located = locate(make_anchor(Passage("p", Kind.PARAGRAPH, text), start, end), text)

    assert (located.status, text[located.start : located.end]) == (Status.CARRIED, text[start:end])
