"""Data to measure with: the promised amounts, the same each time."""

import pytest

from mitplan.common import audit
from mitplan.monitoring.models import Indicator, Observation
from mitplan.plan.models import Goal, Measure
from mitplan.web.commands.bench_text import Writer

pytestmark = pytest.mark.django_db


def test_amounts_are_those_that_were_asked_for(mitplan):
    answer = mitplan("bench-data", "D4", "--scale", "0.01", "--json")

    assert answer.data == {"passages": 52, "editions": 10, "submissions": 10, "points": 100}
    assert audit.first_break() is None


def test_goals_come_with_measures_and_ten_years_of_values(mitplan):
    mitplan("bench-data", "D3", "--scale", "0.02")

    amounts = [each.objects.count() for each in (Goal, Measure, Indicator, Observation)]
    assert amounts == [2, 6, 2, 20]


def test_text_is_the_same_each_time():
    first, second = (Writer.seeded().plan(chapters=2, paragraphs=3) for _ in range(2))

    assert first == second
    assert len(first) == 1 + 2 * (1 + 3)


def test_house_with_a_plan_is_refused(mitplan):
    mitplan("bench-data", "D1b", "--scale", "0.01")

    answer = mitplan("bench-data", "D1", "--scale", "0.01")

    assert answer.code == 1
    assert answer.err.startswith("Es gibt schon einen Plan.")
