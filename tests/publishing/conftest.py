"""A plan on its whole way: consulted, decided, adopted."""

from dataclasses import dataclass

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mitplan.participation import actions as participation
from mitplan.participation.models import Consultation, Point
from mitplan.plan import actions as plan_actions
from mitplan.plan.models import Edition, Plan
from tests import factories


@dataclass
class World:
    """What most tests of the public pages need."""

    plan: Plan
    consulted: Edition
    adopted: Edition
    consultation: Consultation
    points: list[Point]


@pytest.fixture
def consulted(db) -> Consultation:
    """A consultation with one submission of three points, all decided."""
    edition = factories.make_edition(factories.make_plan("musterplan"))
    consultation = factories.make_consultation(edition)
    points = factories.make_submission(consultation, points=3).points.order_by("position")
    for number, point in enumerate(points):
        (factories.declined if number else factories.taken_up)(point)
    return consultation


@pytest.fixture
def world(consulted) -> World:
    """The consultation's results are out, and what followed from it is adopted."""
    by = factories.make_secretary()
    plan = consulted.edition.plan
    at = factories.AFTER_CLOSING
    participation.publish_results(consultation=consulted, by=by, at=at)
    adopted = plan_actions.freeze_draft(
        plan=plan,
        kind=Edition.Kind.ADOPTED,
        title="Beschlossener Plan",
        dated_on=at.date(),
        by=by,
        at=at,
    )
    plan_actions.release_edition(edition=adopted, by=by, at=at)
    points = list(Point.objects.order_by("number"))
    return World(plan, consulted.edition, adopted, consulted, points)


@pytest.fixture
def statements():
    """Tell how many statements an action needs: statements(lambda: client.get(url))."""

    def count(action):
        with CaptureQueriesContext(connection) as captured:
            action()
        return len(captured)

    return count
