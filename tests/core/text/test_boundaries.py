"""Passages split and joined: the rows of docs/algorithms/conflicts.md about borders, and P9, P10 and P12."""

from dataclasses import replace

import pytest
from hypothesis import strategies as st

from mitplan.core.text.amendments import (
    Amendment,
    InsertPassage,
    JoinPassages,
    MovePassage,
    SplitPassage,
    TextHunk,
    derive,
)
from mitplan.core.text.cautions import Caution, CautionKind
from mitplan.core.text.consolidation import ChangeKind, PassageChange, consolidate
from mitplan.core.text.passages import Kind, Passage
from mitplan.core.text.rebase import rebase
from mitplan.core.text.runs import Run
from mitplan.core.text.tokens import tokenize
from tests.core.properties import attempt, name_of
from tests.core.text.proposals import (
    GERMAN,
    SYMBOLS,
    Author,
    merge,
    proposals,
    without_ids,
)

COURSES = Passage("p1", Kind.PARAGRAPH, "Das Land fördert Kurse. Sie sind frei.")
OFFICE = Passage("p2", Kind.PARAGRAPH, "Ein Amt hilft.")
END = Passage("p3", Kind.PARAGRAPH, "Ende.")
BASE = (COURSES, OFFICE, END)

SPLIT = SplitPassage("p1", 9, "new")
"""Before the second sentence; the blank before it is token 8."""
BLANK = TextHunk("p1", 8, 9)
JOIN = JoinPassages("p1", "p2")
SPACE = TextHunk("p1", 15, 15, (" ",))


def propose(number, *operations):
    return Amendment(number, operations, 100 + number)


def hunk(start, end, *new):
    return TextHunk("p1", start, end, new)


def texts(*amendments, base=BASE):
    return [passage.text for passage in merge(base, amendments).document]


# Split


def test_split_makes_two_passages_that_keep_the_origins():
    result = merge(BASE, [propose(1, SPLIT, BLANK)])

    assert [each.text for each in result.document[:2]] == [
        "Das Land fördert Kurse.",
        "Sie sind frei.",
    ]
    assert result.document[1].id == "new"
    assert result.runs["p1"] == (Run(8, 1),)
    assert result.runs["new"] == (Run(6, 1),)


def test_split_shows_its_lineage_in_the_changes():
    result = merge(BASE, [propose(1, SPLIT, BLANK)])

    left, right = result.document[:2]
    assert result.changes == (
        PassageChange("p1", ChangeKind.CHANGED, COURSES, left, (101,)),
        PassageChange("new", ChangeKind.INSERTED, None, right, (101,), split_of="p1"),
    )


@pytest.mark.parametrize(
    ("change", "left", "right"),
    [
        (hunk(6, 7, "Sport"), "Das Land fördert Sport. ", "Sie sind frei."),
        (hunk(14, 15, "!"), "Das Land fördert Kurse. ", "Sie sind frei!"),
        (hunk(9, 10, "Alle"), "Das Land fördert Kurse. ", "Alle sind frei."),
        (hunk(9, 9, "Hier", " "), "Das Land fördert Kurse. Hier ", "Sie sind frei."),
        (hunk(7, 10, ";", " ", "sie"), "Das Land fördert Kurse; sie", " sind frei."),
        (hunk(7, 11), "Das Land fördert Kurse", "sind frei."),
    ],
)
def test_split_maps_the_words_of_others(change, left, right):
    assert texts(propose(1, SPLIT), propose(2, change))[:2] == [left, right]


def test_split_inside_words_that_others_replace_asks_to_read_it():
    result = merge(BASE, [propose(1, SPLIT), propose(2, hunk(7, 10, ";"))])

    assert result.warnings == (Caution(CautionKind.SPANS_SPLIT, "p1", (1, 2)),)


def test_split_words_of_one_side_belong_to_its_change():
    result = merge(BASE, [propose(1, SPLIT), propose(2, hunk(9, 10, "Alle"))])

    assert [(each.passage, each.origins) for each in result.changes] == [
        ("p1", (101,)),
        ("new", (102, 101)),
    ]


def test_split_at_two_places_by_two_makes_three():
    other = SplitPassage("p1", 4, "other")

    assert texts(propose(1, SPLIT), propose(2, other))[:3] == [
        "Das Land ",
        "fördert Kurse. ",
        "Sie sind frei.",
    ]


def test_split_at_one_place_by_two_is_made_once():
    result = merge(BASE, [propose(1, SPLIT), propose(2, replace(SPLIT, id="other"))])

    assert [each.id for each in result.document] == ["p1", "new", "p2", "p3"]
    assert result.agreed[0].amendments == (1, 2)


