"""Amendments mapped to a newer text: cases of docs/algorithms/rebase.md and the invariants behind them."""

import os

import pytest
from hypothesis import assume, given, settings

from mitplan.core.text.amendments import (
    Amendment,
    DeletePassage,
    InsertPassage,
    MovePassage,
    SetField,
    SetKind,
    TextHunk,
    rewording,
)
from mitplan.core.text.conflicts import find_conflicts
from mitplan.core.text.consolidation import Choice, Settlement
from mitplan.core.text.passages import Kind, Passage
from mitplan.core.text.rebase import Status, rebase, rebase_all, remap
from tests.core.text.proposals import SYMBOLS, merge, peaceful, proposals, without_ids

quick = settings(max_examples=25, deadline=None)
deep = settings(max_examples=int(os.environ.get("DEEP_CASES", "10000")), deadline=None)

COURSES = Passage("p1", Kind.PARAGRAPH, "Das Land fördert Kurse. Sie sind kostenlos.")
OFFICE = Passage("p2", Kind.PARAGRAPH, "Ein Amt hilft.")
PLACES = Passage("m", Kind.MEASURE, "Plätze schaffen.", fields=(("beginn", "2027"),))
BASE = (COURSES, OFFICE, PLACES)


def propose(number, *operations):
    return Amendment(number, operations, 100 + number)


def reword(number, passage, text):
    return propose(number, *rewording(passage, text))


def insertion(name, after, text="Neu.", kind=Kind.PARAGRAPH, level=0):
    return InsertPassage(name, after, kind, text, level)


def hunk(start, end, *new):
    return TextHunk("p1", start, end, new)


@pytest.mark.parametrize(
    ("mine", "theirs", "status", "left"),
    [
        (hunk(11, 12), hunk(0, 1, "Unser", " ", "Land"), Status.CLEAN, hunk(13, 14)),
        (hunk(11, 12), hunk(0, 4), Status.CLEAN, hunk(7, 8)),
        (hunk(0, 1, "Ein"), hunk(0, 1, "Ein"), Status.FULFILLED, None),
        (hunk(2, 4), hunk(0, 6), Status.FULFILLED, None),
        (hunk(0, 4), hunk(2, 6), Status.PARTLY_FULFILLED, hunk(0, 2)),
        (hunk(2, 6), hunk(0, 4), Status.PARTLY_FULFILLED, hunk(0, 2)),
        (hunk(0, 7), hunk(2, 4), Status.PARTLY_FULFILLED, hunk(0, 5)),
        (hunk(0, 1, "Ein"), hunk(4, 5, "zahlt"), Status.CONTEXT_CHANGED, hunk(0, 1, "Ein")),
        (hunk(2, 2, "ja"), hunk(2, 3, "Amt"), Status.CONTEXT_CHANGED, hunk(2, 2, "ja")),
        (hunk(3, 3, "ja"), hunk(2, 3, "A", "-"), Status.CONTEXT_CHANGED, hunk(4, 4, "ja")),
        (hunk(0, 1, "Ein"), hunk(0, 1, "Unser"), Status.CONFLICT, None),
        (hunk(0, 3, "Wir"), hunk(2, 5), Status.CONFLICT, None),
        (hunk(2, 2, "ja"), hunk(0, 4), Status.CONFLICT, None),
        (hunk(2, 2, "ja"), hunk(2, 2, "nein"), Status.CONFLICT, None),
        (hunk(0, 1, "Ein"), DeletePassage("p1"), Status.ORPHANED, None),
        (hunk(0, 1, "Ein"), MovePassage("p1", "m"), Status.CLEAN, hunk(0, 1, "Ein")),
        (DeletePassage("p1"), DeletePassage("p1"), Status.FULFILLED, None),
        (DeletePassage("p1"), hunk(0, 1, "Ein"), Status.CONFLICT, None),
        (DeletePassage("p1"), MovePassage("p1", "m"), Status.CONFLICT, None),
        (DeletePassage("p1"), DeletePassage("p2"), Status.CLEAN, DeletePassage("p1")),
        (MovePassage("p1", "p2"), MovePassage("p1", "p2"), Status.FULFILLED, None),
        (MovePassage("p1", "p2"), MovePassage("p1", "m"), Status.CONFLICT, None),
        (MovePassage("p1", "p2"), MovePassage("p2", "p1"), Status.CONFLICT, None),
        (MovePassage("p1", "p2"), DeletePassage("p1"), Status.ORPHANED, None),
        (
            MovePassage("m", "p1"),
            DeletePassage("p1"),
            Status.CONTEXT_CHANGED,
            MovePassage("m", None),
        ),
        (insertion("a", "p1"), insertion("b", "p1"), Status.FULFILLED, None),
        (insertion("a", "p1"), insertion("b", "p1", "B"), Status.CONFLICT, None),
        (insertion("a", "p1"), insertion("b", "p2"), Status.CLEAN, insertion("a", "p1")),
        (insertion("a", None), DeletePassage("p1"), Status.CLEAN, insertion("a", None)),
        (
            insertion("a", "p2"),
            MovePassage("p2", "m"),
            Status.CONTEXT_CHANGED,
            insertion("a", "p1"),
        ),
        (insertion("a", "p2"), DeletePassage("p2"), Status.CONTEXT_CHANGED, insertion("a", "p1")),
        (SetField("m", "von", "1"), SetField("m", "von", "1"), Status.FULFILLED, None),
        (SetField("m", "von", "1"), SetField("m", "von", "2"), Status.CONFLICT, None),
        (SetField("m", "a", "x"), SetField("m", "von", "2"), Status.CLEAN, SetField("m", "a", "x")),
        (SetKind("m", Kind.GOAL), DeletePassage("m"), Status.ORPHANED, None),
        (SetKind("m", Kind.GOAL), SetField("m", "a", "2"), Status.CLEAN, SetKind("m", Kind.GOAL)),
    ],
)
def test_rebase_status(mine, theirs, status, left):
    result = rebase(propose(1, mine), BASE, [propose(2, theirs)])

    assert result.status == result.operations[0].status == status
    assert result.amendment == (None if left is None else propose(1, left))


