"""The edge cases of method M-T, numbered as in docs/algorithms/trajectory.md."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from mitplan.core.indicators import (
    Bound,
    Direction,
    Frequency,
    Missing,
    Observation,
    Reason,
    Result,
    Shape,
    Target,
    Waypoint,
    assess,
)

TODAY = date(2026, 6, 1)


def year(number, value, **more):
    value = None if value is None else Decimal(value)
    return Observation(date(number, 12, 31), value, label=str(number), **more)


def target(baseline, goal, *, start=2020, end=2030, **more):
    return Target(
        baseline=Decimal(baseline),
        baseline_on=date(start, 12, 31),
        target=Decimal(goal),
        target_on=date(end, 12, 31),
        **more,
    )


def status(goal, *observations, as_of=TODAY, frequency=Frequency.YEAR, lag=0):
    return assess(
        goal, observations, as_of, frequency=frequency, publication_lag=timedelta(days=lag)
    )


RISE = target(55, 70)


def test_v1_far_behind_the_path_is_off_track():
    found = status(RISE, year(2025, 56))

    assert found.result is Result.OFF_TRACK
    assert found.expected == Decimal("62.5")
    assert found.deviation == Decimal("-6.5")
    assert found.margins == (Decimal("0.75"), 3)
    assert found.lag_months == 52


def test_v2_below_the_baseline_is_the_wrong_direction_with_an_interim_target_too():
    stepping = replace(RISE, interim=(Waypoint(date(2024, 12, 31), Decimal(60)),))

    found = status(stepping, year(2025, 54))

    assert found.result is Result.WRONG_DIRECTION
    assert found.lag_months is None


def test_v3_beyond_the_target_is_achieved_early_and_shown_as_100_per_cent():
    found = status(RISE, year(2025, 90))

    assert found.result is Result.ACHIEVED_EARLY
    assert found.progress_shown == 100
    assert round(found.progress_raw, 2) == Decimal("2.33")


def test_v4_a_goal_and_its_complement_have_the_same_status():
    rising = status(RISE, year(2025, 62))
    falling = status(target(45, 30), year(2025, 38))

    assert rising.result is falling.result is Result.ON_TRACK
    assert rising.progress_raw == falling.progress_raw
    assert rising.deviation == falling.deviation == Decimal("-0.5")


def test_v5_half_of_the_way_to_zero_at_half_time_is_on_track():
    found = status(target(10, 0), year(2025, 5))

    assert (found.result, found.progress_shown) == (Result.ON_TRACK, 50)


def test_v6_a_baseline_of_zero_needs_no_division_by_it():
    found = status(target(0, 100), year(2025, 50))

    assert (found.result, found.progress_shown) == (Result.ON_TRACK, 50)


def test_v7_target_equal_to_baseline_is_a_contradiction_unless_it_is_to_be_kept():
    assert status(target(55, 55), year(2025, 55)).result is Result.CONTRADICTION
    assert status(Bound(at_least=Decimal(55)), year(2025, 55)).result is Result.MAINTAINED


def test_v8_a_target_against_the_direction_is_a_contradiction_and_never_achieved():
    found = status(target(55, 40, direction=Direction.UP), year(2025, 60))

    assert (found.result, found.reason) == (Result.CONTRADICTION, Reason.CONTRADICTION)


@pytest.mark.parametrize(
    ("value", "result"),
    [
        ("61.75", Result.ON_TRACK),
        ("61.7499999999999999999", Result.AT_RISK),
        ("59.5", Result.AT_RISK),
        ("59.4999999999999999999", Result.OFF_TRACK),
        ("54.25", Result.OFF_TRACK),
        ("54.2499999999999999999", Result.WRONG_DIRECTION),
        ("69.9999999999999999999", Result.ON_TRACK),
        ("70", Result.ACHIEVED_EARLY),
    ],
)
def test_v9_a_value_on_a_boundary_belongs_to_the_better_side(value, result):
    assert status(RISE, year(2025, value)).result is result


def test_v10_three_points_are_enough():
    found = status(RISE, year(2021, 56), year(2023, 59), year(2025, 63))

    assert found.result is Result.ON_TRACK


def test_v14_a_suppressed_value_is_not_assessed_and_leaves_no_trace_of_its_size():
    hidden = year(2025, None, missing=Missing.SUPPRESSED, standard_error=Decimal("1.2"))

    found = status(RISE, year(2024, 61), hidden)

    assert (found.result, found.reason) == (Result.NOT_ASSESSABLE, Reason.SUPPRESSED)
    assert found.observation == year(2025, None, missing=Missing.SUPPRESSED)
    assert (found.expected, found.deviation, found.progress_raw) == (None, None, None)
    assert set(found.inputs) & {"value", "standard_error"} == set()


def test_v14_a_suppressed_row_that_still_carries_a_value_is_not_assessed_either():
    found = status(RISE, year(2025, 61, missing=Missing.SUPPRESSED))

    assert (found.result, found.reason) == (Result.NOT_ASSESSABLE, Reason.SUPPRESSED)
    assert "value" not in found.inputs


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        (Missing.NOT_PRECISE, Reason.NOT_PRECISE),
        (Missing.NOT_COMPARABLE, Reason.NOT_COMPARABLE),
    ],
)
def test_a_value_that_cannot_be_used_names_its_reason(missing, reason):
    assert status(RISE, year(2025, None, missing=missing)).reason is reason


@pytest.mark.parametrize("missing", [Missing.LATER, Missing.NOT_COLLECTED, None])
def test_a_value_that_is_not_there_leaves_the_word_to_the_one_before(missing):
    found = status(RISE, year(2024, 62), year(2025, None, missing=missing))

    assert (found.result, found.observation) == (Result.ON_TRACK, year(2024, 62))


def test_v15_a_provisional_value_decides_and_says_so():
    found = status(RISE, year(2024, 62), year(2025, 56, provisional=True))

    assert (found.result, found.provisional) == (Result.OFF_TRACK, True)


def test_v16_a_revised_value_makes_a_new_assessment_of_the_same_period():
    old = status(RISE, year(2025, 56))
    new = status(RISE, year(2025, 63))

    assert (old.result, new.result) == (Result.OFF_TRACK, Result.ON_TRACK)
    assert (old.inputs["value"], new.inputs["value"]) == ("56", "63")


def test_v17_both_revisions_of_a_target_can_be_judged_side_by_side():
    lowered = replace(RISE, target=Decimal(60))

    found = [status(goal, year(2025, 58)).result for goal in (RISE, lowered)]

    assert found == [Result.OFF_TRACK, Result.ON_TRACK]


@pytest.mark.parametrize(
    ("as_of", "result", "reason"),
    [
        (date(2030, 12, 31), Result.OFF_TRACK, None),
        (date(2031, 1, 1), Result.NOT_YET_DUE, Reason.PUBLICATION_NOT_DUE),
        (date(2031, 4, 10), Result.NOT_YET_DUE, Reason.PUBLICATION_NOT_DUE),
        (date(2031, 4, 11), Result.NO_DATA, Reason.OVERDUE_DATA),
    ],
)
def test_v18_after_the_target_date_only_data_for_it_can_miss_it(as_of, result, reason):
    found = status(RISE, year(2029, 60), as_of=as_of, lag=100)

    assert (found.result, found.reason) == (result, reason)


def test_v18_data_for_the_target_date_miss_it():
    assert status(RISE, year(2030, 69), as_of=date(2031, 2, 1)).result is Result.MISSED
    assert status(RISE, year(2030, 70), as_of=date(2031, 2, 1)).result is Result.ACHIEVED


def test_v18_what_was_reached_before_the_target_date_stays_reached_while_data_are_awaited():
    found = status(RISE, year(2029, 71), as_of=date(2031, 2, 1), lag=100)

    assert found.result is Result.ACHIEVED_EARLY


def test_the_value_for_the_target_date_decides_not_a_later_one():
    later = (year(2030, 71), year(2032, 65))

    assert status(RISE, *later, as_of=date(2033, 2, 1)).result is Result.ACHIEVED


@pytest.mark.parametrize(
    "broken",
    [
        target(55, 70, start=2030, end=2020),
        target(55, 70, start=2030, end=2030),
        replace(RISE, interim=(Waypoint(date(2019, 12, 31), Decimal(60)),)),
        replace(RISE, interim=(Waypoint(date(2031, 12, 31), Decimal(60)),)),
    ],
)
def test_v19_dates_outside_the_path_are_a_contradiction(broken):
    assert status(broken, year(2025, 60)).result is Result.CONTRADICTION


def test_v27_first_and_last_day_of_a_year_are_the_same_year():
    goal = Target(Decimal(55), date(2020, 1, 1), Decimal(70), date(2030, 1, 1))
    found = status(goal, Observation(date(2025, 1, 1), Decimal("62.5")))
    final = status(goal, year(2030, 69), as_of=date(2031, 2, 1))

    assert found.deviation == 0
    assert final.result is Result.MISSED


def test_v27_leap_years_do_not_bend_a_path():
    goal = target(0, 10, start=2019, end=2029)

    found = [status(goal, year(2019 + n, n)).deviation for n in range(1, 7)]

    assert found == [0] * 6


def test_v27_a_leap_day_is_a_day_like_any_other():
    goal = Target(Decimal(0), date(2024, 2, 29), Decimal(4), date(2028, 2, 29))

    found = assess(goal, [Observation(date(2026, 2, 28), Decimal(2))], date(2026, 3, 1))

    assert found.result is Result.ON_TRACK


def test_v28_an_ordinal_target_shows_no_percentage_and_no_lag():
    ladder = target(0, 4, ordinal=True)

    found = status(ladder, year(2025, 1))

    assert (found.progress_raw, found.progress_shown, found.lag_months) == (None, None, None)
    assert (found.expected, found.deviation) == (0, 1)


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("baseline", Reason.NO_BASELINE),
        ("baseline_on", Reason.NO_BASELINE),
        ("target", Reason.NO_TARGET),
        ("target_on", Reason.NO_DATE),
    ],
)
def test_an_incomplete_target_is_not_assessable(part, reason):
    found = status(replace(RISE, **{part: None}), year(2025, 60))

    assert (found.result, found.reason) == (Result.NOT_ASSESSABLE, reason)


@pytest.mark.parametrize(
    ("as_of", "reason"),
    [
        (date(2022, 4, 10), Reason.PUBLICATION_NOT_DUE),
        (date(2022, 4, 11), Reason.OVERDUE_DATA),
    ],
)
def test_no_observation_after_the_baseline_is_no_data(as_of, reason):
    found = status(RISE, year(2020, 55), as_of=as_of, lag=100)

    assert (found.result, found.reason) == (Result.NO_DATA, reason)


def test_no_observation_of_a_series_without_rhythm_is_overdue_after_the_target_date_only():
    early, late = (
        assess(RISE, (), day, frequency=Frequency.AD_HOC)
        for day in (date(2029, 1, 1), date(2031, 1, 1))
    )

    assert early.reason is Reason.PUBLICATION_NOT_DUE
    assert late.reason is Reason.OVERDUE_DATA


def test_an_observation_of_the_future_is_a_forecast_and_left_out():
    found = status(RISE, year(2025, 63), year(2026, 40))

    assert found.observation == year(2025, 63)


def test_a_status_says_when_newer_data_are_overdue():
    due = status(RISE, year(2024, 62), lag=120)
    not_due = status(RISE, year(2025, 62), lag=120)

    assert (due.overdue, not_due.overdue) == (True, False)


def test_a_break_after_the_baseline_makes_a_target_unassessable_until_it_is_bridged():
    series = (year(2022, 57), year(2023, 50, after_break=True), year(2025, 63))

    found = status(RISE, *series)
    bridged = status(replace(RISE, break_bridged=True), *series)

    assert (found.result, found.reason) == (Result.NOT_ASSESSABLE, Reason.SERIES_BREAK)
    assert bridged.result is Result.ON_TRACK


def test_a_break_before_the_baseline_does_not_matter():
    series = (year(2019, 57), year(2020, 55, after_break=True), year(2025, 63))

    assert status(RISE, *series).result is Result.ON_TRACK


def test_tolerance_and_standard_error_widen_the_inner_margin():
    tolerant = status(replace(RISE, tolerance=Decimal(2)), year(2025, "60.5"))
    uncertain = status(RISE, year(2025, "60.54", standard_error=Decimal(1)))

    assert (tolerant.result, tolerant.margins) == (Result.ON_TRACK, (2, 4))
    assert (uncertain.result, uncertain.margins) == (Result.ON_TRACK, (Decimal("1.96"), 3))


def test_a_step_path_demands_a_level_only_from_its_day_on():
    stairs = replace(RISE, shape=Shape.STEP, interim=(Waypoint(date(2025, 12, 31), Decimal(62)),))

    found = [status(stairs, year(number, 58)) for number in (2024, 2025)]

    assert [item.expected for item in found] == [55, 62]
    assert [item.result for item in found] == [Result.ON_TRACK, Result.OFF_TRACK]


def test_a_late_start_that_is_still_flat_does_not_hide_a_wrong_direction():
    flat = replace(RISE, interim=(Waypoint(date(2026, 12, 31), Decimal(55)),))

    assert status(flat, year(2025, 54)).result is Result.WRONG_DIRECTION


def test_inputs_hold_what_is_needed_to_repeat_an_assessment():
    goal = replace(RISE, interim=(Waypoint(date(2024, 12, 31), Decimal(60)),))

    assert status(goal, year(2025, 62), lag=90).inputs == {
        "as_of": "2026-06-01",
        "frequency": "year",
        "publication_lag_days": "90",
        "type": "target",
        "baseline": "55",
        "baseline_on": "2020-12-31",
        "target": "70",
        "target_on": "2030-12-31",
        "tolerance": "0",
        "interim": "2024-12-31=60",
        "shape": "linear",
        "period_end": "2025-12-31",
        "period": "2025",
        "value": "62",
        "provisional": "no",
    }
