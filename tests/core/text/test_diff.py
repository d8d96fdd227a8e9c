"""Differences of two wordings: cases of docs/algorithms/tokens-and-diff.md."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitplan.core.text import alignment
from mitplan.core.text.alignment import Block, align, longest_chain, split_doubtful
from mitplan.core.text.diff import Edit, Segment, SegmentKind, apply, diff, word_diff
from mitplan.core.text.tokens import is_word, normalise, tokenize
from tests.core.properties import attempt

WORDS = [
    "Ziel",
    "und",
    "der",
    "ß",
    "2,5",
    " ",
    " ",
    "\u00a0",
    "\n",
    ".",
    ",",
    "„",
    "“",
    "é",
    "👩‍👧",
]
TOKENS = st.lists(st.sampled_from(WORDS), max_size=24).map("".join).map(normalise).map(tokenize)


def marked(old, new):
    """Write a word diff with [-deleted-] and {+inserted+} text."""
    marks = {
        SegmentKind.EQUAL: "{}",
        SegmentKind.DELETED: "[-{}-]",
        SegmentKind.INSERTED: "{{+{}+}}",
    }
    return "".join(marks[segment.kind].format(segment.text) for segment in word_diff(old, new))


def assert_diff_applied_to_old_is_new(pair):
    """P1: the edits turn the old tokens into the new ones."""
    old, new = pair
    assert apply(old, diff(old, new)) == new


def test_diff_applied_to_old_is_new():
    attempt(assert_diff_applied_to_old_is_new, st.tuples(TOKENS, TOKENS))


@given(TOKENS, TOKENS)
def test_diff_edits_are_in_order_and_never_touch(old, new):
    edits = diff(old, new)

    assert all(edit.start < edit.end or edit.new for edit in edits)
    assert all(left.end < right.start for left, right in pairwise(edits))


@given(TOKENS)
def test_diff_of_equal_texts_is_empty(text):
    assert diff(text, text) == ()


@given(TOKENS, TOKENS)
def test_word_diff_segments_give_both_texts(old, new):
    segments = word_diff("".join(old), "".join(new))

    assert "".join(s.text for s in segments if s.kind is not SegmentKind.INSERTED) == "".join(old)
    assert "".join(s.text for s in segments if s.kind is not SegmentKind.DELETED) == "".join(new)


@pytest.mark.deep
def test_diff_applied_to_old_is_new_in_very_many_cases(deep_cases):
    attempt(assert_diff_applied_to_old_is_new, st.tuples(TOKENS, TOKENS), deep_cases)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("ein guter Tag", "ein sehr guter Tag", "ein {+sehr +}guter Tag"),
        ("bis 2025 gilt", "bis 2027 gilt", "bis [-2025-]{+2027+} gilt"),
        ("3,5 Mio. Euro", "4,6 Mio. Euro", "[-3,5-]{+4,6+} Mio. Euro"),
        ("Das gilt.", "Das gilt. Neu ist das.", "Das gilt.{+ Neu ist das.+}"),
        ("Eins. Drei.", "Eins. Zwei. Drei.", "Eins. {+Zwei. +}Drei."),
        ("Eins. Zwei. Drei.", "Eins. Drei.", "Eins. [-Zwei. -]Drei."),
        ("Bund und Land", "Land", "[-Bund und -]Land"),
        ("", "Neu", "{+Neu+}"),
        ("Alt", "", "[-Alt-]"),
        ("", "", ""),
    ],
)
def test_word_diff_falls_on_readable_groups(old, new, expected):
    assert marked(old, new) == expected


def test_word_diff_shows_surviving_small_words_in_a_rewritten_sentence_as_changed():
    old = "Die Stadt und der Kreis fördern Kurse."
    new = "Sprachschulen, Vereine und viele Betriebe finanzieren Plätze."

    assert marked(old, new) == (
        "[-Die Stadt und der Kreis fördern Kurse-]"
        "{+Sprachschulen, Vereine und viele Betriebe finanzieren Plätze+}."
    )


def test_diff_absorbs_a_lone_blank_but_no_end_of_sentence():
    assert diff(tokenize("a b"), tokenize("c d")) == (Edit(0, 3, ("c", " ", "d")),)
    assert diff(tokenize("a. b"), tokenize("c. d")) == (Edit(0, 1, ("c",)), Edit(3, 4, ("d",)))


def test_align_keeps_blanks_only_beside_words_that_stay():
    assert align(tokenize("a b c"), tokenize("x y z")) == ()
    assert align(tokenize("a b c"), tokenize("x b z")) == (Block(1, 1, 3),)


@given(TOKENS, TOKENS)
def test_align_of_huge_texts_is_still_right(old, new):
    limit = alignment._MAX_CELLS  # noqa: SLF001 -- the fallback would need megabytes of text
    alignment._MAX_CELLS = 4  # noqa: SLF001
    try:
        assert apply(old, diff(old, new)) == new
    finally:
        alignment._MAX_CELLS = limit  # noqa: SLF001


def test_align_of_huge_texts_keeps_what_stands_between_words_that_occur_once(monkeypatch):
    monkeypatch.setattr(alignment, "_MAX_CELLS", 4)
    old, new = tokenize("x der Anker die das"), tokenize("y der Anker die dem")

    assert align(old, new) == (Block(1, 1, 7),)


def test_split_doubtful_separates_a_word_between_two_rewritten_halves():
    old, new = tokenize("a b c und d e f Ende"), tokenize("g h i und j k l Ende")

    sure, doubtful = split_doubtful(old, new, align(old, new))

    assert ["".join(new[b.new : b.new + b.size]) for b in sure] == [" Ende"]
    assert ["".join(new[b.new : b.new + b.size]) for b in doubtful] == [" und "]


def test_longest_chain_keeps_the_most_pairs_in_order():
    assert longest_chain([(3, 0), (0, 1), (1, 2), (5, 3), (2, 4)]) == [(0, 1), (1, 2), (2, 4)]


def test_word_diff_of_a_changed_word_keeps_its_blanks():
    segments = word_diff("ein alter Satz", "ein neuer Satz")

    assert segments == (
        Segment(SegmentKind.EQUAL, "ein "),
        Segment(SegmentKind.DELETED, "alter"),
        Segment(SegmentKind.INSERTED, "neuer"),
        Segment(SegmentKind.EQUAL, " Satz"),
    )


def test_is_word_tells_words_from_marks():
    assert [token for token in tokenize("Zu 3,5 %: „ja“") if is_word(token)] == [
        "Zu",
        "3",
        "5",
        "ja",
    ]