def test_rebase_insertion_inside_a_word_that_grew_together_is_a_conflict():
    result = rebase(
        propose(1, TextHunk("p2", 1, 1, ("!",))), BASE, [propose(2, TextHunk("p2", 1, 2))]
    )

    assert result.status == Status.CONFLICT


def test_rebase_behind_a_word_that_grew_together_counts_the_new_tokens():
    result = rebase(
        propose(1, TextHunk("p2", 4, 5, ("half",))), BASE, [propose(2, TextHunk("p2", 1, 2))]
    )

    assert result.amendment == propose(1, TextHunk("p2", 2, 3, ("half",)))


def test_rebase_insertions_that_come_to_one_point_get_ordinals():
    mine = propose(1, hunk(2, 2, "ja", " "), hunk(4, 4, "ja", " "))
    result = rebase(mine, BASE, [propose(2, hunk(2, 4))])

    assert result.amendment.operations == (
        TextHunk("p1", 2, 2, ("ja", " "), 0),
        TextHunk("p1", 2, 2, ("ja", " "), 1),
    )


def test_rebase_done_in_parts_is_partly_fulfilled():
    mine = propose(1, hunk(0, 1, "Ein"), DeletePassage("p2"))
    result = rebase(mine, BASE, [propose(2, hunk(0, 1, "Ein"))])

    assert result.status == Status.PARTLY_FULFILLED
    assert result.amendment == propose(1, DeletePassage("p2"))


def test_rebase_status_of_the_amendment_is_its_worst():
    mine = propose(1, hunk(0, 1, "Ein"), DeletePassage("p2"), SetField("m", "von", "1"))
    result = rebase(mine, BASE, [propose(2, hunk(0, 1, "Kein"))])

    assert [each.status for each in result.operations] == [
        Status.CONFLICT,
        Status.CLEAN,
        Status.CLEAN,
    ]
    assert result.status == Status.CONFLICT


def test_rebase_under_a_deleted_heading_is_a_conflict():
    base = (Passage("h", Kind.HEADING, "Kapitel", 1), COURSES)
    result = rebase(propose(1, insertion("a", "p1")), base, [propose(2, DeletePassage("h"))])

    assert result.status == Status.CONFLICT


def test_rebase_several_passages_keep_their_order_where_their_anchors_are_gone():
    mine = propose(
        1, insertion("b", "p2", "B"), insertion("a", "p1", "A"), insertion("c", "b", "C")
    )
    result = rebase(mine, BASE, [propose(2, DeletePassage("p2"))])

    assert result.amendment.operations == (
        insertion("a", "p1", "A"),
        insertion("b", "p1", "B"),
        insertion("c", "b", "C"),
    )


def test_rebase_follows_settlements():
    rivals = [propose(2, hunk(0, 1, "Unser")), propose(3, hunk(0, 1, "Dieses"))]
    (cluster,) = find_conflicts(BASE, rivals)
    chosen = Settlement(cluster.key, Choice.CHOOSE, (3,))

    results = rebase_all(
        [propose(4, hunk(0, 1, "Dieses")), propose(5, hunk(0, 1, "Unser"))], BASE, rivals, [chosen]
    )

    assert [each.status for each in results] == [Status.FULFILLED, Status.CONFLICT]


