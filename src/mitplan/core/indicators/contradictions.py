"""Goals that contradict themselves: found before anything is measured against them."""

from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise

from mitplan.core.indicators.values import Bound, Deliverable, Direction, Goal, Target, Waypoint


class Problem(StrEnum):
    """What makes a goal contradict itself."""

    NO_CHANGE = "no_change"
    AGAINST_DIRECTION = "against_direction"
    ENDS_BEFORE_START = "ends_before_start"
    INTERIM_OUTSIDE = "interim_outside"
    INTERIM_TWICE = "interim_twice"
    INTERIM_BACKWARDS = "interim_backwards"
    NEGATIVE_TOLERANCE = "negative_tolerance"
    EMPTY_CORRIDOR = "empty_corridor"


def problems(goal: Goal) -> tuple[Problem, ...]:
    """List what contradicts itself in a goal; parts that are missing are not looked at."""
    match goal:
        case Target():
            found = _target_problems(goal)
        case Bound():
            found = _bound_problems(goal)
        case Deliverable():
            found = iter(())
    return tuple(found)


def heading(target: Target) -> Direction | None:
    """Return the desired direction: as stated, else as the target lies from the baseline."""
    if target.direction is not None:
        return target.direction
    if target.baseline is None or target.target is None:
        return None
    return Direction.UP if target.target > target.baseline else Direction.DOWN


def _target_problems(target: Target) -> Iterator[Problem]:
    if target.tolerance < 0:
        yield Problem.NEGATIVE_TOLERANCE
    yield from _value_problems(target)
    yield from _date_problems(target)
    yield from _interim_problems(target)


def _value_problems(target: Target) -> Iterator[Problem]:
    if target.baseline is None or target.target is None:
        return
    change = target.target - target.baseline
    if change == 0:
        yield Problem.NO_CHANGE
    elif target.direction is not None and target.direction * change < 0:
        yield Problem.AGAINST_DIRECTION


def _date_problems(target: Target) -> Iterator[Problem]:
    if target.baseline_on is None or target.target_on is None:
        return
    if target.target_on <= target.baseline_on:
        yield Problem.ENDS_BEFORE_START
    if any(not target.baseline_on <= point.on <= target.target_on for point in target.interim):
        yield Problem.INTERIM_OUTSIDE


def _interim_problems(target: Target) -> Iterator[Problem]:
    """Look at the interim points as part of the whole path; without any there is no problem."""
    if not target.interim:
        return
    points = _points(target)
    if any(one.on == other.on and one.value != other.value for one, other in pairwise(points)):
        yield Problem.INTERIM_TWICE
    steps = [other.value - one.value for one, other in pairwise(points)]
    sign = heading(target) or 0
    if not target.decline_reason and any(sign * step < 0 for step in steps):
        yield Problem.INTERIM_BACKWARDS


def _points(target: Target) -> list[Waypoint]:
    points = sorted(target.interim, key=lambda point: point.on)
    if target.baseline is not None and target.baseline_on is not None:
        points.insert(0, Waypoint(target.baseline_on, target.baseline))
    if target.target is not None and target.target_on is not None:
        points.append(Waypoint(target.target_on, target.target))
    return points


def _bound_problems(bound: Bound) -> Iterator[Problem]:
    if bound.tolerance < 0:
        yield Problem.NEGATIVE_TOLERANCE
    if bound.at_least is not None and bound.at_most is not None and bound.at_least > bound.at_most:
        yield Problem.EMPTY_CORRIDOR
