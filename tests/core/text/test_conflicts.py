"""Which changes exclude each other: every row of the matrix in docs/algorithms/conflicts.md."""

from dataclasses import fields, replace

import pytest

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
)
from mitplan.core.text.conflicts import Conflict, Region, Relation, find_conflicts, relation
from mitplan.core.text.passages import Kind, Passage
from tests.core.properties import attempt, name_of
from tests.core.text.proposals import merge, proposals

CHAPTER = Passage("h", Kind.HEADING, "Sprache", 1)
COURSES = Passage("p1", Kind.PARAGRAPH, "Das Land fördert Kurse. Sie sind frei.")
OFFICE = Passage("p2", Kind.PARAGRAPH, "Ein Amt hilft.")
OUTER = Passage("l1", Kind.LIST_ITEM, "außen", 0)
INNER = Passage("l2", Kind.LIST_ITEM, "innen", 1)
BASE = (CHAPTER, COURSES, OFFICE, OUTER, INNER)


def propose(number, *operations):
    return Amendment(number, operations, 100 + number)


def hunk(start, end, *new):
    return TextHunk("p1", start, end, new)


def insertion(name, after, text="Neu.", kind=Kind.PARAGRAPH, level=0):
    return InsertPassage(name, after, kind, text, level)


def split(at, name="a", kind=Kind.PARAGRAPH):
    return SplitPassage("p1", at, name, kind)


