"""Operations derived from words, checked and stored: docs/algorithms/amendments.md."""

import json
from dataclasses import replace
from random import Random

import pytest
from hypothesis import strategies as st

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
    check,
    derive,
    operations_from_json,
    operations_to_json,
    rewording,
)
from mitplan.core.text.passages import Kind, Passage
from tests.core.properties import attempt, name_of
from tests.core.text.proposals import GERMAN, Author, merge, proposals, without_ids

COURSES = Passage("p1", Kind.PARAGRAPH, "Das Land fördert Kurse.")
OFFICE = Passage("p2", Kind.PARAGRAPH, "Ein Amt hilft.")
PLACES = Passage("m", Kind.MEASURE, "Plätze.", fields=(("beginn", "2027"), ("träger", "Land")))
BASE = (COURSES, OFFICE, PLACES)


def insertion(name, after, text="Neu."):
    return InsertPassage(name, after, Kind.PARAGRAPH, text)


# Rewording


def test_rewording_unchanged_is_empty():
    assert rewording(COURSES, COURSES.text) == ()


def test_rewording_word_replaced_is_one_hunk():
    assert rewording(COURSES, "Das Land bezahlt Kurse.") == (TextHunk("p1", 4, 5, ("bezahlt",)),)


def test_rewording_soft_hyphens_are_no_change():
    assert rewording(COURSES, "Das Land för\u00addert Kurse.") == ()


def test_rewording_two_authors_who_insert_at_one_place_stand_at_one_point():
    points = {
        (hunk.start, hunk.end)
        for text in ("Das Land fördert viele Kurse.", "Das Land fördert mehr neue Kurse.")
        for hunk in rewording(COURSES, text)
    }

    assert points == {(6, 6)}


# Derived from a changed copy


def test_derive_unchanged_copy_is_empty():
    assert derive(BASE, BASE) == ()


def test_derive_deleted_passage():
    assert derive(BASE, (COURSES, PLACES)) == (DeletePassage("p2"),)


def test_derive_new_passages_in_sequence_are_anchored_at_their_predecessor():
    one, two = Passage("a", Kind.QUOTE, "Eins"), Passage("b", Kind.LIST_ITEM, "Zwei", 1, "-")

    assert derive(BASE, (one, COURSES, two, OFFICE, PLACES)) == (
        InsertPassage("a", None, Kind.QUOTE, "Eins"),
        InsertPassage("b", "p1", Kind.LIST_ITEM, "Zwei", 1, "-"),
    )


def test_derive_moved_passage_leaves_the_longest_run_in_place():
    assert derive(BASE, (OFFICE, PLACES, COURSES)) == (MovePassage("p1", "m"),)


def test_derive_fields_kind_and_words_of_one_passage():
    changed = replace(
        PLACES, kind=Kind.GOAL, text="Viele.", fields=(("beginn", "2028"), ("ort", "Hanau"))
    )

    assert derive(BASE, (COURSES, OFFICE, changed)) == (
        TextHunk("m", 0, 1, ("Viele",)),
        SetKind("m", Kind.GOAL, 0),
        SetField("m", "beginn", "2028"),
        SetField("m", "ort", "Hanau"),
        SetField("m", "träger", None),
    )


def test_derive_labels_are_not_compared():
    assert derive(BASE, (replace(COURSES, label="1."), OFFICE, PLACES)) == ()


@pytest.mark.parametrize(
    ("copy", "problem"),
    [((*BASE, replace(OFFICE, id="")), "needs an id"), ((*BASE, OFFICE), "'p2' stands twice")],
)
def test_derive_copy_without_unique_ids_is_refused(copy, problem):
    with pytest.raises(ValueError, match=problem):
        derive(BASE, copy)


def assert_consolidating_gives_the_copy(pair):
    base, copy = pair
    result = merge(base, [Amendment(1, derive(base, copy), 101)])

    assert [passage.id for passage in result.document] == [passage.id for passage in copy]
    assert without_ids(result.document) == without_ids(copy)


