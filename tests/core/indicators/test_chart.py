from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mitplan.core.indicators import (
    Bound,
    Chart,
    Frame,
    Frequency,
    Line,
    Missing,
    Observation,
    Shape,
    Spot,
    Target,
    TimeTick,
    ValueTick,
    line_chart,
)
from mitplan.core.indicators.plot import nice_ticks

FRAME = Frame(width=140, height=120, left=20, right=20, top=10, bottom=10)
GOAL = Target(Decimal(0), date(2020, 12, 31), Decimal(10), date(2030, 12, 31))


def year(number, value, **more):
    value = None if value is None else Decimal(value)
    return Observation(date(number, 12, 31), value, label=str(number), **more)


def chart(*observations, goal=None):
    return line_chart(observations, goal, frame=FRAME)


def test_line_chart_places_values_path_and_goal():
    drawn = chart(year(2020, 0), year(2025, 4), goal=GOAL)

    assert [(dot.x, dot.y) for dot in drawn.dots] == [(20, 110), (70, 70)]
    assert [line.points for line in drawn.lines] == ["20,110 70,70"]
    assert [line.points for line in drawn.plan] == ["20,110 120,10"]
    assert drawn.goal == Spot(120, 10)


def test_line_chart_puts_observations_in_order_of_time():
    drawn = chart(year(2025, 4), year(2020, 0))

    assert [dot.observation.label for dot in drawn.dots] == ["2020", "2025"]


def test_line_chart_draws_no_line_over_a_break_or_a_missing_value():
    drawn = chart(
        year(2020, 1),
        year(2021, 2),
        year(2022, 3, after_break=True),
        year(2023, 4),
        year(2024, None),
        year(2025, 5),
        goal=GOAL,
    )

    assert [len(line.spots) for line in drawn.lines] == [2, 2]
    assert len(drawn.dots) == 5
    assert drawn.breaks == (35,)


def test_line_chart_draws_provisional_values_hollow():
    drawn = chart(year(2024, 4), year(2025, 5, provisional=True))

    assert [dot.hollow for dot in drawn.dots] == [False, True]


def test_line_chart_leaves_no_trace_of_a_suppressed_value():
    hidden = chart(year(2024, 4), year(2025, 99, missing=Missing.SUPPRESSED))

    assert hidden == chart(year(2024, 4), year(2025, None, missing=Missing.SUPPRESSED))


def test_line_chart_bends_a_step_path_twice_per_step():
    drawn = chart(year(2025, 4), goal=replace(GOAL, shape=Shape.STEP))

    assert drawn.plan == (Line((Spot(20, 110), Spot(120, 110), Spot(120, 10))),)


def test_line_chart_draws_bounds_across_the_whole_width():
    drawn = chart(year(2024, 0), year(2025, 10), goal=Bound(at_least=Decimal(5)))

    assert [line.points for line in drawn.plan] == ["20,60 120,60"]
    assert drawn.goal is None


def test_line_chart_marks_round_values_and_years():
    drawn = chart(year(2020, 0), goal=GOAL)

    assert drawn.value_ticks == tuple(
        ValueTick(110 - 10 * value, Decimal(value)) for value in (0, 2, 4, 6, 8, 10)
    )
    assert drawn.time_ticks == tuple(
        TimeTick(20 + 10 * (number - 2020), str(number)) for number in range(2020, 2031, 2)
    )


def test_line_chart_of_a_single_value_stands_in_the_middle_and_names_its_period():
    drawn = chart(year(2025, 7))

    assert [(dot.x, dot.y) for dot in drawn.dots] == [(70, 60)]
    assert drawn.time_ticks == (TimeTick(70, "2025"),)


def test_line_chart_inside_one_year_names_first_and_last_period():
    months = [Observation(date(2025, month, 1), Decimal(month)) for month in (1, 2, 3)]

    drawn = line_chart(months, frequency=Frequency.MONTH, frame=FRAME)

    assert [tick.label for tick in drawn.time_ticks] == ["01.01.2025", "01.03.2025"]


@pytest.mark.parametrize(
    "goal", [None, replace(GOAL, target=None), replace(GOAL, target=Decimal(0))]
)
def test_line_chart_without_values_and_path_is_empty(goal):
    assert chart(goal=goal) == Chart(FRAME)


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        ("0", "10", ["0", "2", "4", "6", "8", "10"]),
        ("55.3", "61", ["54", "56", "58", "60", "62"]),
        ("-3", "4", ["-4", "-2", "0", "2", "4"]),
        ("0.011", "0.019", ["0.010", "0.012", "0.014", "0.016", "0.018", "0.020"]),
        ("1000", "9000", ["0", "2000", "4000", "6000", "8000", "10000"]),
        ("7", "7", ["6", "6.5", "7", "7.5", "8"]),
    ],
)
def test_nice_ticks_are_round_and_enclose_the_values(low, high, ticks):
    assert nice_ticks(Decimal(low), Decimal(high)) == tuple(map(Decimal, ticks))
