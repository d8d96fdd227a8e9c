"""Bounds that are to be kept, and deliverables: judged without a path."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mitplan.core.indicators import Bound, Deliverable, Missing, Reason, Result, assess
from tests.core.indicators.test_trajectory import TODAY, status, year


@pytest.mark.parametrize(
    ("goal", "observations", "result"),
    [
        (Bound(at_least=Decimal(10)), [10], Result.MAINTAINED),
        (Bound(at_most=Decimal(10)), [10], Result.MAINTAINED),
        (Bound(Decimal(5), Decimal(10)), [7], Result.MAINTAINED),  # V20
        (Bound(Decimal(5), Decimal(10), tolerance=Decimal(1)), [11], Result.AT_RISK),
        (Bound(Decimal(5), Decimal(10)), [11], Result.OFF_TRACK),
        (Bound(Decimal(5), Decimal(10)), [12, 11], Result.OFF_TRACK),
        (Bound(Decimal(5), Decimal(10)), [4, 11], Result.WRONG_DIRECTION),
        (Bound(Decimal(5), Decimal(10)), [12, 12], Result.WRONG_DIRECTION),
        (Bound(Decimal(5), Decimal(10), until=date(2025, 12, 31)), [11], Result.MISSED),
        (Bound(Decimal(5), Decimal(10), until=date(2025, 12, 31)), [9], Result.MAINTAINED),
        (Bound(Decimal(5), Decimal(4)), [4], Result.CONTRADICTION),
        (Bound(), [4], Result.NOT_ASSESSABLE),
        (Bound(at_least=Decimal(5)), [], Result.NO_DATA),
    ],
)
def test_a_bound_is_kept_or_not(goal, observations, result):
    series = [year(2026 - n, value) for n, value in enumerate(reversed(observations), start=1)]

    assert status(goal, *series).result is result


def test_v20_a_value_inside_the_corridor_deviates_by_nothing():
    found = status(Bound(Decimal(5), Decimal(10)), year(2025, 9))

    assert (found.deviation, found.progress_raw) == (0, None)


def test_a_bound_does_not_compare_across_a_break_or_a_gap():
    bound = Bound(at_least=Decimal(5))
    hidden = year(2024, None, missing=Missing.SUPPRESSED)

    after_break = status(bound, year(2024, 4), year(2025, 4, after_break=True))
    after_gap = status(bound, hidden, year(2025, 4))
    now_hidden = status(bound, year(2024, 4), replace(hidden, period_end=date(2025, 12, 31)))

    assert after_break.result is after_gap.result is Result.OFF_TRACK
    assert now_hidden.reason is Reason.SUPPRESSED


@pytest.mark.parametrize(
    ("as_of", "result"),
    [(date(2026, 1, 15), Result.NOT_YET_DUE), (date(2026, 6, 1), Result.NO_DATA)],
)
def test_a_bound_whose_time_is_over_waits_for_its_last_value(as_of, result):
    bound = Bound(at_least=Decimal(5), until=date(2025, 12, 31))

    assert status(bound, year(2024, 4), as_of=as_of, lag=30).result is result


@pytest.mark.parametrize(
    ("goal", "result", "lag"),
    [
        (Deliverable(None), Result.NOT_ASSESSABLE, None),
        (Deliverable(TODAY), Result.NOT_YET_DUE, None),
        (Deliverable(date(2026, 5, 31)), Result.MISSED, None),
        (Deliverable(TODAY, done_on=date(2026, 6, 2)), Result.NOT_YET_DUE, None),
        (Deliverable(TODAY, done_on=TODAY), Result.ACHIEVED, 0),
        (Deliverable(TODAY, done_on=date(2026, 3, 1)), Result.ACHIEVED_EARLY, -3),
        (Deliverable(date(2026, 3, 1), done_on=TODAY), Result.ACHIEVED, 3),
    ],
)
def test_a_deliverable_is_there_or_not(goal, result, lag):
    found = assess(goal, (), TODAY)

    assert (found.result, found.lag_months) == (result, lag)