JOIN = JoinPassages("p1", "p2")
MATRIX = [
    (hunk(0, 1, "Ein"), hunk(0, 1, "Ein"), Relation.AGREE),
    (hunk(3, 3, "x"), hunk(3, 3, "x"), Relation.AGREE),
    (hunk(0, 3), hunk(0, 3), Relation.AGREE),
    (hunk(0, 3), hunk(2, 5), Relation.UNION),
    (hunk(0, 5), hunk(2, 3), Relation.UNION),
    (hunk(0, 1, "Ein"), hunk(0, 1, "Kein"), Relation.ALTERNATIVES),
    (hunk(0, 1, "Ein"), hunk(0, 1), Relation.ALTERNATIVES),
    (hunk(0, 3, "Ein"), hunk(2, 5), Relation.OVERLAP),
    (hunk(0, 5, "Ein"), hunk(2, 3), Relation.OVERLAP),
    (hunk(3, 3, "x"), hunk(3, 3, "y"), Relation.ORDER),
    (hunk(3, 3, "x"), hunk(3, 5, "y"), Relation.NONE),
    (hunk(3, 3, "x"), hunk(0, 3, "y"), Relation.NONE),
    (hunk(3, 3, "x"), hunk(2, 4, "y"), Relation.INSIDE),
    (hunk(3, 3, "x"), hunk(2, 4), Relation.INSIDE),
    (hunk(0, 1, "x"), hunk(1, 2, "y"), Relation.NONE),
    (hunk(0, 1, "x"), TextHunk("p2", 0, 1, ("y",)), Relation.NONE),
    (MovePassage("p1", "p2"), hunk(0, 1, "Ein"), Relation.NONE),
    (MovePassage("p1", "p2"), MovePassage("p1", "p2"), Relation.AGREE),
    (MovePassage("p1", "p2"), MovePassage("p1", "l2"), Relation.TARGET),
    (MovePassage("p1", "p2"), MovePassage("p2", "p1"), Relation.CYCLE),
    (MovePassage("p1", "l2"), MovePassage("p2", "l2"), Relation.ORDER),
    (MovePassage("p1", "p2"), MovePassage("l1", "l2"), Relation.NONE),
    (MovePassage("p1", "p2"), insertion("a", "p2"), Relation.ORDER),
    (insertion("a", "p1"), insertion("b", "p1"), Relation.AGREE),
    (insertion("a", "p1"), insertion("b", "p1", "Anders."), Relation.ORDER),
    (insertion("a", "p1"), insertion("b", "p2"), Relation.NONE),
    (insertion("a", "p1"), DeletePassage("p1"), Relation.NONE),
    (MovePassage("p2", "p1"), DeletePassage("p1"), Relation.NONE),
    (DeletePassage("p1"), DeletePassage("p1"), Relation.AGREE),
    (DeletePassage("p1"), DeletePassage("p2"), Relation.NONE),
    (DeletePassage("p1"), hunk(0, 1, "Ein"), Relation.DELETED),
    (DeletePassage("p1"), hunk(0, 12), Relation.DELETED),
    (DeletePassage("p1"), MovePassage("p1", "p2"), Relation.DELETED),
    (DeletePassage("p1"), SetKind("p1", Kind.QUOTE), Relation.DELETED),
    (DeletePassage("p1"), SetField("p1", "ort", "Hanau"), Relation.DELETED),
    (SetField("p1", "ort", "Hanau"), SetField("p1", "ort", "Hanau"), Relation.AGREE),
    (SetField("p1", "ort", "Hanau"), SetField("p1", "ort", "Fulda"), Relation.FIELD),
    (SetField("p1", "ort", "Hanau"), SetField("p1", "ort", None), Relation.FIELD),
    (SetField("p1", "ort", "Hanau"), SetField("p1", "von", "2027"), Relation.NONE),
    (SetKind("p1", Kind.QUOTE), SetKind("p1", Kind.CODE), Relation.FIELD),
    (SetKind("p1", Kind.QUOTE), SetField("p1", "ort", "Hanau"), Relation.NONE),
    (SetKind("p1", Kind.QUOTE), hunk(0, 1, "Ein"), Relation.NONE),
    (split(8), split(8, "b"), Relation.AGREE),
    (split(8), split(8, "b", Kind.QUOTE), Relation.ALTERNATIVES),
    (split(8), split(4, "b"), Relation.NONE),
    (split(8), hunk(0, 1, "Ein"), Relation.NONE),
    (split(8), hunk(8, 8, "x"), Relation.NONE),
    (split(8), hunk(6, 10, "x"), Relation.NONE),
    (split(8), DeletePassage("p1"), Relation.DELETED),
    (split(8), MovePassage("p1", "p2"), Relation.NONE),
    (split(8), SetKind("p1", Kind.QUOTE), Relation.NONE),
    (split(8), insertion("a", "p1"), Relation.NONE),
    (split(8), JOIN, Relation.NONE),
    (JOIN, JOIN, Relation.AGREE),
    (JOIN, JoinPassages("p2", "l1"), Relation.NONE),
    (JOIN, hunk(0, 1, "Ein"), Relation.NONE),
    (JOIN, TextHunk("p2", 0, 1, ("Das",)), Relation.NONE),
    (JOIN, insertion("a", "p1"), Relation.JOIN),
    (JOIN, insertion("a", "p2"), Relation.NONE),
    (JOIN, MovePassage("l1", "p1"), Relation.JOIN),
    (JOIN, MovePassage("p1", "l2"), Relation.JOIN),
    (JOIN, MovePassage("p2", "l2"), Relation.JOIN),
    (JOIN, DeletePassage("p1"), Relation.DELETED),
    (JOIN, DeletePassage("p2"), Relation.DELETED),
    (JOIN, DeletePassage("h"), Relation.NONE),
    (JOIN, SetKind("p1", Kind.QUOTE), Relation.NONE),
    (JOIN, SetKind("p2", Kind.QUOTE), Relation.JOIN),
    (JOIN, SetField("p2", "ort", "Hanau"), Relation.JOIN),
]


@pytest.mark.parametrize(("left", "right", "expected"), MATRIX)
def test_relation_is_that_of_the_matrix_from_both_sides(left, right, expected):
    assert relation(left, right) == relation(right, left) == expected


@pytest.mark.parametrize(("left", "right", "expected"), MATRIX)
def test_find_conflicts_agrees_with_the_matrix(left, right, expected):
    clusters = find_conflicts(BASE, [propose(1, left), propose(2, right)])

    found = [conflict for cluster in clusters for conflict in cluster.conflicts]
    assert found == ([Conflict(1, 2, expected)] if expected.is_conflict else [])


# What depends on the text around


@pytest.mark.parametrize(
    ("placed", "deleted"),
    [
        (insertion("a", "p1"), "h"),
        (insertion("a", "p2"), "h"),
        (insertion("a", "h"), "h"),
        (insertion("a", "p2", kind=Kind.HEADING, level=2), "h"),
        (insertion("a", "l2", kind=Kind.LIST_ITEM, level=1), "l1"),
        (MovePassage("p1", "p2"), "h"),
    ],
)
def test_placing_under_a_deleted_parent_is_a_conflict(placed, deleted):
    (cluster,) = find_conflicts(BASE, [propose(1, placed), propose(2, DeletePassage(deleted))])

    assert cluster.relations == (Relation.DELETED,)


