"""What is agreed goes on, what is contested waits: cases and invariants of docs/algorithms/consolidation.md."""

import pytest
from hypothesis import assume

from mitplan.core.text.amendments import (
    Amendment,
    DeletePassage,
    InsertPassage,
    MovePassage,
    TextHunk,
    rewording,
)
from mitplan.core.text.conflicts import Relation, find_conflicts
from mitplan.core.text.consensus import InseparableError, find_consensus
from mitplan.core.text.consolidation import Choice, Settlement
from mitplan.core.text.passages import Kind, Passage
from tests.core.properties import attempt, name_of
from tests.core.text.proposals import SYMBOLS, merge, proposals, runs_of, without_ids

COURSES = Passage("p1", Kind.PARAGRAPH, "Das Land fördert Kurse. Sie sind kostenlos.")
OFFICE = Passage("p2", Kind.PARAGRAPH, "Ein Amt hilft.")
BASE = (COURSES, OFFICE)


def reword(number, passage, text):
    return Amendment(number, rewording(passage, text), 100 + number)


def propose(number, *operations):
    return Amendment(number, operations, 100 + number)


def agreed(base, given, settlements=()):
    return find_consensus(base, runs_of(base), given, settlements)


def test_consensus_without_conflicts_takes_everything():
    given = (reword(1, COURSES, "Das Land fördert viele Kurse. Sie sind kostenlos."),)

    found = agreed(BASE, given)

    assert found.worked_in == given
    assert found.outside == found.waiting == ()
    assert found.consolidation == merge(BASE, given)


def test_consensus_leaves_the_contested_place_and_moves_it_on():
    loser = reword(1, COURSES, "Unser Land prüft Kurse. Sie sind kostenlos.")
    rival = reword(2, COURSES, "Das Land bezahlt Kurse. Sie sind kostenlos, immer.")

    found = agreed(BASE, (loser, rival))

    (text, _) = found.consolidation.document
    assert text.text == "Unser Land fördert Kurse. Sie sind kostenlos, immer."
    assert found.worked_in == (
        Amendment(1, loser.operations[:1], 101),
        Amendment(2, rival.operations[1:], 102),
    )
    assert found.outside == (
        Amendment(1, loser.operations[1:], 101),
        Amendment(2, rival.operations[:1], 102),
    )
    (cluster,) = find_conflicts(found.consolidation.document, found.waiting)
    assert cluster.amendments == (1, 2)
    assert cluster.relations == (Relation.ALTERNATIVES,)


def test_consensus_takes_what_was_settled():
    rivals = [reword(number, OFFICE, f"Ein {name} hilft.") for number, name in ((1, "A"), (2, "B"))]
    (cluster,) = find_conflicts(BASE, rivals)

    found = agreed(BASE, rivals, [Settlement(cluster.key, Choice.CHOOSE, (2,))])

    assert found.consolidation.document[1].text == "Ein B hilft."
    assert found.outside == ()


def test_consensus_holds_back_what_would_make_a_conflict_vanish():
    whole = propose(1, TextHunk("p1", 0, 4))
    inside = propose(2, TextHunk("p1", 2, 2, ("alte", " ")))
    first_half = propose(3, TextHunk("p1", 0, 2))

    found = agreed(BASE, (whole, inside, first_half))

    assert found.consolidation.document == BASE
    assert found.waiting == (whole, inside, first_half)


def test_consensus_holds_a_sequence_together():
    new = InsertPassage("n", "p1", Kind.PARAGRAPH, "Neu.")
    here = propose(1, new, MovePassage("p0", "n"))
    there = propose(2, MovePassage("p0", "p2"))
    base = (Passage("p0", Kind.PARAGRAPH, "Anfang."), *BASE)

    found = agreed(base, (here, there))

    assert found.outside == (here, there)
    assert found.consolidation.document == base


def test_consensus_where_a_settlement_took_away_what_an_open_conflict_stands_under_is_refused():
    base = (Passage("p0", Kind.HEADING, "Titel", 1), *BASE)
    anew = propose(
        1,
        DeletePassage("p0"),
        InsertPassage("n", "p1", Kind.PARAGRAPH, "Neu."),
        TextHunk("p2", 0, 1),
    )
    beside = propose(2, InsertPassage("m", "p1", Kind.HEADING, "Neu", 1))
    renamed = propose(3, TextHunk("p0", 0, 1, ("Name",)))
    title, order = find_conflicts(base, (anew, beside, renamed))
    assert (title.amendments, order.amendments) == ((1, 3), (1, 2))
    chosen = Settlement(title.key, Choice.CHOOSE, (1,))

    with pytest.raises(InseparableError) as refused:
        agreed(base, (anew, beside, renamed), [chosen])

    assert "p1" in refused.value.passages


# Invariants


def choose_first(base, given):
    return [
        Settlement(each.key, Choice.CHOOSE, each.amendments[:1])
        for each in find_conflicts(base, given)
    ]


def assert_what_is_open_stays_open(case):
    """Whoever takes part in an open conflict does so on the new text, and nobody is lost on the way."""
    base, given = case
    found = agreed(base, given)
    before = merge(base, given)
    after = merge(found.consolidation.document, found.waiting)

    assert found.consolidation.open == ()
    assert _contested(after) == _contested(before)
    left = {each.amendment for each in before.left_out}
    assert left <= {each.id for each in found.waiting}


def _contested(result):
    return {number for cluster in result.open for number in cluster.amendments}


def assert_settled_later_is_settled_at_once(case):
    """Going on in two steps gives the text that one step gives, whatever is chosen."""
    base, given = case
    found = agreed(base, given)
    then = found.consolidation.document
    before, after = find_conflicts(base, given), find_conflicts(then, found.waiting)
    assume([each.amendments for each in before] == [each.amendments for each in after])

    at_once = merge(base, given, choose_first(base, given))
    later = merge(then, found.waiting, choose_first(then, found.waiting))

    assert without_ids(later.document) == without_ids(at_once.document)


INVARIANTS = [
    (assert_what_is_open_stays_open, proposals(3)),
    (assert_settled_later_is_settled_at_once, proposals(3, SYMBOLS)),
]
NAMES = [name_of(invariant) for invariant, _ in INVARIANTS]


@pytest.mark.parametrize(("invariant", "cases"), INVARIANTS, ids=NAMES)
def test_consensus_invariant(invariant, cases):
    attempt(invariant, cases)


@pytest.mark.deep
@pytest.mark.parametrize(("invariant", "cases"), INVARIANTS, ids=NAMES)
def test_consensus_invariant_in_many_cases(invariant, cases, deep_cases):
    attempt(invariant, cases, deep_cases)