def test_rebase_into_own_words_of_a_settlement_is_a_conflict():
    rivals = [propose(2, hunk(0, 1, "Unser")), propose(3, hunk(0, 1, "Dieses"))]
    (cluster,) = find_conflicts(BASE, rivals)
    own = Settlement(cluster.key, Choice.CUSTOM, text="Hessen, das", origin=9)

    assert rebase(propose(4, hunk(0, 2, "Ein")), BASE, rivals, [own]).status == Status.CONFLICT


def test_remap_to_an_imported_edition():
    new = (OFFICE, Passage("p1", Kind.PARAGRAPH, "Unser Land fördert Kurse. Sie sind kostenlos."))
    mine = propose(1, hunk(11, 12, "wären"), SetField("m", "von", "1"))

    result = remap(mine, BASE, new)

    assert [each.status for each in result.operations] == [Status.CLEAN, Status.ORPHANED]
    assert result.amendment == propose(1, hunk(11, 12, "wären"))


# Invariants


def assert_both_orders_give_the_same(case):
    """P3, P11: together, x before y, and y before x are one and the same where they do not conflict."""
    base, given = case
    x, y = peaceful(base, given)
    together = merge(base, [x, y])
    assert _followed(base, x, y) == without_ids(together.document)
    assert _followed(base, y, x) == without_ids(together.document)


def _followed(base, first, second):
    """Apply one amendment and then the other, rebased."""
    done = merge(base, [first]).document
    rest = rebase(second, base, [first]).amendment
    return without_ids(merge(done, [rest] if rest else []).document)


def assert_twin_is_fulfilled(case):
    """P4: all that an identical twin asks for is done."""
    base, (x,) = case
    result = rebase(x, base, [x])

    assert result.amendment is None
    assert {each.status for each in result.operations} <= {Status.FULFILLED}


def assert_orphaned_when_deleted(case):
    """P11: an operation is orphaned exactly when its passage was deleted by somebody."""
    base, (x, y) = case
    gone = {each.passage for each in y.operations if isinstance(each, DeletePassage)}
    for each in rebase(x, base, [y]).operations:
        is_on_gone = each.operation.passage in gone and not isinstance(
            each.operation, DeletePassage
        )
        assert (each.status == Status.ORPHANED) == is_on_gone


def assert_two_steps_equal_one(case):
    """P18: over x and then over y is the same as over both, if x does not make two places one."""
    base, given = case
    a, x, y = peaceful(base, given)
    middle = merge(base, [x]).document
    y_later = rebase(y, base, [x]).amendment
    a_later = rebase(a, base, [x]).amendment
    assume(y_later is not None and a_later is not None)
    assume(not _meet(middle, a_later, y_later))
    assume(not any(_falls_on_its_own_place(each, x) for each in (a, y)))

    in_two = rebase(a_later, middle, [y_later]).amendment
    at_once = rebase(a, base, [x, y]).amendment

    end = merge(base, [x, y]).document
    assert (
        merge(end, [in_two] if in_two else []).document
        == merge(end, [at_once] if at_once else []).document
    )


def _meet(middle, left, right):
    """Tell whether two amendments that had nothing to do with each other now stand at one place."""
    return bool(find_conflicts(middle, [left, right])) or bool(merge(middle, [left, right]).agreed)


def _falls_on_its_own_place(amendment, first):
    """Tell whether an anchor is gone and what now stands before it might be moved away as well."""
    gone = {
        each.passage for each in first.operations if isinstance(each, DeletePassage | MovePassage)
    }
    moves = [each for each in amendment.operations if isinstance(each, MovePassage)]
    return bool(moves) and any(
        getattr(each, "after", None) in gone for each in amendment.operations
    )


INVARIANTS = [
    (assert_both_orders_give_the_same, proposals(2, SYMBOLS)),
    (assert_twin_is_fulfilled, proposals(1)),
    (assert_orphaned_when_deleted, proposals(2)),
    (assert_two_steps_equal_one, proposals(3, SYMBOLS)),
]
NAMES = [invariant.__name__.removeprefix("assert_") for invariant, _ in INVARIANTS]


@pytest.mark.parametrize(("invariant", "cases"), INVARIANTS, ids=NAMES)
def test_rebase_invariant(invariant, cases):
    quick(given(cases)(invariant))()


@pytest.mark.deep
@pytest.mark.parametrize(("invariant", "cases"), INVARIANTS, ids=NAMES)
def test_rebase_invariant_in_many_cases(invariant, cases):
    deep(given(cases)(invariant))()
