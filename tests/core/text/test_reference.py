"""No silent wrong merge: the consolidated text is the one of a second, slow engine (reference.py)."""

from itertools import permutations

import pytest
from hypothesis import strategies as st

from mitplan.core.text.amendments import Amendment, TextHunk
from mitplan.core.text.conflicts import find_conflicts
from mitplan.core.text.consolidation import Choice, Settlement
from mitplan.core.text.passages import Kind, Passage
from mitplan.core.text.runs import expand
from mitplan.core.text.tokens import tokenize
from tests.core.properties import attempt, name_of
from tests.core.text.proposals import BASE_ORIGIN, SYMBOLS, merge, proposals
from tests.core.text.reference import Reference


def uncontested(base, given):
    """Return the amendments without the members of clusters; not asked for anew what is left."""
    members = {
        (each.amendment, each.operation)
        for cluster in find_conflicts(base, given)
        for each in cluster.members
    }
    return [
        Amendment(
            one.id, tuple(e for e in one.operations if (one.id, e) not in members), one.origin
        )
        for one in given
    ]


def carried_out(base, given):
    reference = Reference(base, BASE_ORIGIN)
    for each in given:
        reference.carry_out(each)
    return reference


def seen(parts):
    return [(each.kind, each.level, each.fields, each.text) for each in parts]


def shown(document):
    return [(each.kind, each.level, dict(each.fields), each.text) for each in document]


def assert_text_is_that_of_the_reference(case):
    """Whatever does not conflict gives the reference's text, carried out in any order."""
    base, given = case
    result = shown(merge(base, given).document)
    for order in permutations(uncontested(base, given)):
        assert seen(carried_out(base, order).written()) == result


def assert_origins_are_those_of_the_reference(case):
    """So does every token's origin; of those who agree the first is the origin."""
    base, given = case
    result = merge(base, given)
    found = [
        list(zip(tokenize(each.text), expand(result.runs[each.id]), strict=True))
        for each in result.document
    ]
    written = carried_out(base, uncontested(base, given)).written()
    assert [each.words for each in written] == found


def assert_own_words_land_at_their_places(case):
    """Own words stand exactly where they were contested, at every place; all else is as without them."""
    base, given, words = case
    reference = carried_out(base, uncontested(base, given))
    settlements = []
    for cluster in find_conflicts(base, given):
        texts = tuple((each.passage, words * (at + 1)) for at, each in enumerate(cluster.regions))
        choice = Choice.CUSTOM if texts else Choice.KEEP_BASE
        settlements.append(Settlement(cluster.key, choice, texts=texts, origin=7))
        for region, (passage, text) in zip(cluster.regions, texts, strict=True):
            written = [(token, 7) for token in tokenize(text)]
            reference.write_own_words(passage, region.start, region.end, written)

    result = merge(base, given, settlements)

    assert result.open == result.stale == ()
    assert shown(result.document) == seen(reference.written())


def assert_contested_words_are_those_of_the_matrix(case):
    """Of words, exactly those are contested of which the matrix says so, asked cell by cell and pair by pair."""
    base, given = case
    wanted = {each.id: _rewordings(each) for each in given}
    contested = {
        (number, place)
        for number, rival in permutations(wanted, 2)
        for place, new in wanted[number].items()
        if any(_contradict(place, new, *each) for each in wanted[rival].items())
    }
    only_words = [
        Amendment(
            each.id, tuple(e for e in each.operations if isinstance(e, TextHunk)), each.origin
        )
        for each in given
    ]
    found = {
        (each.amendment, (each.operation.passage, each.operation.start, each.operation.end))
        for cluster in find_conflicts(base, only_words)
        for each in cluster.members
    }
    assert found == contested


def _rewordings(amendment):
    """Return what an amendment wants to write in which range; several insertions at a point are one."""
    found = {}
    hunks = [each for each in amendment.operations if isinstance(each, TextHunk)]
    for each in sorted(hunks, key=lambda hunk: hunk.ordinal):
        place = (each.passage, each.start, each.end)
        found[place] = found.get(place, ()) + each.new
    return found


def _contradict(place, new, other, other_new):
    (passage, start, end), (other_passage, other_start, other_end) = place, other
    if passage != other_passage or (place, new) == (other, other_new):
        return False
    if start == end or other_start == other_end:
        is_inside = other_start < start < other_end or start < other_start < end
        return place == other or is_inside
    meets = set(range(start, end)) & set(range(other_start, other_end))
    return bool(meets) and bool(new or other_new)


def test_reference_differs_with_the_order_of_what_contradicts():
    """It would notice a conflict that was overlooked."""
    base = (Passage("p", Kind.PARAGRAPH, "§†‡"), Passage("q", Kind.MEASURE, "¶"))
    rivals = [
        Amendment(number, (TextHunk("p", 0, 1, (word,)),), 100 + number)
        for number, word in ((1, "+"), (2, "="))
    ]

    first, last = (seen(carried_out(base, order).written()) for order in permutations(rivals))

    assert first != last


WORDS = st.sampled_from(["", "+", "=§", "†‡"])
INVARIANTS = [
    (assert_text_is_that_of_the_reference, proposals(3)),
    (assert_origins_are_those_of_the_reference, proposals(3, SYMBOLS)),
    (assert_contested_words_are_those_of_the_matrix, proposals(3)),
    (
        assert_own_words_land_at_their_places,
        st.tuples(proposals(3, SYMBOLS), WORDS).map(lambda case: (*case[0], case[1])),
    ),
]
NAMES = [name_of(invariant) for invariant, _ in INVARIANTS]


@pytest.mark.parametrize(("invariant", "cases"), INVARIANTS, ids=NAMES)
def test_reference_invariant(invariant, cases):
    attempt(invariant, cases)


@pytest.mark.deep
@pytest.mark.parametrize(("invariant", "cases"), INVARIANTS, ids=NAMES)
def test_reference_invariant_in_many_cases(invariant, cases, deep_cases):
    attempt(invariant, cases, deep_cases)