def test_split_off_part_goes_along_when_its_passage_moves():
    result = merge(BASE, [propose(1, SPLIT), propose(2, MovePassage("p1", "p3"))])

    assert [each.id for each in result.document] == ["p2", "p3", "p1", "new"]


def test_split_off_part_stands_before_what_others_put_behind_the_passage():
    new = InsertPassage("n", "p1", Kind.PARAGRAPH, "Neu.")

    result = merge(BASE, [propose(1, SPLIT), propose(2, new)])

    assert [each.id for each in result.document] == ["p1", "new", "n", "p2", "p3"]


def test_split_that_is_contested_keeps_its_blank():
    result = merge(
        BASE, [propose(1, SPLIT, BLANK), propose(2, replace(SPLIT, id="i", kind=Kind.QUOTE), BLANK)]
    )

    assert result.document == BASE
    assert len(result.open[0].members) == 4


# Join


def test_join_puts_the_words_of_the_right_behind_the_left():
    result = merge(BASE, [propose(1, JOIN, SPACE)])

    assert [each.text for each in result.document] == [
        "Das Land fördert Kurse. Sie sind frei. Ein Amt hilft.",
        "Ende.",
    ]
    assert result.runs["p1"] == (Run(15, 1), Run(1, 101), Run(6, 1))


def test_join_shows_its_lineage_in_the_changes():
    result = merge(BASE, [propose(1, JOIN)])

    assert result.changes == (
        PassageChange("p1", ChangeKind.CHANGED, COURSES, result.document[0], (101,)),
        PassageChange("p2", ChangeKind.DELETED, OFFICE, None, (101,), joined_into="p1"),
    )


def test_join_takes_along_what_others_change_on_the_right():
    change = TextHunk("p2", 2, 3, ("Büro",))

    assert texts(propose(1, JOIN, SPACE), propose(2, change))[0].endswith("frei. Ein Büro hilft.")


def test_join_insertions_at_both_sides_of_the_border_stay_in_order():
    right = TextHunk("p2", 0, 0, ("§", " "))

    assert "frei. § Ein Amt" in texts(propose(1, right), propose(2, JOIN), propose(3, SPACE))[0]


def test_join_word_that_grows_together_belongs_to_who_joined():
    base = (Passage("a", Kind.PARAGRAPH, "Haus"), Passage("b", Kind.PARAGRAPH, "boot fährt"))

    result = merge(base, [propose(1, JoinPassages("a", "b"))])

    assert result.document[0].text == "Hausboot fährt"
    assert result.runs["a"] == (Run(1, 101), Run(2, 1))


def test_join_of_three_makes_one():
    joins = propose(1, JOIN), propose(2, JoinPassages("p2", "p3"))

    assert texts(*joins) == ["Das Land fördert Kurse. Sie sind frei.Ein Amt hilft.Ende."]


def test_join_and_split_of_the_same_passages_commute():
    cut_left, cut_right = SPLIT, SplitPassage("p2", 4, "tail")

    assert texts(propose(1, JOIN), propose(2, cut_left), propose(3, cut_right))[:3] == [
        "Das Land fördert Kurse. ",
        "Sie sind frei.Ein Amt ",
        "hilft.",
    ]


def test_join_leaves_a_reference_to_the_right_dangling():
    base = (*BASE, Passage("p4", Kind.PARAGRAPH, "Siehe [dort](#p2)."))

    result = merge(base, [propose(1, JOIN)])

    assert result.warnings == (Caution(CautionKind.DANGLING_REFERENCE, "p4", (1,)),)


def test_join_that_is_contested_keeps_its_blank():
    result = merge(BASE, [propose(1, JOIN, SPACE), propose(2, MovePassage("p2", "p3"))])

    assert result.document == BASE
    assert len(result.open[0].members) == 3


# Derived from a changed copy


def para(name, text, kind=Kind.PARAGRAPH):
    return Passage(name, kind, text)


@pytest.mark.parametrize(
    ("changed", "operations"),
    [
        (
            [para("p1", "Das Land fördert Kurse."), para("new", "Sie sind frei."), OFFICE, END],
            (SPLIT, BLANK),
        ),
        (
            [para("p1", "Das Land fördert Kurse;"), para("new", "Alle sind frei."), OFFICE, END],
            (SplitPassage("p1", 7, "new"), hunk(7, 7, ";"), hunk(7, 10, "Alle")),
        ),
        (
            [
                para("p1", "Das Land fördert Kurse."),
                para("new", "Hier: Sie sind frei."),
                OFFICE,
                END,
            ],
            (SplitPassage("p1", 8, "new"), hunk(8, 9, "Hier", ":", " ")),
        ),
        (
            [OFFICE, END, para("p1", "Das Land fördert Kurse."), para("new", "Sie sind frei.")],
            (MovePassage("p1", "p3"), SPLIT, BLANK),
        ),
        (
            [para("p1", f"{COURSES.text} {OFFICE.text}"), para("n", "Neu."), END],
            (InsertPassage("n", "p2", Kind.PARAGRAPH, "Neu."), JOIN, SPACE),
        ),
        (
            [para("p1", "Das Land fördert Kurse. Ein Amt hilft."), END],
            (JOIN, hunk(9, 15)),
        ),
    ],
)
def test_derive_sees_passages_split_and_joined(changed, operations):
    assert derive(BASE, tuple(changed)) == operations
    assert merge(BASE, [propose(1, *operations)]).document == tuple(changed)


