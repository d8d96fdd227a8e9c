"""Two states side by side."""

from mitplan.core.text.compare import RowKind, compare
from mitplan.core.text.diff import Segment, SegmentKind
from mitplan.core.text.passages import Kind, Passage


def document(*passages):
    return tuple(Passage(key, Kind.PARAGRAPH, text) for key, text in passages)


def kinds(old, new):
    return [(row.kind.value, (row.new or row.old).id) for row in compare(old, new)]


A, B, C, D = ("a", "Eins gilt."), ("b", "Zwei gilt."), ("c", "Drei gilt."), ("d", "Vier gilt.")


def test_compare_equal_documents_has_unchanged_rows():
    assert kinds(document(A, B), document(A, B)) == [("unchanged", "a"), ("unchanged", "b")]


def test_compare_shows_the_words_that_changed():
    (row,) = compare(document(("a", "Eins gilt.")), document(("a", "Eins endet.")))

    assert row.kind is RowKind.CHANGED
    assert row.segments == (
        Segment(SegmentKind.EQUAL, "Eins "),
        Segment(SegmentKind.DELETED, "gilt"),
        Segment(SegmentKind.INSERTED, "endet"),
        Segment(SegmentKind.EQUAL, "."),
    )


def test_compare_deleted_passages_stand_behind_their_old_predecessor():
    old, new = document(A, B, C, D), document(D, B)

    assert kinds(old, new) == [
        ("deleted", "a"),
        ("moved", "d"),
        ("unchanged", "b"),
        ("deleted", "c"),
    ]


def test_compare_inserted_passage_is_wholly_new():
    (_, row) = compare(document(A), document(A, B))

    assert (row.kind, row.old) == (RowKind.INSERTED, None)
    assert row.segments == (Segment(SegmentKind.INSERTED, "Zwei gilt."),)


def test_compare_moves_as_few_passages_as_possible():
    assert kinds(document(A, B, C, D), document(B, C, D, A)) == [
        ("unchanged", "b"),
        ("unchanged", "c"),
        ("unchanged", "d"),
        ("moved", "a"),
    ]


def test_compare_new_field_is_a_change_and_new_label_is_none():
    old = (Passage("a", Kind.LIST_ITEM, "Eins", label="1."), Passage("g", Kind.GOAL, "Ziel"))
    new = (
        Passage("a", Kind.LIST_ITEM, "Eins", label="2."),
        Passage("g", Kind.GOAL, "Ziel", fields=(("Frist", "2027"),)),
    )

    assert kinds(old, new) == [("unchanged", "a"), ("changed", "g")]


def test_compare_empty_passage_has_no_segments():
    (row,) = compare((), document(("a", "")))

    assert row.segments == ()
