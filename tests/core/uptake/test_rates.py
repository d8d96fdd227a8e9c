from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import chain, count
from random import Random

from mitplan.core.uptake import (
    OTHER,
    DecidedPoint,
    Outcome,
    breakdown,
    by_field,
    by_organisation_type,
    coarsen,
    median_days,
    uptake,
)

NUMBERS = count(1)


def point(outcome=Outcome.DECLINED, organisation_type="Verband", **more):
    return DecidedPoint(f"A-{next(NUMBERS)}", outcome, organisation_type, **more)


def points(number, outcome=Outcome.DECLINED, organisation_type="Verband", **more):
    return [point(outcome, organisation_type, **more) for _ in range(number)]


def labels(rows):
    return [row.label for row in rows if row.uptake], [row.label for row in rows if not row.uptake]


def test_uptake_counts_taken_up_covered_and_declined_only():
    everything = chain.from_iterable(points(1 + n, outcome) for n, outcome in enumerate(Outcome))

    found = uptake([*everything, *points(9, None)])

    assert found.numerator_strict == 1
    assert found.numerator_broad == 1 + 2 + 3
    assert found.denominator == 1 + 2 + 3 + 4 + 7
    assert (found.strict, found.broad) == (Fraction(1, 17), Fraction(6, 17))
    assert found.undecided == 9
    assert found.total == 36 + 9


def test_uptake_leaves_withdrawn_and_merged_points_outside_but_counts_them():
    found = uptake(
        [
            point(Outcome.TAKEN_UP),
            point(Outcome.TAKEN_UP, withdrawn=True),
            point(Outcome.DECLINED, merged=True),
        ]
    )

    assert (found.withdrawn, found.merged, found.total) == (1, 1, 3)
    assert (found.strict, found.denominator) == (1, 1)


def test_uptake_without_a_decision_that_counts_has_no_rate():
    found = uptake(points(3, Outcome.NOTED))

    assert (found.strict, found.broad, found.denominator) == (None, None, 0)


def test_a_group_counts_once_overall_and_once_per_organisation_type():
    group = [
        *points(6, Outcome.TAKEN_UP, "Verband", group="G-1"),
        *points(7, Outcome.TAKEN_UP, "Kommune", group="G-1"),
    ]
    others = [*points(5, organisation_type="Verband"), *points(5, organisation_type="Kommune")]

    rows = breakdown([*group, *others], by_organisation_type)

    assert uptake([*group, *others]).strict == Fraction(1, 11)
    assert [(row.label, row.uptake.strict) for row in rows] == [
        ("Kommune", Fraction(1, 6)),
        ("Verband", Fraction(1, 6)),
    ]


def test_breakdown_hides_nothing_when_all_rows_are_large():
    rows = breakdown(points(5) + points(6, organisation_type="Kommune"), by_organisation_type)

    assert labels(rows) == (["Kommune", "Verband"], [])


def test_breakdown_hides_the_next_larger_row_with_a_single_small_one():
    rows = breakdown(
        points(20) + points(4, organisation_type="Verein") + points(9, organisation_type="Kommune"),
        by_organisation_type,
    )

    assert labels(rows) == (["Verband"], ["Kommune", "Verein"])


def test_breakdown_hides_on_until_the_hidden_rows_together_are_large():
    small = points(1, organisation_type="Amt") + points(2, organisation_type="Verein")

    rows = breakdown(
        points(20) + small + points(9, organisation_type="Kommune"), by_organisation_type
    )

    assert labels(rows) == (["Verband"], ["Amt", "Kommune", "Verein"])


def test_breakdown_covers_a_small_row_with_what_has_no_name_first():
    rows = breakdown(
        points(4, organisation_type="Verein") + points(6) + points(30, organisation_type=OTHER),
        by_organisation_type,
    )

    assert labels(rows) == (["Verband"], [OTHER, "Verein"])


def test_breakdown_of_nothing_is_empty():
    assert breakdown([], by_field) == ()


def some_points(random):
    types = ["Verband", "Kommune", "Verein", "Ressort", "Kirche", OTHER]
    weights = [random.choice([1, 2, 9, 30]) for _ in types]
    return [
        DecidedPoint(
            f"A-{number}",
            random.choice([None, *Outcome]),
            random.choices(types, weights)[0],
            field=random.choice(["Sprache", "Arbeit", "Bildung"]),
            withdrawn=random.random() < 0.1,
            merged=random.random() < 0.1,
            group=random.choice([""] * 9 + ["G-1", "G-2"]),
        )
        for number in range(random.randint(0, 120))
    ]


def test_no_hidden_row_can_be_told_from_the_total():
    for seed in range(20):
        everything = some_points(Random(seed))  # noqa: S311 -- repeatable, not secret
        ungrouped = [replace(item, group="") for item in everything]
        rows = breakdown(ungrouped, by_organisation_type)
        shown = [row.uptake.total for row in rows if row.uptake]
        hidden = [row.label for row in rows if not row.uptake]
        rest = uptake(ungrouped).total - sum(shown)
        everything_hidden = not shown

        assert all(total >= 5 for total in shown)
        assert not hidden or everything_hidden or (len(hidden) > 1 and rest >= 5)


def test_coarsened_points_show_the_same_rows_and_no_small_one():
    for seed in range(20):
        everything = some_points(Random(seed))  # noqa: S311 -- repeatable, not secret
        shown = {
            row for row in _rows(breakdown(everything, by_organisation_type)) if row[0] != OTHER
        }

        coarse = coarsen(everything)
        sizes = Counter(item.organisation_type for item in coarse if item.organisation_type)

        assert uptake(coarse) == uptake(everything)
        assert shown == {
            row for row in _rows(breakdown(coarse, by_organisation_type)) if row[0] != OTHER
        }
        assert set(sizes) == {label for label, _ in shown}


def _rows(rows):
    return [(row.label, str(row.uptake)) for row in rows if row.uptake]


def test_median_days_lies_in_the_middle_of_what_was_decided():
    days = [3, 40, 10]

    assert median_days(point(days=n) for n in days) == 10
    assert median_days([*(point(days=n) for n in days), point(days=11)]) == Fraction(21, 2)
    assert median_days([point(days=7, withdrawn=True), point(None)]) is None


def test_a_point_signed_by_several_types_counts_once_overall_and_once_for_each():
    rows = [
        DecidedPoint("A-1", Outcome.TAKEN_UP, organisation_type=name, days=days)
        for name, days in (("Kommunen", 8), ("Verbände", 8))
    ]
    others = [
        DecidedPoint(f"B-{number}", Outcome.DECLINED, organisation_type=name, days=2)
        for number, name in enumerate(["Kommunen", "Verbände"] * 4)
    ]

    found = uptake([*rows, *others])

    assert (found.numerator_strict, found.total) == (1, 9)
    assert [
        row.uptake and row.uptake.total for row in breakdown([*rows, *others], by_organisation_type)
    ] == [5, 5]
    assert median_days([*rows, *rows, *rows, *rows, *rows, *rows, *others]) == 2
