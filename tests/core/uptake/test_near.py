"""Near-identical demands: all are found, with the reason."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from mitplan.core.uptake.near import (
    Near,
    Statement,
    compare,
    near_pairs,
    nearness,
    pairs_of,
    words_of,
)

DEMAND = "Das Land soll Sprachkurse am Abend in allen Landkreisen fördern."
LONGER = f"{DEMAND} Zusätzlich bitten wir um eine Betreuung der Kinder während der Kurse."
texts = st.lists(st.sampled_from(["eins", "zwei", "drei", "vier", "fünf"]), max_size=12).map(
    " ".join
)


def found(*texts):
    return near_pairs(Statement(key, text) for key, text in enumerate(texts, start=1))


def test_words_are_compared_without_case_sharp_s_and_punctuation():
    assert words_of("Große STRASSE, große Straße!") == ["grosse", "strasse"] * 2


def test_copies_are_near_in_full():
    assert found(DEMAND, DEMAND.upper(), DEMAND) == [
        Near(1, 2, Fraction(1)),
        Near(1, 3, Fraction(1)),
    ]


def test_one_word_in_ten_may_differ():
    assert found(DEMAND, DEMAND.replace("Abend", "Vormittag")) == [Near(1, 2, Fraction(7, 11))]


def test_other_demands_are_not_near():
    assert found(DEMAND, "Die Kommunen sollen Familien in ihrer Muttersprache beraten.") == []


def test_a_demand_that_somebody_added_to_is_contained():
    assert found(DEMAND, LONGER) == [Near(1, 2, Fraction(1), is_contained=True)]


def test_two_words_stand_in_many_texts_and_are_contained_in_none():
    assert found("Mehr Busse", f"Mehr Busse und {DEMAND}") == []


def test_texts_without_words_are_near_to_nothing():
    assert found("", "…", "") == []


def test_proposals_are_compared_by_what_they_change():
    before = f"{LONGER} Das Nähere regelt eine Richtlinie."
    changes = [before.replace("Abend", "Morgen"), before.replace("Kinder", "Großeltern")]
    proposals = [
        Statement(key, place="t3", before=before, after=after)
        for key, after in enumerate([*changes, changes[0]], start=1)
    ]

    assert near_pairs(proposals) == [Near(1, 3, Fraction(1))]


def test_the_same_words_at_another_passage_are_another_proposal():
    one, other = (Statement(1, place=place, after=DEMAND) for place in ("t3", "t4"))

    assert nearness(pairs_of(one), pairs_of(other)) is None


def test_striking_a_passage_is_a_proposal_too():
    strikes = [Statement(key, place="t3", before=DEMAND) for key in (1, 2)]

    assert near_pairs(strikes) == [Near(1, 2, Fraction(1))]


def test_compare_names_shared_words_and_warns_of_a_negation():
    comparison = compare("Kurse am Abend fördern", "Kurse am Abend nicht fördern")

    assert comparison.shared == ("kurse", "am", "abend", "fördern")
    assert (comparison.only_first, comparison.only_second) == ((), ("nicht",))
    assert comparison.may_contradict


def test_compare_warns_of_a_number():
    assert compare("60 Prozent bis 2030", "70 Prozent bis 2030").may_contradict


def test_compare_does_not_warn_of_other_words():
    assert not compare("Kurse am Abend", "Kurse am Vormittag").may_contradict


@given(st.lists(texts, max_size=8))
def test_everything_is_found_that_comparing_all_with_all_finds(demands):
    statements = [Statement(key, text) for key, text in enumerate(demands)]
    sets = {
        pairs: min(k.key for k in statements if pairs_of(k) == pairs)
        for pairs in map(pairs_of, statements)
    }
    expected = {
        frozenset((sets[one], sets[other]))
        for one, other in combinations(sets, 2)
        if nearness(one, other)
    }

    among = {frozenset((near.first, near.second)) for near in near_pairs(statements)}

    assert (
        among
        - {
            frozenset((a.key, b.key))
            for a, b in combinations(statements, 2)
            if pairs_of(a) == pairs_of(b)
        }
        == expected
    )


@given(st.lists(texts, max_size=8))
def test_the_order_of_the_points_does_not_matter(demands):
    statements = [Statement(key, text) for key, text in enumerate(demands)]

    assert near_pairs(statements) == near_pairs(reversed(statements))
