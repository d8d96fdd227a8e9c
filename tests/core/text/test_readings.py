"""Contested places side by side."""

import pytest

from mitplan.core.text.amendments import Amendment, DeletePassage, MovePassage, TextHunk, rewording
from mitplan.core.text.conflicts import Region, find_conflicts
from mitplan.core.text.passages import Kind, Passage
from mitplan.core.text.readings import ContestedPlace, Reading, contested_places

OFFICE = Passage("p", Kind.PARAGRAPH, "Ein Amt hilft allen Kindern sofort.")
END = Passage("q", Kind.PARAGRAPH, "Ende.")
BASE = (OFFICE, END)


def places(*proposals):
    given = [Amendment(number, each, 100 + number) for number, each in enumerate(proposals, 1)]
    (cluster,) = find_conflicts(BASE, given)
    return contested_places(BASE, cluster)


def test_contested_places_show_base_and_each_wish_once():
    friendly = rewording(OFFICE, "Ein Amt hilft vielen Kindern sofort.")
    broad = rewording(OFFICE, "Ein Amt hilft Menschen sofort.")

    assert places(friendly, broad, friendly) == (
        ContestedPlace(
            Region("p", 6, 9),
            "Ein Amt hilft ",
            "allen Kindern",
            " sofort.",
            (Reading((1, 3), "vielen Kindern"), Reading((2,), "Menschen")),
        ),
    )


def test_contested_places_several_changes_of_one_amendment_are_one_wish():
    one = (TextHunk("p", 0, 1, ("Das",)), TextHunk("p", 4, 5, ("dient",)))
    (place,) = places(one, (TextHunk("p", 0, 6, ("Wir", " ", "helfen", " ")),))

    assert place.readings == (Reading((1,), "Das Amt dient "), Reading((2,), "Wir helfen "))


def test_contested_places_deleted_passage_has_no_words():
    (place,) = places(rewording(OFFICE, "Ein Amt hilft."), (DeletePassage("p"),))

    assert place.readings == (Reading((1,), "Ein Amt hilft."), Reading((2,), None))


def test_contested_places_of_moves_are_none():
    base = (*BASE, Passage("r", Kind.PARAGRAPH, "Schluss."))
    given = [Amendment(n, (MovePassage("p", to),), n) for n, to in ((1, "q"), (2, "r"))]
    (cluster,) = find_conflicts(base, given)

    assert contested_places(base, cluster) == ()


def test_own_words_are_cut_out_of_a_whole_wording():
    (place,) = places((TextHunk("p", 6, 7, ("a",)),), (TextHunk("p", 6, 7, ("b",)),))

    assert place.own_words("Ein Amt hilft fast allen Kindern sofort.") == "fast allen"


@pytest.mark.parametrize("wording", ["Kein Amt hilft allen Kindern sofort.", "Ein Amt hilft "])
def test_own_words_outside_the_region_are_refused(wording):
    (place,) = places((TextHunk("p", 6, 7, ("a",)),), (TextHunk("p", 6, 7, ("b",)),))

    with pytest.raises(ValueError, match="outside the contested region"):
        place.own_words(wording)
