from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mitplan.core.indicators import (
    Bound,
    Deliverable,
    Direction,
    Problem,
    Target,
    Waypoint,
    problems,
)

GOAL = Target(Decimal(55), date(2020, 12, 31), Decimal(70), date(2030, 12, 31))


def through(*points, **more):
    waypoints = tuple(Waypoint(date(year, 12, 31), Decimal(value)) for year, value in points)
    return replace(GOAL, interim=waypoints, **more)


@pytest.mark.parametrize(
    ("goal", "found"),
    [
        (GOAL, ()),
        (replace(GOAL, baseline=None, target_on=None), ()),
        (replace(GOAL, target=Decimal(55)), (Problem.NO_CHANGE,)),
        (replace(GOAL, direction=Direction.DOWN), (Problem.AGAINST_DIRECTION,)),
        (replace(GOAL, target_on=date(2020, 12, 31)), (Problem.ENDS_BEFORE_START,)),
        (replace(GOAL, tolerance=Decimal(-1)), (Problem.NEGATIVE_TOLERANCE,)),
        (through((2024, 60), (2027, 66)), ()),
        (through((2027, 66), (2024, 60)), ()),
        (through((2019, 55)), (Problem.INTERIM_OUTSIDE,)),
        (through((2031, 70)), (Problem.INTERIM_OUTSIDE,)),
        (through((2020, 55), (2030, 70)), ()),
        (through((2024, 60), (2024, 61)), (Problem.INTERIM_TWICE,)),
        (through((2020, 56)), (Problem.INTERIM_TWICE,)),
        (through((2024, 54)), (Problem.INTERIM_BACKWARDS,)),
        (through((2024, 54), decline_reason="Umbau der Statistik"), ()),
        (through((2024, 60), baseline=None), ()),
        (Bound(at_least=Decimal(1), at_most=Decimal(2)), ()),
        (Bound(at_least=Decimal(2), at_most=Decimal(1)), (Problem.EMPTY_CORRIDOR,)),
        (Bound(tolerance=Decimal(-1)), (Problem.NEGATIVE_TOLERANCE,)),
        (Deliverable(None), ()),
    ],
)
def test_problems_lists_what_contradicts_itself(goal, found):
    assert problems(goal) == found
