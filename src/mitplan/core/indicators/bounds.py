"""A value to be kept: at least, at most, or inside a corridor."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from mitplan.core.indicators.contradictions import problems
from mitplan.core.indicators.results import Assessment, Reason, Result, shown
from mitplan.core.indicators.schedule import Schedule, await_value, deciding, withhold
from mitplan.core.indicators.values import ZERO, Bound, Observation


def assess_bound(bound: Bound, known: Sequence[Observation], schedule: Schedule) -> Assessment:
    """Tell whether the latest value keeps the bound, and if not, whether it comes closer to it."""
    blank = Assessment(Result.NOT_ASSESSABLE, bound, schedule.as_of, {})
    if bound.at_least is None and bound.at_most is None:
        return replace(blank, reason=Reason.NO_TARGET)
    if problems(bound):
        return replace(blank, result=Result.CONTRADICTION, reason=Reason.CONTRADICTION)
    until = schedule.end(bound.until) if bound.until else date.max
    observation = deciding(known, date.min, until, schedule)
    if observation is None:
        return replace(blank, result=Result.NO_DATA, reason=_why_no_data(bound, schedule))
    if observation.value is None:
        return withhold(blank, observation)
    blank = replace(blank, observation=observation, previous=_before(observation, known))
    return _settle(_judge(blank, bound, observation.value), observation, until, schedule)


def _why_no_data(bound: Bound, schedule: Schedule) -> Reason:
    late = bound.until is not None and schedule.published(schedule.end(bound.until))
    return Reason.OVERDUE_DATA if late else Reason.PUBLICATION_NOT_DUE


def _before(observation: Observation, known: Sequence[Observation]) -> Observation | None:
    """Return the value before, unless it was withheld or a break of the series lies between."""
    place = known.index(observation)
    if place == 0 or observation.after_break or known[place - 1].value is None:
        return None
    return known[place - 1]


def _judge(blank: Assessment, bound: Bound, value: Decimal) -> Assessment:
    outside = _outside(bound, value)
    previous = blank.previous.value if blank.previous else None
    before = None if previous is None else _outside(bound, previous)
    return replace(
        blank,
        result=_result(outside, before, bound.tolerance),
        reason=None,
        expected=shown(_nearest(bound, value)),
        deviation=shown(-outside),
    )


def _settle(
    judged: Assessment, observation: Observation, until: date, schedule: Schedule
) -> Assessment:
    """Close the case when the time is over; before that, look whether newer data are due."""
    if schedule.end(observation.period_end) >= until:
        kept = judged.result is Result.MAINTAINED
        return judged if kept else replace(judged, result=Result.MISSED)
    if schedule.as_of > until:
        return await_value(judged, until, schedule)
    return replace(judged, overdue=schedule.overdue_after(observation.period_end))


def _outside(bound: Bound, value: Decimal) -> Decimal:
    """Return how far a value lies outside the bounds; 0 inside."""
    below = ZERO if bound.at_least is None else bound.at_least - value
    above = ZERO if bound.at_most is None else value - bound.at_most
    return max(below, above, ZERO)


def _nearest(bound: Bound, value: Decimal) -> Decimal:
    limits = [limit for limit in (bound.at_least, bound.at_most) if limit is not None]
    return min(limits, key=lambda limit: abs(limit - value))


def _result(outside: Decimal, before: Decimal | None, tolerance: Decimal) -> Result:
    if outside == 0:
        return Result.MAINTAINED
    if outside <= tolerance:
        return Result.AT_RISK
    not_closer = before is not None and outside >= before
    return Result.WRONG_DIRECTION if not_closer else Result.OFF_TRACK
