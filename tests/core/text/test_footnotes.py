"""Footnotes go with their anchors: the row of docs/algorithms/conflicts.md about them, and P17."""

from collections import Counter
from random import Random

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from mitplan.core.text.amendments import (
    Amendment,
    DeletePassage,
    InsertPassage,
    MovePassage,
    SplitPassage,
    TextHunk,
)
from mitplan.core.text.cautions import Caution, CautionKind
from mitplan.core.text.conflicts import Relation, find_conflicts
from mitplan.core.text.consolidation import ChangeKind, Choice, Settlement
from mitplan.core.text.notes import Note, anchors_in, find_notes
from mitplan.core.text.passages import Kind, Passage
from mitplan.core.text.rebase import Status, rebase
from mitplan.core.text.tokens import tokenize
from tests.core.properties import attempt, name_of
from tests.core.text.proposals import merge, peaceful, without_ids

COURSES = Passage("p1", Kind.PARAGRAPH, "Das Land fördert Kurse.[^1] Sie sind frei.")
OFFICE = Passage("p2", Kind.PARAGRAPH, "Ein Amt hilft.[^2]")
NOTE = Passage("f1", Kind.FOOTNOTE, "Quelle: Land.", label="1")
OTHER = Passage("f2", Kind.FOOTNOTE, "Quelle: Amt.", label="2")
BASE = (COURSES, OFFICE, NOTE, OTHER)

CUT = TextHunk("p1", 8, 12)
"""Takes away the anchor and nothing else."""
EDIT = TextHunk("f1", 3, 4, ("Bund",))


def propose(number, *operations):
    return Amendment(number, operations, 100 + number)


def ids(result):
    return [passage.id for passage in result.document]


def relations(*amendments, base=BASE):
    return [cluster.relations for cluster in find_conflicts(base, amendments)]


def notes(*passages):
    return find_notes(passages, {each.id: tokenize(each.text) for each in passages}.__getitem__)


def test_find_notes_gives_the_tokens_of_the_anchor():
    assert notes(*BASE) == (Note("1", "f1", "p1", 8, 12), Note("2", "f2", "p2", 6, 10))


@pytest.mark.parametrize(
    "passages",
    [
        (COURSES,),
        (NOTE,),
        (COURSES, Passage("p3", Kind.PARAGRAPH, "Auch.[^1]"), NOTE),
        (COURSES, NOTE, Passage("f3", Kind.FOOTNOTE, "Zweite.", label="1")),
        (Passage("p3", Kind.PARAGRAPH, r"Kein \[^1] Anker"), NOTE),
    ],
)
def test_find_notes_without_one_anchor_and_one_body_finds_none(passages):
    assert notes(*passages) == ()


@pytest.mark.parametrize(
    "change",
    [
        CUT,
        TextHunk("p1", 6, 14, ("Sport", ".")),
        DeletePassage("p1"),
    ],
)
def test_footnote_goes_with_its_anchor(change):
    result = merge(BASE, [propose(1, change)])

    assert "f1" not in ids(result)
    assert [(each.passage, each.kind, each.origins) for each in result.changes][-1] == (
        "f1",
        ChangeKind.DELETED,
        (101,),
    )
    assert result.warnings == ()


def test_footnote_of_moved_words_stays():
    moved = TextHunk("p2", 5, 5, (" ", "und", " ", "fördert", "[", "^", "1", "]"))

    result = merge(BASE, [propose(1, CUT, moved)])

    assert ids(result) == ["p1", "p2", "f1", "f2"]


def test_footnote_whose_anchor_is_written_anew_stays():
    result = merge(BASE, [propose(1, TextHunk("p1", 6, 12, ("Sport", ".", "[", "^", "1", "]")))])

    assert ids(result) == ["p1", "p2", "f1", "f2"]


@pytest.mark.parametrize("remover", [CUT, DeletePassage("p1")])
@pytest.mark.parametrize(
    "rival",
    [
        EDIT,
        MovePassage("f1", "f2"),
        SplitPassage("f1", 3, "s"),
        TextHunk("p2", 5, 5, ("[", "^", "1", "]")),
        InsertPassage("n", "p2", Kind.PARAGRAPH, "Auch hier.[^1]"),
    ],
)
def test_taking_away_an_anchor_that_others_count_on_is_a_conflict(remover, rival):
    assert relations(propose(1, remover), propose(2, rival)) == [(Relation.FOOTNOTE,)]
    assert rebase(propose(1, remover), BASE, [propose(2, rival)]).status == Status.CONFLICT


@pytest.mark.parametrize(
    "other", [DeletePassage("f1"), TextHunk("f2", 3, 4, ("Büro",)), MovePassage("p1", "p2"), CUT]
)
def test_taking_away_an_anchor_beside_other_changes_is_no_conflict(other):
    assert relations(propose(1, CUT), propose(2, other)) == []


def test_change_of_a_footnote_whose_anchor_is_gone_is_orphaned():
    assert rebase(propose(1, EDIT), BASE, [propose(2, CUT)]).status == Status.ORPHANED


def test_new_anchor_of_a_footnote_that_is_gone_is_a_conflict():
    anew = propose(1, TextHunk("p2", 5, 5, ("[", "^", "1", "]")))

    assert rebase(anew, BASE, [propose(2, CUT)]).status == Status.CONFLICT
    assert rebase(anew, BASE, [propose(2, DeletePassage("p1"))]).status == Status.CONFLICT