def copies() -> st.SearchStrategy:
    """A base and a copy of it with passages changed, gone, new and in another order."""

    def write(random: Random):
        author = Author(random, GERMAN)
        base, other = author.document(), author.document()
        mixed = [*random.sample(base, random.randint(0, len(base)))]
        for passage in other:
            place = random.randint(0, len(mixed))
            known = {each.id for each in mixed}
            name = f"n{passage.id}" if passage.id in known | {e.id for e in base} else passage.id
            mixed.insert(place, replace(passage, id=name))
        return base, tuple(
            replace(each, text=random.choice(other).text) if random.random() < 0.4 else each
            for each in mixed
        )

    return st.randoms(use_true_random=True).map(write)


# Review


@pytest.mark.parametrize(
    ("operations", "problem"),
    [
        ([TextHunk("p9", 0, 1)], "no passage 'p9'"),
        ([TextHunk("p1", 0, 99)], "has no tokens 0 to 99, only 8"),
        ([TextHunk("p1", -1, 1)], "has no tokens -1 to 1"),
        ([TextHunk("p1", 3, 2)], "has no tokens 3 to 2"),
        ([TextHunk("p1", 3, 3)], "changes nothing"),
        ([TextHunk("p1", 0, 1, ("zwei Wörter",))], "not cut as the tokenizer cuts"),
        ([TextHunk("p1", 0, 1, ("e", "\u0301"))], "not cut as the tokenizer cuts"),
        ([TextHunk("p1", 0, 3), TextHunk("p1", 2, 4)], "overlap at token 2"),
        ([TextHunk("p1", 0, 3), TextHunk("p1", 2, 2, ("x",))], "overlap at token 2"),
        ([TextHunk("p1", 2, 2, ("x",)), TextHunk("p1", 2, 2, ("y",))], "need ordinals"),
        ([DeletePassage("p1"), TextHunk("p1", 0, 1)], "both deleted and changed"),
        ([DeletePassage("p1"), MovePassage("p1", "p2")], "both deleted and changed"),
        ([MovePassage("p1", "p2"), MovePassage("p1", "m")], "changed twice in the same way"),
        ([SetField("m", "a", "1"), SetField("m", "a", "2")], "field 'a' of passage 'm'"),
        ([insertion("p1", None)], "needs an id that nobody else has"),
        ([insertion("a", None), insertion("a", None)], "needs an id that nobody else has"),
        ([insertion("a", "p9")], "behind the unknown passage 'p9'"),
        ([insertion("a", None, "a\u00adb")], "is not normalised"),
        ([MovePassage("p1", "p2"), MovePassage("p2", "p1")], "in a circle"),
        ([MovePassage("p1", "p1")], "in a circle"),
        ([SplitPassage("p1", 9, "a")], "cannot be split at token 9 of 8"),
        ([SplitPassage("p1", -1, "a")], "cannot be split at token -1"),
        ([SplitPassage("p1", 2, "p2")], "needs an id that nobody else has"),
        ([SplitPassage("p1", 2, "a"), insertion("a", None)], "needs an id that nobody else has"),
        ([SplitPassage("p1", 2, "a"), SplitPassage("p1", 2, "b")], "token 2 of passage 'p1'"),
        (
            [SplitPassage("p1", 2, "a", Kind.HEADING)],
            "cannot bring a passage of the kind 'heading'",
        ),
        ([SplitPassage("p1", 2, "a"), insertion("b", "a")], "behind the unknown passage 'a'"),
        ([SplitPassage("p1", 2, "a"), DeletePassage("p1")], "both deleted and changed"),
        ([JoinPassages("p9", "p1")], "no passage 'p9'"),
        ([JoinPassages("p1", "p9")], "does not stand directly behind 'p1'"),
        ([JoinPassages("p1", "m")], "does not stand directly behind 'p1'"),
        ([JoinPassages("p2", "m")], "is more than words"),
        ([JoinPassages("p1", "p2"), DeletePassage("p2")], "joined and torn apart"),
        ([JoinPassages("p1", "p2"), MovePassage("p2", "m")], "joined and torn apart"),
        ([JoinPassages("p1", "p2"), MovePassage("p1", "m")], "joined and torn apart"),
        ([JoinPassages("p1", "p2"), insertion("a", "p1")], "joined and torn apart"),
        ([JoinPassages("p1", "p2"), SetKind("p2", Kind.QUOTE)], "joined and torn apart"),
    ],
)
def test_check_what_does_not_fit_is_refused(operations, problem):
    with pytest.raises(ValueError, match=problem):
        check(BASE, operations)


