"""Amendments mapped to a newer text: cases of docs/algorithms/rebase.md and the invariants behind them."""

from dataclasses import replace

import pytest
from hypothesis import assume

from mitplan.core.text.amendments import (
    Amendment,
    DeletePassage,
    InsertPassage,
    JoinPassages,
    MovePassage,
    SetField,
    SetKind,
    SplitPassage,
    TextHunk,
    rewording,
)
from mitplan.core.text.conflicts import find_conflicts
from mitplan.core.text.consolidation import Choice, Settlement
from mitplan.core.text.passages import Kind, Passage
from mitplan.core.text.rebase import Status, rebase, rebase_all, remap
from tests.core.properties import attempt, name_of
from tests.core.text.proposals import SYMBOLS, merge, peaceful, proposals, without_ids

COURSES = Passage("p1", Kind.PARAGRAPH, "Das Land fördert Kurse. Sie sind kostenlos.")
OFFICE = Passage("p2", Kind.PARAGRAPH, "Ein Amt hilft.")
PLACES = Passage("m", Kind.MEASURE, "Plätze schaffen.", fields=(("beginn", "2027"),))
NOTE = Passage("m0", Kind.QUOTE, "Zitat.")
BASE = (COURSES, OFFICE, NOTE, PLACES)
JOIN = JoinPassages("p1", "p2")


def propose(number, *operations):
    return Amendment(number, operations, 100 + number)


def reword(number, passage, text):
    return propose(number, *rewording(passage, text))


def insertion(name, after, text="Neu.", kind=Kind.PARAGRAPH, level=0):
    return InsertPassage(name, after, kind, text, level)


def hunk(start, end, *new, ordinal=0):
    return TextHunk("p1", start, end, new, ordinal)


def split(at, name="s"):
    return SplitPassage("p1", at, name)


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
        (hunk(0, 1, "Ein"), split(9), Status.CLEAN, hunk(0, 1, "Ein")),
        (hunk(9, 10, "Es"), split(9), Status.CLEAN, TextHunk("s", 0, 1, ("Es",))),
        (hunk(9, 9, "x"), split(9), Status.CLEAN, hunk(9, 9, "x")),
        (DeletePassage("p1"), split(9), Status.CONFLICT, None),
        (insertion("a", "p1"), split(9), Status.CLEAN, insertion("a", "s")),
        (SetKind("p1", Kind.QUOTE), split(9), Status.CLEAN, SetKind("p1", Kind.QUOTE)),
        (JOIN, split(9), Status.CLEAN, JoinPassages("s", "p2")),
        (split(9, "b"), split(9), Status.FULFILLED, None),
        (split(9, "b"), split(4), Status.CLEAN, SplitPassage("s", 5, "b")),
        (split(4, "b"), split(9), Status.CLEAN, split(4, "b")),
        (split(9), hunk(0, 2), Status.CLEAN, split(7)),
        (split(9), hunk(9, 9, "x", " "), Status.CLEAN, split(11)),
        (split(9), hunk(7, 10, ";"), Status.SPANS_SPLIT, split(8)),
        (split(9), DeletePassage("p1"), Status.ORPHANED, None),
        (split(9), MovePassage("p1", "m"), Status.CLEAN, split(9)),
        (split(9), replace(split(9, "b"), kind=Kind.QUOTE), Status.CONFLICT, None),
        (SplitPassage("p2", 2, "s"), JOIN, Status.CLEAN, SplitPassage("p1", 17, "s")),
        (TextHunk("p2", 2, 3), JOIN, Status.CLEAN, hunk(17, 18)),
        (insertion("a", "p2"), JOIN, Status.CLEAN, insertion("a", "p1")),
        (insertion("a", "p1"), JOIN, Status.CONFLICT, None),
        (MovePassage("p2", "m"), JOIN, Status.CONFLICT, None),
        (SetKind("p2", Kind.QUOTE), JOIN, Status.CONFLICT, None),
        (DeletePassage("p2"), JOIN, Status.CONFLICT, None),
        (JOIN, JOIN, Status.FULFILLED, None),
        (JOIN, hunk(0, 2), Status.CLEAN, JOIN),
        (JOIN, insertion("a", "p1"), Status.CONFLICT, None),
        (JOIN, SetKind("p2", Kind.QUOTE), Status.CONFLICT, None),
        (JOIN, DeletePassage("p1"), Status.ORPHANED, None),
        (JOIN, DeletePassage("p2"), Status.CONFLICT, None),
        (JoinPassages("p2", "m0"), JOIN, Status.CLEAN, JoinPassages("p1", "m0")),
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