def test_footnote_changed_by_who_took_its_anchor_stays_and_is_reported():
    result = merge(BASE, [propose(1, CUT, EDIT)])

    assert ids(result) == ["p1", "p2", "f1", "f2"]
    assert result.warnings == (Caution(CautionKind.ORPHANED_FOOTNOTE, "f1", ()),)


def test_anchor_whose_footnote_alone_is_deleted_is_reported():
    result = merge(BASE, [propose(1, DeletePassage("f1"))])

    assert result.warnings == (Caution(CautionKind.DANGLING_REFERENCE, "p1", (1,)),)


def test_footnote_goes_with_an_anchor_that_a_settlement_left_out():
    rivals = propose(1, TextHunk("p2", 4, 10, ("zahlt",))), propose(2, TextHunk("p2", 4, 5))
    (cluster,) = find_conflicts(BASE, rivals)
    own = Settlement(cluster.key, Choice.CUSTOM, texts=(("", "berät."),), origin=77)

    result = merge(BASE, rivals, [own])

    assert result.document[1].text == "Ein Amt berät."
    assert ids(result) == ["p1", "p2", "f1"]


def test_what_stands_between_contested_words_of_a_footnote_waits_with_them():
    """Whoever took the anchor and reworded the footnote is no rival of itself; own words must not pass over it."""
    remover = propose(1, CUT, TextHunk("f1", 2, 3, (" - ",)))
    rivals = propose(2, TextHunk("f1", 0, 1, ("Beleg",)), EDIT)

    (cluster,) = find_conflicts(BASE, [remover, rivals])

    assert {each.operation for each in cluster.members} == {
        *remover.operations,
        *rivals.operations,
    }


def test_footnote_with_two_anchors_stays_while_one_is_left():
    base = (*BASE, Passage("p3", Kind.PARAGRAPH, "Auch.[^1]"))

    assert "f1" in ids(merge(base, [propose(1, CUT)]))


# Invariants


def documents(random: Random):
    """Paragraphs with an anchor each, some cut into words, and a footnote for each anchor."""
    count = random.randint(1, 4)
    words = ["§", "†", "‡", "¶"]
    texts = [(random.choices(words, k=3), random.choices(words, k=3)) for _ in range(count)]
    return tuple(
        Passage(f"p{number}", Kind.PARAGRAPH, f"{''.join(before)}[^{number}]{''.join(behind)}")
        for number, (before, behind) in enumerate(texts)
    ) + tuple(
        Passage(f"f{number}", Kind.FOOTNOTE, "§†‡", label=str(number)) for number in range(count)
    )


def changes(random: Random, base, number: int):
    """Change paragraphs without breaking an anchor, and footnotes without deleting them alone."""
    found = []
    for passage in base:
        pick = random.random()
        if pick < 0.15 and passage.kind is Kind.PARAGRAPH:
            found.append(DeletePassage(passage.id))
        elif pick < 0.3:
            found.append(MovePassage(passage.id, None))
        elif pick < 0.6:
            points = [at for at in range(len(tokenize(passage.text)) + 1) if at not in {4, 5, 6}]
            start, end = sorted(random.sample(points if passage.label == "" else [0, 1, 2, 3], 2))
            found.append(TextHunk(passage.id, start, end, random.choice([(), ("+",), ("=",)])))
    return Amendment(number, tuple(found), 100 + number)


def cases() -> st.SearchStrategy:
    def write(random: Random):
        base = documents(random)
        return base, [changes(random, base, number) for number in (1, 2)]

    return st.randoms(use_true_random=True).map(write)


def assert_anchors_and_footnotes_are_one_to_one(case):
    """P17: whatever is taken away, each anchor has its footnote and each footnote its anchor."""
    base, given = case
    assume(not any(_leaves_an_orphan(base, each) for each in given))
    document = merge(base, given).document
    anchors = Counter(label for passage in document for label in anchors_in(passage.text))
    assert anchors == Counter(each.label for each in document if each.kind is Kind.FOOTNOTE)


def _leaves_an_orphan(base, amendment):
    """Tell whether an amendment changes a footnote and takes its anchor away."""
    touched = {each.passage for each in amendment.operations}
    left = {label for each in merge(base, [amendment]).document for label in anchors_in(each.text)}
    return any(
        each.id in touched and each.label not in left for each in base if each.kind is Kind.FOOTNOTE
    )


def assert_both_orders_give_the_same_with_footnotes(case):
    """P3, P17: with footnotes too, x and y together, x before y, and y before x are one and the same."""
    base, given = case
    x, y = peaceful(base, given)
    together = without_ids(merge(base, [x, y]).document)
    for first, second in ((x, y), (y, x)):
        rest = rebase(second, base, [first]).amendment
        done = merge(base, [first]).document
        assert without_ids(merge(done, [rest] if rest else []).document) == together


INVARIANTS = [
    (assert_anchors_and_footnotes_are_one_to_one, cases()),
    (assert_both_orders_give_the_same_with_footnotes, cases()),
]
NAMES = [name_of(invariant) for invariant, _ in INVARIANTS]


@pytest.mark.parametrize(("invariant", "cases"), INVARIANTS, ids=NAMES)
def test_footnotes_invariant(invariant, cases):
    attempt(invariant, cases)


@pytest.mark.deep
@pytest.mark.parametrize(("invariant", "cases"), INVARIANTS, ids=NAMES)
def test_footnotes_invariant_in_many_cases(invariant, cases, deep_cases):
    attempt(invariant, cases, deep_cases)