def test_check_base_with_an_id_twice_is_refused():
    with pytest.raises(ValueError, match="stands twice in the base"):
        check((COURSES, COURSES), [])


def test_check_neighbouring_changes_are_accepted():
    check(
        BASE,
        [
            TextHunk("p1", 2, 4, ("Amt", " ")),
            TextHunk("p1", 4, 4, ("a", " "), 0),
            TextHunk("p1", 4, 4, ("b", " "), 1),
            TextHunk("p1", 4, 5),
        ],
    )


# Storage


def assert_stored_operations_come_back(case):
    for amendment in case[1]:
        stored = json.loads(json.dumps(operations_to_json(amendment.operations)))
        assert operations_from_json(stored) == amendment.operations


@pytest.mark.parametrize(
    ("stored", "problem"),
    [
        ({}, "operations must be a list"),
        (["x"], "operation 1: must be an object"),
        ([{"op": "delete", "passage": "p1"}], "operation 1: was stored by another version"),
        ([{"op": "melt", "version": 1}], "operation 1: unknown operation 'melt'"),
        ([{"op": "delete", "version": 1}], "operation 1: 'passage' must be of type str"),
        ([{"op": "kind", "version": 1, "passage": "p", "kind": "x"}], "unknown kind 'x'"),
        (
            [{"op": "kind", "version": 1, "passage": "p", "kind": "goal", "level": True}],
            "'level' must be of type int",
        ),
        (
            [{"op": "text", "version": 1, "passage": "p", "start": 0, "end": 1, "new": [1]}],
            "'new' must hold texts",
        ),
        (
            [{"op": "text", "version": 1, "tokenizer": 0}],
            "operation 1: was stored by another version",
        ),
        (
            [
                operations_to_json([DeletePassage("p1")])[0],
                operations_to_json([insertion("a", None)])[0] | {"fields": [["a"]]},
            ],
            "operation 2: 'fields' must hold pairs",
        ),
        (
            [operations_to_json([SplitPassage("p1", 2, "a")])[0] | {"tokenizer": 0}],
            "operation 1: was stored by another version",
        ),
        ([{"op": "join", "version": 1, "left": "a"}], "operation 1: 'right' must be of type str"),
    ],
)
def test_operations_from_json_malformed_is_refused(stored, problem):
    with pytest.raises(ValueError, match=problem):
        operations_from_json(stored)


def assert_what_an_amendment_makes_can_be_derived(case):
    """Splits, joins, moves and all else: the copy that results is derived and made again."""
    base, (amendment,) = case
    copy = merge(base, [amendment]).document
    assert_consolidating_gives_the_copy((base, copy))


INVARIANTS = [
    (assert_consolidating_gives_the_copy, copies()),
    (assert_what_an_amendment_makes_can_be_derived, proposals(1)),
    (assert_stored_operations_come_back, proposals(2)),
]
NAMES = [name_of(invariant) for invariant, _ in INVARIANTS]


@pytest.mark.parametrize(("invariant", "cases"), INVARIANTS, ids=NAMES)
def test_amendments_invariant(invariant, cases):
    attempt(invariant, cases)


@pytest.mark.deep
@pytest.mark.parametrize(("invariant", "cases"), INVARIANTS, ids=NAMES)
def test_amendments_invariant_in_many_cases(invariant, cases, deep_cases):
    attempt(invariant, cases, deep_cases)
