"""Every status that a public page can show appears in the demonstration: both sides come from the code."""

from datetime import UTC, datetime, time, timedelta

import pytest

from mitplan.monitoring.queries.assessments import results
from mitplan.monitoring.queries.goals import current_goals
from mitplan.participation.models import Outcome, Point, Submission
from mitplan.participation.policies import (
    ConsultationState,
    PointState,
    SubmissionState,
    point_state,
    submission_state,
)
from mitplan.participation.queries.consultations import consultation_rows
from mitplan.plan.models import Edition, MeasureRevision
from mitplan.projects.models import Project
from mitplan.projects.queries import State, state_of
from tests.demo.loaded.conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
NOON = datetime.combine(TODAY, time(12), tzinfo=UTC)
AFTER_ALL_WINDOWS = timedelta(days=60)


def test_goals_show_every_result():
    shown = {goal.judgement.result for goal in current_goals(TODAY)}

    assert shown == {result for result, _word in results()}


def test_measures_show_every_state():
    shown = set(MeasureRevision.objects.values_list("state", flat=True))

    assert shown == set(MeasureRevision.State.values)


def test_projects_show_every_state():
    dates = Project.objects.values_list("begins", "ends")

    assert {state_of(begins, ends, TODAY) for begins, ends in dates} == set(State)


def test_points_show_every_outcome():
    shown = set(Point.objects.values_list("latest_decision__outcome", flat=True))

    assert shown == {None, *Outcome.values}


def test_points_show_every_state_but_drafts():
    handed_in = Point.objects.filter(handed_in_at__isnull=False)

    assert {point_state(point) for point in handed_in} == set(PointState) - {PointState.DRAFT}


def test_submissions_show_every_state_but_drafts():
    handed_in = Submission.objects.filter(received_at__isnull=False)

    assert {submission_state(each) for each in handed_in} == set(SubmissionState) - {
        SubmissionState.DRAFT
    }


def test_consultations_show_every_state_but_prepared_ones_as_the_days_pass():
    shown = {
        row.state
        for moment in (NOON, NOON + AFTER_ALL_WINDOWS)
        for row in consultation_rows(moment, with_prepared=False)
    }

    assert shown == set(ConsultationState) - {ConsultationState.PREPARED}


def test_editions_are_adopted_and_not_adopted():
    shown = {edition.is_adopted for edition in Edition.objects.public()}

    assert shown == {True, False}