def test_rebase_words_over_a_split_are_changed_on_both_sides():
    result = rebase(propose(1, hunk(7, 11, ";", " ")), BASE, [propose(2, split(9))])

    assert result.status == Status.SPANS_SPLIT
    assert result.amendment == propose(1, hunk(7, 9, ";", " "), TextHunk("s", 0, 2))


def test_rebase_move_of_a_split_passage_moves_all_of_it():
    result = rebase(propose(1, MovePassage("p1", "m")), BASE, [propose(2, split(4), split(9, "t"))])

    assert result.status == Status.CLEAN
    assert result.amendment == propose(
        1, MovePassage("p1", "m"), MovePassage("s", "p1"), MovePassage("t", "s")
    )


def test_rebase_insertions_on_both_sides_of_a_border_that_is_gone_keep_their_order():
    mine = propose(1, TextHunk("p2", 0, 0, ("b",)), hunk(15, 15, "a"))

    result = rebase(mine, BASE, [propose(2, JOIN)])

    assert result.amendment == propose(1, hunk(15, 15, "b", ordinal=1), hunk(15, 15, "a"))


def test_rebase_insertion_behind_a_split_that_would_slip_before_it_is_a_conflict():
    mine = propose(1, split(4), hunk(6, 6, "x"))

    result = rebase(mine, BASE, [propose(2, hunk(4, 6))])

    assert [each.status for each in result.operations] == [Status.CLEAN, Status.CONFLICT]


def test_rebase_two_splits_with_nothing_left_between_are_a_conflict():
    mine = propose(1, split(4), split(6, "t"))

    result = rebase(mine, BASE, [propose(2, hunk(4, 6))])

    assert [each.status for each in result.operations] == [Status.CLEAN, Status.CONFLICT]


def test_rebase_split_inside_a_word_that_grew_together_is_a_conflict():
    mine = propose(1, SplitPassage("p2", 1, "s"))

    assert rebase(mine, BASE, [propose(2, TextHunk("p2", 1, 2))]).status == Status.CONFLICT


def test_rebase_behind_a_deleted_passage_stands_behind_what_was_moved_there_already():
    mine = propose(1, MovePassage("p2", "p1"), insertion("a", "m0"))
    theirs = propose(2, MovePassage("p2", "p1"), DeletePassage("m0"))

    assert rebase(mine, BASE, [theirs]).amendment == propose(1, insertion("a", "p2"))


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
    own = Settlement(cluster.key, Choice.CUSTOM, texts=(("", "Hessen, das"),), origin=9)

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
    assume(
        not any(_has_a_border_in_doubt(rebase(*pair)) for pair in ((y, base, [x]), (x, base, [y])))
    )
    together = merge(base, [x, y])
    assert _followed(base, x, y) == without_ids(together.document)
    assert _followed(base, y, x) == without_ids(together.document)


def _has_a_border_in_doubt(rebased):
    """Tell whether words between a split and something else of the same amendment are gone."""
    splits = [each for each in rebased.operations if isinstance(each.operation, SplitPassage)]
    lost = [each.operation for each in rebased.operations if each.status == Status.CONFLICT]
    return bool(splits) and any(isinstance(each, SplitPassage | TextHunk) for each in lost)


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
    y_rebased, a_rebased = rebase_all([y, a], base, [x])
    assume(not any(map(_has_a_border_in_doubt, (y_rebased, a_rebased))))
    y_later, a_later = y_rebased.amendment, a_rebased.amendment
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
    is_same = bool(merge(middle, [left, right]).agreed)
    borders = [
        _points(each, SplitPassage) & _points(other, TextHunk)
        for each, other in ((left, right), (right, left))
    ]
    return is_same or any(borders) or bool(find_conflicts(middle, [left, right]))


def _points(amendment, kind):
    """Return where an amendment splits, or inserts words."""
    found = (each for each in amendment.operations if isinstance(each, kind))
    return {
        (each.passage, each.at if kind is SplitPassage else each.start)
        for each in found
        if kind is SplitPassage or each.is_insertion
    }


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
NAMES = [name_of(invariant) for invariant, _ in INVARIANTS]


@pytest.mark.parametrize(("invariant", "cases"), INVARIANTS, ids=NAMES)
def test_rebase_invariant(invariant, cases):
    attempt(invariant, cases)


@pytest.mark.deep
@pytest.mark.parametrize(("invariant", "cases"), INVARIANTS, ids=NAMES)
def test_rebase_invariant_in_many_cases(invariant, cases, deep_cases):
    attempt(invariant, cases, deep_cases)
