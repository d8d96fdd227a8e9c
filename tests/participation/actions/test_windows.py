"""Each circle has days of its own: for writing, for being late, and for being decided on."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError

from mitplan.conference.models import Organisation
from mitplan.participation import actions, policies
from mitplan.participation.actions import AudienceValues, DecisionValues, PointValues
from mitplan.participation.models import Audience, Outcome, Point, ReasonCode, Submission
from mitplan.participation.queries import audience_of, decides_after
from tests import factories
from tests.factories import AFTER_CLOSING, BERLIN, OPENED, WHILE_OPEN

pytestmark = pytest.mark.django_db

MUNICIPAL_LAST_DAY = date(2026, 4, 1)
BETWEEN = datetime(2026, 4, 10, 12, 0, tzinfo=BERLIN)
SUGGESTION = PointValues(kind=Point.Kind.SUGGESTION, text="Mehr Busse.")


@pytest.fixture
def consultation(db):
    """The municipalities' days are over a month before those of the conference."""
    by = factories.make_secretary()
    prepared = actions.prepare_consultation(
        edition=factories.make_edition(),
        title="Beteiligung",
        audiences=[
            AudienceValues(Audience.Kind.MUNICIPALITIES, factories.OPENS_ON, MUNICIPAL_LAST_DAY),
            AudienceValues(Audience.Kind.CONFERENCE, factories.OPENS_ON, factories.CLOSES_ON),
        ],
        questions=[],
        by=by,
        at=factories.LONG_AGO,
    )
    return actions.open_consultation(consultation=prepared, by=by, at=OPENED)


@pytest.fixture
def municipality(db):
    return factories.make_organisation(level=Organisation.Level.MUNICIPAL)


@pytest.fixture
def association(db):
    return factories.make_organisation()


def handed_in(consultation, organisation, at=WHILE_OPEN):
    seat = factories.make_seat(organisation)
    draft = actions.begin_submission(consultation=consultation, seat=seat, at=at)
    actions.save_point(submission=draft, values=SUGGESTION, seat=seat, at=at)
    return actions.hand_in(submission=draft, seat=seat, at=at)


def letter(consultation, organisation, at):
    return actions.record_submission(
        consultation=consultation,
        organisation=organisation,
        route=Submission.Route.LETTER,
        letter="",
        points=[SUGGESTION],
        by=factories.make_secretary(),
        at=at,
    )


def decide(submission, at):
    return actions.decide(
        point=submission.points.get(),
        values=DecisionValues(
            outcome=Outcome.NOTED, reason_code=ReasonCode.OTHER, sentence="Notiert."
        ),
        by=factories.make_secretary(),
        at=at,
    )


def test_organisation_belongs_to_the_circle_of_its_level(consultation, municipality, association):
    kinds = [audience_of(consultation, each).kind for each in (municipality, association)]

    assert kinds == ["municipalities", "conference"]


def test_organisation_without_a_circle_has_the_days_of_the_last_one(municipality):
    only = Audience(kind=Audience.Kind.DEPARTMENTS, closes_on=MUNICIPAL_LAST_DAY)

    assert policies.audience_for(municipality, [only]) == only


def test_writing_ends_with_the_days_of_the_circle(consultation, municipality, association):
    handed_in(consultation, association, BETWEEN)

    with pytest.raises(ValidationError, match="Die Frist ist abgelaufen"):
        handed_in(consultation, municipality, BETWEEN)


def test_letter_is_late_by_the_days_of_its_circle(consultation, municipality, association):
    late = [letter(consultation, each, BETWEEN).is_late for each in (municipality, association)]

    assert late == [True, False]


def test_decide_waits_for_the_end_of_the_circle(consultation, association):
    submission = handed_in(consultation, association)

    with pytest.raises(ValidationError, match=r"läuft noch bis zum 30\. April 2026"):
        decide(submission, BETWEEN)

    assert decides_after(submission, BETWEEN).kind == "conference"
    assert decide(submission, AFTER_CLOSING).outcome == "noted"


def test_decide_is_possible_once_the_own_circle_is_over(consultation, municipality):
    submission = handed_in(consultation, municipality)

    assert decide(submission, BETWEEN).outcome == "noted"
    assert decides_after(submission, BETWEEN) is None


def test_decide_on_what_came_late_waits_for_nobody(consultation, municipality):
    submission = letter(consultation, municipality, BETWEEN)

    assert decide(submission, BETWEEN).outcome == "noted"
