from decimal import Decimal

import pytest

from mitplan.core.indicators import Direction, Shape
from mitplan.core.indicators.path import Path


def path(*stops, shape=Shape.LINEAR, direction=Direction.UP):
    return Path(tuple((at, Decimal(value)) for at, value in stops), shape, direction)


BENT = path((0, 10), (100, 20), (200, 60))
STAIRS = path((0, 10), (100, 20), (200, 60), shape=Shape.STEP)


@pytest.mark.parametrize(
    ("at", "linear", "step"),
    [(-5, 10, 10), (0, 10, 10), (50, 15, 10), (100, 20, 20), (150, 40, 20), (200, 60, 60)],
)
def test_expected_follows_the_stops(at, linear, step):
    assert (BENT.expected(at), STAIRS.expected(at)) == (linear, step)


def test_expected_stays_at_the_target_after_the_end():
    assert BENT.expected(999) == STAIRS.expected(999) == 60


@pytest.mark.parametrize(
    ("value", "at", "lag"),
    [
        (40, 150, 0),
        (20, 150, 50),  # the plan was there at 100
        (15, 150, 100),
        (50, 150, -25),  # the plan gets there at 175
        (50, 50, -125),
        (9, 150, None),  # below where the plan starts
        (61, 150, None),  # beyond where it ends
    ],
)
def test_lag_is_the_time_to_the_moment_at_which_the_plan_has_the_value(value, at, lag):
    assert BENT.lag(Decimal(value), at) == lag


def test_lag_of_a_falling_path_is_that_of_its_mirror():
    falling = path((0, -10), (100, -20), (200, -60), direction=Direction.DOWN)

    assert falling.lag(Decimal(-15), 150) == BENT.lag(Decimal(15), 150) == 100


def test_lag_on_a_level_stretch_counts_from_its_end():
    level = path((0, 10), (50, 20), (100, 20), (200, 60))

    assert level.lag(Decimal(20), 150) == 50


def test_lag_of_steps_counts_from_the_step_that_was_missed_or_taken_early():
    assert STAIRS.lag(Decimal(15), 150) == 50
    assert STAIRS.lag(Decimal(20), 50) == -50
    assert STAIRS.lag(Decimal(15), 50) == -50


def test_lag_after_a_planned_decline_counts_from_the_way_up():
    dip = path((0, 10), (100, 5), (200, 60))

    assert dip.lag(Decimal(5), 150) == 50
