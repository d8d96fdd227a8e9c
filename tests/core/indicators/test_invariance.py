"""Nothing a goal is about changes when its unit does, or when its complement is counted."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from mitplan.core.indicators import (
    Direction,
    Frequency,
    Observation,
    Shape,
    Target,
    Waypoint,
    assess,
)

TODAY = date(2030, 6, 1)


def some_number(random, low=-10_000, high=10_000):
    return Decimal(random.randint(low, high)).scaleb(-random.randint(0, 3))


def some_day(random):
    return date(2015, 1, 1) + timedelta(days=random.randint(0, 7000))


def some_target(random):
    start, end = sorted((some_day(random), some_day(random)))
    waypoints = tuple(
        Waypoint(some_day(random), some_number(random)) for _ in range(random.choice([0, 0, 1, 2]))
    )
    return Target(
        some_number(random),
        start,
        some_number(random),
        end,
        direction=random.choice([None, None, Direction.UP, Direction.DOWN]),
        tolerance=abs(some_number(random, -100, 100)),
        interim=waypoints,
        shape=random.choice(list(Shape)),
        decline_reason=random.choice(["", "Umbau"]),
    )


def some_observation(random, target):
    """Return a value anywhere, or exactly on the edge of a margin at the end of a year."""
    value = random.choice([some_number(random), target.baseline, target.target])
    if random.random() < 0.5:
        span = target.target - target.baseline
        value = target.baseline + span * random.randint(-2, 42) / 40
    error = random.choice([Decimal(0), abs(some_number(random, -9, 9))])
    day = random.choice([some_day(random), date(random.randint(2015, 2030), 12, 31)])
    return Observation(day, value, standard_error=error)


def change(target, observations, factor, offset):
    def moved(value):
        return factor * value + offset

    sign = 1 if factor > 0 else -1
    changed = replace(
        target,
        baseline=moved(target.baseline),
        target=moved(target.target),
        direction=target.direction and Direction(sign * target.direction),
        tolerance=abs(factor) * target.tolerance,
        interim=tuple(Waypoint(point.on, moved(point.value)) for point in target.interim),
    )
    series = [
        replace(item, value=moved(item.value), standard_error=abs(factor) * item.standard_error)
        for item in observations
    ]
    return changed, series


def check(seed):
    random = Random(seed)  # noqa: S311 -- repeatable, not secret
    target = some_target(random)
    series = [some_observation(random, target) for _ in range(3)]
    rhythm = {"frequency": random.choice(list(Frequency)), "publication_lag": timedelta(days=90)}
    found = assess(target, series, TODAY, **rhythm)
    factors = [(Decimal(-1), Decimal(100)), (some_factor(random), some_number(random))]
    for factor, offset in factors:
        other = assess(*change(target, series, factor, offset), TODAY, **rhythm)
        assert essence(other, abs(factor)) == essence(found), (seed, factor, offset)
    return found.result


def some_factor(random):
    return random.choice([-1, 1]) * Decimal(random.randint(1, 999)).scaleb(random.randint(-4, 4))


def essence(found, unit=1):
    deviation = None if found.deviation is None else round(found.deviation / unit, 9)
    progress = None if found.progress_raw is None else round(found.progress_raw, 9)
    return found.result, found.reason, deviation, progress, found.lag_months, found.overdue


def test_status_does_not_depend_on_unit_or_complement():
    results = {check(seed) for seed in range(120)}

    assert len(results) >= 9  # the cases reach nearly all results


@pytest.mark.deep
def test_status_does_not_depend_on_unit_or_complement_in_twenty_thousand_cases():
    results = {check(seed) for seed in range(20_000)}

    assert len(results) >= 9
