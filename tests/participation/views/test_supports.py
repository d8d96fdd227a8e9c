"""The long way: contributors draft and support, the holder sees who does and hands in."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from mitplan.conference.models import Mandate
from mitplan.participation import actions
from mitplan.participation.models import Point, Submission, Support
from mitplan.participation.permissions import drafting_seat_of, seat_of
from mitplan.participation.queries.fingerprints import fingerprint
from tests import factories
from tests.factories import WHILE_OPEN
from tests.participation.conftest import client_of

pytestmark = pytest.mark.django_db

KIND = Mandate.Kind


@pytest.fixture
def organisation(while_open):
    return factories.make_organisation()


@pytest.fixture
def member(organisation):
    return factories.make_member(organisation)


@pytest.fixture
def contributor(organisation):
    return factories.make_mandate(KIND.CONTRIBUTOR, organisation=organisation).user


@pytest.fixture
def point(consultation, organisation, contributor):
    seat = drafting_seat_of(contributor, organisation)
    draft = actions.begin_submission(consultation=consultation, seat=seat, at=WHILE_OPEN)
    values = actions.PointValues(kind=Point.Kind.SUGGESTION, text="Mehr Busse.")
    return actions.save_point(submission=draft, values=values, seat=seat, at=WHILE_OPEN)


def address(consultation, page):
    return reverse("participation:take_part", args=[consultation.number]) + page


def test_holder_sees_who_supports_and_alone_hands_in(consultation, point, contributor, member):
    client = client_of(contributor)
    support = address(consultation, f"anliegen/{point.pk}/unterstuetzen/")

    client.post(support)
    page = client.get(address(consultation, "abgeben/")).text
    assert "Unterstützung zurücknehmen" in page
    assert "Verbindlich abgeben" not in page

    page = client_of(member).get(address(consultation, "abgeben/")).text
    assert f"Unterstützt von {contributor}" in page
    assert "Verbindlich abgeben" in page


def test_support_is_taken_back_and_ends_with_other_words(
    consultation, point, contributor, organisation
):
    client = client_of(contributor)
    support = address(consultation, f"anliegen/{point.pk}/unterstuetzen/")
    client.post(support)
    client.post(support, {"zuruecknehmen": "1"})
    assert not Support.objects.exists()

    client.post(support)
    actions.save_point(
        submission=point.submission,
        values=actions.PointValues(kind=Point.Kind.SUGGESTION, text="Weniger Busse."),
        seat=drafting_seat_of(contributor, organisation),
        at=WHILE_OPEN,
        point=point,
    )
    assert not Support.objects.exists()


def test_stranger_supports_nothing(consultation, point):
    stranger = client_of(factories.make_member())

    response = stranger.post(address(consultation, f"anliegen/{point.pk}/unterstuetzen/"))

    assert response.status_code == 404


def test_mandate_of_who_hands_in_is_kept_and_part_of_the_fingerprint(point, organisation, member):
    seat = seat_of(member, organisation)

    submission = actions.hand_in(submission=point.submission, seat=seat, at=WHILE_OPEN)

    assert (submission.person_role, submission.mandate) == (
        "Mitglied",
        "Mitglied seit 01.01.2020",
    )
    points = list(submission.points.all())
    assert submission.sha256 == fingerprint(submission, points)
    assert submission.sha256 != fingerprint(Submission(number=submission.number), points)


def test_mandate_for_one_field_hands_in_nothing_of_another(consultation, organisation, member):
    Mandate.objects.filter(user=member).update(scope_field="Wohnen", begins_on=date(2026, 1, 1))
    plan = consultation.edition.plan
    field = plan.fields_of_action.create(cut="Plan", number=9, name="Sport", is_demonstration=True)
    seat = seat_of(member, organisation)
    draft = actions.begin_submission(consultation=consultation, seat=seat, at=WHILE_OPEN)
    values = actions.PointValues(kind=Point.Kind.SUGGESTION, text="Mehr Hallen.", field=field)
    actions.save_point(submission=draft, values=values, seat=seat, at=WHILE_OPEN)

    with pytest.raises(ValidationError, match="nur für das Handlungsfeld «Wohnen»"):
        actions.hand_in(submission=draft, seat=seat, at=WHILE_OPEN)


def test_advice_keeps_the_mandate_of_who_gave_it(consultation):
    department = factories.make_department()
    contact = factories.make_department_contact(department)

    advice = actions.give_advice(
        point=factories.make_point(consultation),
        department=department,
        recommendation="declined",
        text="Dafür fehlen Mittel.",
        by=contact,
        at=factories.AFTER_CLOSING,
    )

    assert advice.given_as == "Ansprechperson des Ressorts seit 01.01.2020"