def test_derive_words_grown_together_by_a_join():
    base = (para("a", "Wir fördern das Haus"), para("b", "boot und den Hafen."))
    changed = (para("a", "Wir fördern das Hausboot und den Hafen."),)

    operations = derive(base, changed)

    assert operations == (
        JoinPassages("a", "b"),
        TextHunk("a", 6, 7, ("Hausboot",)),
        TextHunk("b", 0, 1),
    )
    assert merge(base, [propose(1, *operations)]).document == changed


def test_derive_only_the_first_of_new_passages_comes_from_the_split():
    changed = (
        para("p1", "Das Land fördert Kurse."),
        para("new", "Sie sind frei."),
        para("n", "Sie sind sind Sie."),
        OFFICE,
        END,
    )

    assert derive(BASE, changed) == (
        InsertPassage("n", "p1", Kind.PARAGRAPH, "Sie sind sind Sie."),
        SPLIT,
        BLANK,
    )


@pytest.mark.parametrize(
    "changed",
    [
        [COURSES, para("new", "Sie sind frei."), OFFICE, END],
        [para("p1", "Das Land fördert Kurse."), para("new", "Ganz neu hier."), OFFICE, END],
        [para("p1", "Das Land fördert Kurse."), OFFICE, para("new", "Sie sind frei."), END],
        [para("p1", "Das Land."), para("new", "Sie sind frei.", Kind.HEADING), OFFICE, END],
        [COURSES, para("p2", "Ein Amt hilft. Ende.")],
    ],
)
def test_derive_what_only_looks_like_it_is_no_split_and_no_join(changed):
    operations = derive(BASE, tuple(changed))

    assert not any(isinstance(each, SplitPassage | JoinPassages) for each in operations)
    assert merge(BASE, [propose(1, *operations)]).document == tuple(changed)


# Invariants


def assert_split_and_join_cancel(case):
    """P9: joining what was split gives the text and the origins back."""
    base, (target, at) = case
    split = merge(base, [propose(1, SplitPassage(target, at, "right"))])
    joined = consolidate(split.document, split.runs, [propose(2, JoinPassages(target, "right"))])
    assert (joined.document, joined.runs) == (base, merge(base, []).runs)


def assert_split_and_words_commute(case):
    """P10: a hunk and a split, each mapped over the other, give what both give together."""
    _assert_commute(case, SplitPassage)


def assert_join_and_words_commute(case):
    """P12: a hunk and a join, each mapped over the other, give what both give together."""
    _assert_commute(case, JoinPassages)


def _assert_commute(case, kind):
    base, (x, y) = case
    words = replace(x, operations=tuple(e for e in x.operations if isinstance(e, TextHunk)))
    borders = replace(y, operations=tuple(e for e in y.operations if isinstance(e, kind))[:1])
    together = merge(base, [words, borders])
    assert together.open == ()
    for first, second in ((words, borders), (borders, words)):
        rest = rebase(second, base, [first]).amendment
        done = merge(base, [first]).document
        assert without_ids(merge(done, [rest] if rest else []).document) == without_ids(
            together.document
        )


def _places(random):
    base = Author(random, GERMAN).document()
    target = random.choice(base)
    return base, (target.id, random.randint(0, len(tokenize(target.text))))


INVARIANTS = [
    (assert_split_and_join_cancel, st.randoms(use_true_random=True).map(_places)),
    (assert_split_and_words_commute, proposals(2, SYMBOLS)),
    (assert_join_and_words_commute, proposals(2, SYMBOLS)),
]
NAMES = [name_of(invariant) for invariant, _ in INVARIANTS]


@pytest.mark.parametrize(("invariant", "cases"), INVARIANTS, ids=NAMES)
def test_boundaries_invariant(invariant, cases):
    attempt(invariant, cases)


@pytest.mark.deep
@pytest.mark.parametrize(("invariant", "cases"), INVARIANTS, ids=NAMES)
def test_boundaries_invariant_in_many_cases(invariant, cases, deep_cases):
    attempt(invariant, cases, deep_cases)
