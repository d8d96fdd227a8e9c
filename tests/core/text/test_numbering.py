"""Marks of list items, computed for every edition."""

from itertools import pairwise

import pytest
from hypothesis import strategies as st

from mitplan.core.text.amendments import (
    Amendment,
    DeletePassage,
    InsertPassage,
    MovePassage,
    SplitPassage,
)
from mitplan.core.text.numbering import list_starts, renumber
from mitplan.core.text.passages import Kind, Passage
from tests.core.properties import attempt
from tests.core.text.proposals import merge

TEXT = Passage("p", Kind.PARAGRAPH, "Text.")
INDENTED = Passage("p", Kind.PARAGRAPH, "Text.", 1)


def item(name, label, level=0):
    return Passage(name, Kind.LIST_ITEM, f"{name} bleibt", level, label)


def items(*labels):
    return tuple(item(f"i{number}", label) for number, label in enumerate(labels))


def labels(document):
    return [passage.label for passage in document if passage.kind is Kind.LIST_ITEM]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["1.", "1.", "7."], ["1.", "2.", "3."]),
        (["3.", "9."], ["3.", "4."]),
        (["b)", "b)"], ["b)", "c)"]),
        (["y)", "y)", "y)"], ["y)", "z)", "27)"]),
        (["1)", "", "1)"], ["1)", "2)", "3)"]),
        (["", "1."], ["1.", "2."]),
        (["", ""], ["", ""]),
        (["-", ""], ["-", "-"]),
        (["1.", "1)"], ["1.", "1)"]),
        (["(1)", "(2)", ""], ["(1)", "(2)", ""]),
        (["999999999.", "1."], ["999999999.", "999999999."]),
    ],
)
def test_renumber_counts_on(given, expected):
    assert labels(renumber(items(*given))) == expected


@pytest.mark.parametrize(("between", "expected"), [(TEXT, ["1.", "7."]), (INDENTED, ["1.", "2."])])
def test_renumber_text_between_begins_a_new_list_unless_it_is_indented(between, expected):
    first, second = items("1.", "7.")

    assert labels(renumber((first, between, second))) == expected


def test_renumber_inner_list_is_counted_by_itself():
    document = (
        item("a", "1."),
        item("b", "a)", 1),
        item("c", "a)", 1),
        item("d", "1."),
        item("e", "a)", 1),
    )

    assert labels(renumber(document)) == ["1.", "a)", "b)", "2.", "a)"]


def test_renumber_list_that_lost_its_first_item_keeps_its_beginning():
    before = items("3.", "4.", "5.")

    assert labels(renumber(before[1:], list_starts(before))) == ["3.", "4."]


def test_renumber_footnotes_are_left_alone():
    note = Passage("f", Kind.FOOTNOTE, "Quelle.", label="12")

    assert renumber((note,)) == (note,)


def test_consolidate_numbers_lists_anew():
    base = items("1.", "2.", "3.", "4.")
    result = merge(
        base,
        [
            Amendment(1, (DeletePassage("i0"), MovePassage("i3", None)), 101),
            Amendment(2, (InsertPassage("n", "i1", Kind.LIST_ITEM, "Neu."),), 102),
            Amendment(3, (SplitPassage("i2", 1, "s", Kind.LIST_ITEM),), 103),
        ],
    )

    assert [passage.id for passage in result.document] == ["i3", "i1", "n", "i2", "s"]
    assert labels(result.document) == ["1.", "2.", "3.", "4.", "5."]


def assert_labels_are_contiguous(document):
    """P21: within a list each label follows the one before, and computing them again changes nothing."""
    numbered = renumber(document)

    assert renumber(numbered) == numbered
    for left, right in pairwise(numbered):
        is_one_list = left.level == right.level and left.label[-1:] == right.label[-1:] == "."
        if is_one_list and left.kind is right.kind is Kind.LIST_ITEM:
            assert int(right.label[:-1]) == int(left.label[:-1]) + 1


LISTS = st.lists(
    st.builds(
        Passage,
        st.uuids().map(str),
        st.sampled_from([Kind.LIST_ITEM, Kind.LIST_ITEM, Kind.PARAGRAPH, Kind.HEADING]),
        st.just("Text"),
        st.integers(0, 2),
        st.sampled_from(["1.", "2.", "7.", "a)", "-", ""]),
    ),
    max_size=8,
).map(tuple)


def test_renumber_labels_are_contiguous():
    attempt(assert_labels_are_contiguous, LISTS)


@pytest.mark.deep
def test_renumber_labels_are_contiguous_in_many_cases(deep_cases):
    attempt(assert_labels_are_contiguous, LISTS, deep_cases)
