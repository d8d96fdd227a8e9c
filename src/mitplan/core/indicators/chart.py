"""The geometry of a line chart: where everything lies, nothing about how it looks.

Coordinates are whole numbers of a drawing area with the origin at its upper left, so that no
language can change how they are written.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from mitplan.core.indicators.contradictions import problems
from mitplan.core.indicators.path import Path, Stop
from mitplan.core.indicators.periods import TICKS_PER_YEAR, Frequency, position
from mitplan.core.indicators.plot import Frame, Line, Plot, Spot, nice_ticks
from mitplan.core.indicators.schedule import Schedule, veil
from mitplan.core.indicators.trajectory import Aim, aim_of, align
from mitplan.core.indicators.values import Bound, Goal, Observation, Shape, Target
from mitplan.core.indicators.wording import german_day

Placed = Sequence[tuple[int, Observation]]
"""Observations with their positions in time, in order."""

_YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100)
_MOST_YEARS = 8


@dataclass(frozen=True, slots=True)
class Dot:
    """A value in the drawing; hollow when it may still change."""

    x: int
    y: int
    observation: Observation
    hollow: bool


@dataclass(frozen=True, slots=True)
class ValueTick:
    """A mark on the upright axis."""

    y: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class TimeTick:
    """A mark on the level axis."""

    x: int
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything a template needs to draw a series and what it is held against.

    `lines` never cross a break of the series or a missing value; `breaks` are the places on the
    level axis where the series breaks. `plan` is the path of a target or the bounds to keep, and
    `goal` the end of the path. Without any value everything is empty.
    """

    frame: Frame
    dots: tuple[Dot, ...] = ()
    lines: tuple[Line, ...] = ()
    breaks: tuple[int, ...] = ()
    plan: tuple[Line, ...] = ()
    goal: Spot | None = None
    value_ticks: tuple[ValueTick, ...] = ()
    time_ticks: tuple[TimeTick, ...] = ()


def line_chart(
    observations: Sequence[Observation],
    goal: Goal | None = None,
    *,
    frequency: Frequency = Frequency.AD_HOC,
    frame: Frame | None = None,
) -> Chart:
    """Lay out a series with the path of its target or the bounds it has to keep."""
    frame = frame or Frame()
    schedule = Schedule(date.max, frequency, timedelta(0))
    ordered = sorted(map(veil, observations), key=lambda item: item.period_end)
    series = [(position(schedule.end(item.period_end)), item) for item in ordered]
    corners = _corners(_path(goal, schedule))
    limits = _limits(goal)
    values = [item.value for item in ordered if item.value is not None]
    values += [value for _, value in corners] + limits
    moments = [at for at, _ in (*series, *corners)]
    if not values or not moments:
        return Chart(frame)
    ticks = nice_ticks(min(values), max(values))
    plot = Plot(frame, min(moments), max(moments), ticks[0], ticks[-1])
    return _lay_out(plot, series, corners, limits, ticks)


def _lay_out(
    plot: Plot,
    series: Placed,
    corners: Sequence[Stop],
    limits: Sequence[Decimal],
    ticks: Sequence[Decimal],
) -> Chart:
    runs = list(_runs(series))
    path = [plot.line(corners)] if corners else []
    return Chart(
        frame=plot.frame,
        dots=tuple(dot for run in runs for dot in _dots(plot, run)),
        lines=tuple(plot.line(_stops(run)) for run in runs if len(run) > 1),
        breaks=tuple(_breaks(plot, series)),
        plan=(*path, *map(plot.level, limits)),
        goal=plot.spot(corners[-1]) if corners else None,
        value_ticks=tuple(ValueTick(plot.y(value), value) for value in ticks),
        time_ticks=tuple(_year_ticks(plot) or _end_ticks(plot, series)),
    )


def _path(goal: Goal | None, schedule: Schedule) -> Path | None:
    if not isinstance(goal, Target):
        return None
    aligned = align(goal, schedule)
    aim = aim_of(aligned)
    return aim.path if isinstance(aim, Aim) and not problems(aligned) else None


def _corners(path: Path | None) -> list[Stop]:
    """Return the places at which the path bends; a step has two."""
    if path is None:
        return []
    corners = [path.stops[0]]
    for (_, before), (at, value) in pairwise(path.stops):
        if path.shape is Shape.STEP:
            corners.append((at, before))
        corners.append((at, value))
    return corners


def _limits(goal: Goal | None) -> list[Decimal]:
    if not isinstance(goal, Bound):
        return []
    return [limit for limit in (goal.at_least, goal.at_most) if limit is not None]


def _runs(series: Placed) -> Iterator[list[tuple[int, Observation]]]:
    """Cut a series into what may be joined by a line."""
    run: list[tuple[int, Observation]] = []
    for at, item in series:
        if run and (item.after_break or item.value is None):
            yield run
            run = []
        if item.value is not None:
            run.append((at, item))
    if run:
        yield run


def _stops(run: Placed) -> list[Stop]:
    return [(at, item.value) for at, item in run if item.value is not None]


def _dots(plot: Plot, run: Placed) -> Iterator[Dot]:
    for (at, item), stop in zip(run, _stops(run), strict=True):
        yield Dot(plot.x(at), plot.y(stop[1]), item, hollow=item.provisional)


def _breaks(plot: Plot, series: Placed) -> Iterator[int]:
    for (before, _), (at, item) in pairwise(series):
        if item.after_break:
            yield plot.x((before + at) // 2)


def _year_ticks(plot: Plot) -> list[TimeTick]:
    """Mark the ends of years, at most eight; fewer than two say nothing about distance."""
    first = -(-plot.first // TICKS_PER_YEAR)
    ends = range(first, plot.last // TICKS_PER_YEAR + 1)
    if len(ends) <= 1:
        return []
    step = next(step for step in _YEAR_STEPS if len(ends) <= _MOST_YEARS * step)
    chosen = [end for end in ends if (end - 1) % step == 0]
    return [TimeTick(plot.x(end * TICKS_PER_YEAR), str(end - 1)) for end in chosen]


def _end_ticks(plot: Plot, series: Placed) -> Iterator[TimeTick]:
    for at, item in dict.fromkeys((*series[:1], *series[-1:])):
        yield TimeTick(plot.x(at), item.label or german_day(item.period_end))
