"""A value to be reached: where the latest observation stands on the planned path."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_DOWN, Decimal

from mitplan.core.indicators.contradictions import heading, problems
from mitplan.core.indicators.path import Path
from mitplan.core.indicators.periods import months, position
from mitplan.core.indicators.results import Assessment, Reason, Result, shown
from mitplan.core.indicators.schedule import Schedule, await_value, deciding, withhold
from mitplan.core.indicators.values import Direction, Observation, Shape, Target, Waypoint

NEAR = Decimal("0.05")
FAR = Decimal("0.20")
"""Widths around the path, as shares of the distance between baseline and target."""
CONFIDENCE = Decimal("1.96")
"""Standard errors that make 95 per cent."""

_FINAL = {Result.ACHIEVED, Result.ACHIEVED_EARLY, Result.MISSED}


@dataclass(frozen=True, slots=True)
class Aim:
    """A complete target: its path, and the days between which observations count."""

    path: Path
    start: date
    end: date
    tolerance: Decimal
    ordinal: bool


def assess_target(target: Target, known: Sequence[Observation], schedule: Schedule) -> Assessment:
    """Take the steps of method M-T in their order."""
    blank = Assessment(Result.NOT_ASSESSABLE, target, schedule.as_of, {})
    aligned = align(target, schedule)
    aim = aim_of(aligned)
    if isinstance(aim, Reason):
        return replace(blank, reason=aim)
    if problems(aligned):
        return replace(blank, result=Result.CONTRADICTION, reason=Reason.CONTRADICTION)
    observation = deciding(known, aim.start, aim.end, schedule)
    if observation is None:
        return replace(blank, result=Result.NO_DATA, reason=_why_no_data(aim, schedule))
    if observation.value is None:
        return withhold(blank, observation)
    blank = replace(blank, observation=observation)
    if not target.break_bridged and _broken(known, observation, aim, schedule):
        return replace(blank, reason=Reason.SERIES_BREAK)
    judged = _judge(blank, observation, observation.value, aim, schedule)
    waiting = judged.result not in _FINAL and schedule.as_of > aim.end
    return await_value(judged, aim.end, schedule) if waiting else judged


def align(target: Target, schedule: Schedule) -> Target:
    """Move all days of a target to the end of their period."""
    return replace(
        target,
        baseline_on=target.baseline_on and schedule.end(target.baseline_on),
        target_on=target.target_on and schedule.end(target.target_on),
        interim=tuple(Waypoint(schedule.end(point.on), point.value) for point in target.interim),
    )


def aim_of(target: Target) -> Aim | Reason:
    """Return the path of a target, or name the part that is missing."""
    if target.baseline is None or target.baseline_on is None:
        return Reason.NO_BASELINE
    if target.target is None:
        return Reason.NO_TARGET
    if target.target_on is None:
        return Reason.NO_DATE
    stops = {position(point.on): point.value for point in target.interim}
    stops[position(target.baseline_on)] = target.baseline
    stops[position(target.target_on)] = target.target
    shape = Shape.STEP if target.ordinal else target.shape
    path = Path(tuple(sorted(stops.items())), shape, heading(target) or Direction.UP)
    return Aim(path, target.baseline_on, target.target_on, target.tolerance, target.ordinal)


def _why_no_data(aim: Aim, schedule: Schedule) -> Reason:
    late = schedule.overdue_after(aim.start) or schedule.published(aim.end)
    return Reason.OVERDUE_DATA if late else Reason.PUBLICATION_NOT_DUE


def _broken(
    known: Sequence[Observation], observation: Observation, aim: Aim, schedule: Schedule
) -> bool:
    """Tell whether the series breaks between the baseline and the observation."""
    return any(
        item.after_break and aim.start < schedule.end(item.period_end)
        for item in known
        if item.period_end <= observation.period_end
    )


def _judge(
    blank: Assessment, observation: Observation, value: Decimal, aim: Aim, schedule: Schedule
) -> Assessment:
    end = schedule.end(observation.period_end)
    expected = aim.path.expected(position(end))
    margins = _margins(aim, observation)
    result = _result(aim.path, value, expected, margins, ended=end >= aim.end)
    judged = replace(
        blank,
        result=result,
        reason=None,
        expected=shown(expected),
        deviation=shown(aim.path.gain(value, expected)),
        margins=(shown(margins[0]), shown(margins[1])),
        overdue=result not in _FINAL and schedule.overdue_after(observation.period_end),
    )
    return judged if aim.ordinal else _measure(judged, aim.path, value, end)


def _margins(aim: Aim, observation: Observation) -> tuple[Decimal, Decimal]:
    span, error = aim.path.span, observation.standard_error
    return max(NEAR * span, aim.tolerance, CONFIDENCE * error), max(FAR * span, 2 * aim.tolerance)


def _result(
    path: Path, value: Decimal, expected: Decimal, margins: tuple[Decimal, Decimal], *, ended: bool
) -> Result:
    """Take steps 4 to 9; going the wrong way outweighs a path that is still flat."""
    near, far = margins
    ahead = path.gain(value, expected)
    if path.gain(value, path.target) >= 0:
        return Result.ACHIEVED if ended else Result.ACHIEVED_EARLY
    if ended:
        return Result.MISSED
    if path.gain(value, path.baseline) < -near:
        return Result.WRONG_DIRECTION
    if ahead >= -near:
        return Result.ON_TRACK
    return Result.AT_RISK if ahead >= -far else Result.OFF_TRACK


def _measure(judged: Assessment, path: Path, value: Decimal, end: date) -> Assessment:
    """Add progress and lag, which only make sense where distances do."""
    progress = path.progress(value)
    percent = int((progress * 100).to_integral_value(ROUND_DOWN))
    lag = path.lag(value, position(end))
    return replace(
        judged,
        progress_raw=shown(progress),
        progress_shown=min(max(percent, 0), 100),
        lag_months=None if lag is None else months(lag),
    )
