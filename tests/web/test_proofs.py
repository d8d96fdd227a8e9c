"""The record proves more than itself: texts, submissions and decisions are compared with it."""

import pytest
from django.db import connection

from mitplan.common import triggers
from mitplan.participation import actions as participation
from mitplan.participation.models import Point, Succession
from mitplan.web.queries.proofs import Forgery, first_forgery
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def point():
    return factories.declined(factories.make_point())


def tamper(statement, *values):
    """Change the tables behind the guard's back, as somebody with the database file could."""
    triggers.remove()
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    triggers.install()


def test_nothing_is_forged_after_ordinary_work(point):
    factories.taken_up(point)

    assert first_forgery() is None


def test_point_that_goes_on_in_others_is_no_forgery():
    point = factories.make_letter(factories.make_consultation()).points.get()
    participation.replace_points(
        points=[point],
        successors=[
            participation.PointValues(kind=Point.Kind.SUGGESTION, text=text, passage=point.passage)
            for text in point.text.split()
        ],
        cause=Succession.Cause.SPLIT,
        reason="Es sind zwei Forderungen.",
        by=factories.make_secretary(),
        at=factories.AFTER_CLOSING,
    )

    assert first_forgery() is None


def test_forged_wording_names_the_edition(point):
    plan = point.edition.plan
    tamper("UPDATE plan_wording SET text = 'Anders'")

    assert first_forgery() == Forgery("edition", f"{plan.slug}/1")


def test_forged_point_names_the_submission(point):
    tamper("UPDATE participation_point SET reason = 'Anders'")

    assert first_forgery() == Forgery("submission", point.submission.number)


def test_forged_decision_names_the_point(point):
    tamper("UPDATE participation_decision SET sentence = 'Anders'")

    assert first_forgery() == Forgery("point", point.number)


def test_decision_taken_away_names_the_point(point):
    tamper("UPDATE participation_point SET latest_decision_id = NULL")

    assert first_forgery() == Forgery("point", point.number)