@pytest.mark.parametrize(
    ("placed", "deleted"),
    [
        (insertion("a", None), "h"),
        (insertion("a", "p2", kind=Kind.HEADING, level=1), "h"),
        (insertion("a", "l2", kind=Kind.LIST_ITEM, level=0), "l1"),
        (insertion("a", "l2"), "l1"),
        (insertion("a", "p2", kind=Kind.LIST_ITEM, level=1), "l1"),
        (insertion("a", "p1"), "p1"),
    ],
)
def test_placing_beside_a_deleted_passage_is_no_conflict(placed, deleted):
    assert find_conflicts(BASE, [propose(1, placed), propose(2, DeletePassage(deleted))]) == ()


def test_placing_under_a_list_item_that_somebody_joins_to_another_is_a_conflict():
    child = insertion("a", "l1", kind=Kind.LIST_ITEM, level=1)

    (cluster,) = find_conflicts(BASE, [propose(1, child), propose(2, JoinPassages("p2", "l1"))])

    assert cluster.relations == (Relation.JOIN,)
    assert cluster.passages == ("p2", "l1")


def test_placing_under_a_heading_one_replaces_oneself_is_no_conflict():
    new = insertion("a", "h", "Sprachen", Kind.HEADING, 1)
    both = propose(1, DeletePassage("h"), new, insertion("b", "a"))

    assert find_conflicts(BASE, [both, replace(both, id=2)]) == ()


def test_sequences_at_one_spot_are_contested_as_a_whole():
    (cluster,) = find_conflicts(
        BASE,
        [
            propose(1, insertion("a", "p1", "A"), insertion("b", "a", "B")),
            propose(2, insertion("c", "p1", "A")),
        ],
    )

    assert len(cluster.members) == 3
    assert cluster.relations == (Relation.ORDER,)


def test_what_follows_a_contested_passage_waits_with_it():
    (cluster,) = find_conflicts(
        BASE,
        [
            propose(1, MovePassage("p1", "l2"), insertion("a", "p1")),
            propose(2, DeletePassage("p1")),
        ],
    )

    assert [member.operation.passage for member in cluster.members] == ["p1", "a", "p1"]


# Clusters


def test_cluster_connects_what_does_not_conflict_directly():
    (cluster,) = find_conflicts(
        BASE,
        [
            propose(1, hunk(0, 3, "Wir")),
            propose(2, hunk(2, 5, "Amt", " ", "hilft")),
            propose(3, hunk(4, 7, "zahlt", " ", "Kurse")),
        ],
    )

    assert cluster.amendments == (1, 2, 3)
    assert cluster.conflicts == (
        Conflict(1, 2, Relation.OVERLAP),
        Conflict(2, 3, Relation.OVERLAP),
    )
    assert cluster.regions == (Region("p1", 0, 7),)
    assert cluster.passages == ("p1",)


def test_cluster_of_a_deleted_passage_is_about_all_of_its_words():
    (cluster,) = find_conflicts(BASE, [propose(1, DeletePassage("p2")), propose(2, hunk_of("p2"))])

    assert cluster.regions == (Region("p2", 0, 6),)


def hunk_of(passage):
    return TextHunk(passage, 2, 3, ("Büro",))


def test_cluster_is_one_where_contested_words_overlap_without_a_conflict():
    """Own words for each of two would write the words they share twice."""
    (cluster,) = find_conflicts(
        BASE,
        [
            propose(1, hunk(0, 4)),
            propose(2, hunk(1, 1, "so")),
            propose(3, hunk(2, 6)),
            propose(4, hunk(5, 5, "ja")),
        ],
    )

    assert cluster.amendments == (1, 2, 3, 4)
    assert cluster.conflicts == (Conflict(1, 2, Relation.INSIDE), Conflict(3, 4, Relation.INSIDE))
    assert cluster.regions == (Region("p1", 0, 6),)


def test_cluster_twins_are_members_together():
    (cluster,) = find_conflicts(
        BASE,
        [propose(1, hunk(0, 1, "Ein")), propose(2, hunk(0, 1, "Ein")), propose(3, hunk(0, 1))],
    )

    assert cluster.amendments == (1, 2, 3)
    assert cluster.conflicts == (
        Conflict(1, 3, Relation.ALTERNATIVES),
        Conflict(2, 3, Relation.ALTERNATIVES),
    )


def test_clusters_stand_in_reading_order():
    clusters = find_conflicts(
        BASE,
        [
            propose(1, hunk_of("p2"), hunk(9, 10, "Es"), hunk(0, 1, "Ein")),
            propose(2, TextHunk("p2", 2, 3), hunk(9, 10, "Er"), hunk(0, 1, "Kein")),
        ],
    )

    assert [cluster.regions for cluster in clusters] == [
        (Region("p1", 0, 1),),
        (Region("p1", 9, 10),),
        (Region("p2", 2, 3),),
    ]


def test_cluster_key_is_another_on_another_base():
    rivals = [propose(1, hunk(0, 1, "Ein")), propose(2, hunk(0, 1, "Kein"))]
    (here,) = find_conflicts(BASE, rivals)
    (there,) = find_conflicts((replace(COURSES, text="Der Bund fördert Kurse."),), rivals)

    assert here.members == there.members
    assert here.key != there.key


# Invariants


def assert_numbers_and_names_do_not_matter(case):
    """P13: the relation is symmetric and stays the same under other numbers and ids."""
    base, given = case
    renamed_base = tuple(replace(each, id=f"z{each.id}") for each in base)
    renamed = [
        Amendment(9 - each.id, tuple(map(_renamed, each.operations)), each.origin) for each in given
    ]

    found = _as_sets(find_conflicts(base, given), lambda number: 9 - number, _renamed)
    assert found == _as_sets(find_conflicts(renamed_base, renamed), int, lambda each: each)


def _renamed(operation):
    names = [name for name in ("passage", "left", "right", "id") if name in fields_of(operation)]
    operation = replace(operation, **{name: f"z{getattr(operation, name)}" for name in names})
    after = getattr(operation, "after", None)
    return operation if after is None else replace(operation, after=f"z{after}")


def fields_of(operation):
    return {each.name for each in fields(operation)}


def _as_sets(clusters, number, name):
    return {
        frozenset((number(each.amendment), name(each.operation)) for each in cluster.members): {
            (frozenset({number(each.left), number(each.right)}), each.relation)
            for each in cluster.conflicts
        }
        for cluster in clusters
    }


def assert_nothing_is_written_that_nobody_proposed(case):
    """Where two amendments do not conflict, each passage is as one of them, or both, want it."""
    base, (x, y) = case
    both = merge(base, [x, y])
    single = [merge(base, [each]) for each in (x, y)]
    for passage in both.document:
        versions = {each.text for one in single for each in one.document if each.id == passage.id}
        sources = _sources(passage.id, x.operations + y.operations)
        touched = [any(_touches(each, sources) for each in one.operations) for one in (x, y)]
        if not all(touched) and not both.open:
            assert passage.text in versions


def _sources(name, operations):
    """Return the passages of the base whose words may stand in a passage."""
    found = {each.passage for each in operations if getattr(each, "id", None) == name} | {name}
    joins = [each for each in operations if isinstance(each, JoinPassages)]
    for _ in joins:
        for each in joins:
            found |= {each.left, each.right} if found & {each.left, each.right} else set()
    return found


def _touches(operation, sources):
    is_wording = isinstance(operation, TextHunk | SplitPassage | JoinPassages)
    return is_wording and operation.passage in sources


INVARIANTS = [
    (assert_numbers_and_names_do_not_matter, proposals(3)),
    (assert_nothing_is_written_that_nobody_proposed, proposals(2)),
]
NAMES = [name_of(invariant) for invariant, _ in INVARIANTS]


@pytest.mark.parametrize(("invariant", "cases"), INVARIANTS, ids=NAMES)
def test_conflicts_invariant(invariant, cases):
    attempt(invariant, cases)


@pytest.mark.deep
@pytest.mark.parametrize(("invariant", "cases"), INVARIANTS, ids=NAMES)
def test_conflicts_invariant_in_many_cases(invariant, cases, deep_cases):
    attempt(invariant, cases, deep_cases)
