"""What submitters say to decisions, and how maintained points come before the next sitting."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from mitplan.common import audit
from mitplan.common.models import OutgoingMail
from mitplan.conference.actions.sittings import call_sitting
from mitplan.conference.models import AgendaItem
from mitplan.participation import actions
from mitplan.participation.models import AgendaPoint, Objection, Point, SentReply
from mitplan.participation.permissions import Seat
from mitplan.participation.queries import objections
from tests import factories
from tests.factories import AFTER_CLOSING

pytestmark = pytest.mark.django_db
MAINTAINED, ACCEPTED = Objection.Stance.MAINTAINED, Objection.Stance.ACCEPTED
REASON = "Ohne Abendkurse bleiben Berufstätige draußen."


@pytest.fixture
def point(consultation):
    """A point that was declined, in a round whose results are public."""
    point = factories.declined(factories.make_point(consultation))
    actions.publish_results(
        consultation=point.submission.consultation,
        by=factories.make_secretary(),
        at=AFTER_CLOSING,
    )
    point.refresh_from_db()
    return point


def answer(point, stance=MAINTAINED, reason=REASON, seat=None, at=AFTER_CLOSING):
    return actions.answer_decision(
        point=point,
        stance=stance,
        reason=reason,
        seat=seat or factories.make_seat(point.submission.organisation),
        at=at,
    )


def sitting_to_come(**fields):
    return factories.make_sitting(**{"on": "2026-06-20"} | fields)


def send(point, route=SentReply.Route.MAIL, at=AFTER_CLOSING):
    return actions.send_reply(
        consultation=point.submission.consultation,
        organisation=point.submission.organisation,
        route=route,
        by=factories.make_secretary(),
        at=at,
    )


def test_maintained_point_stands_on_the_agenda_of_the_next_sitting(point):
    sitting_to_come(on="2026-09-01")
    sitting = sitting_to_come()

    answer(point)

    put = AgendaPoint.objects.get()
    assert (put.point, put.agenda_item.sitting, put.cause) == (point, sitting, "maintained")
    assert put.agenda_item.title == "Aufrechterhaltene Anliegen"
    assert put.agenda_item.role == AgendaItem.Role.DECISION
    assert audit.first_break() is None


def test_second_maintained_point_stands_under_the_same_item(point):
    sitting_to_come()
    answer(point)
    consultation = factories.make_consultation()
    other = factories.declined(factories.make_point(consultation))
    actions.publish_results(
        consultation=consultation, by=factories.make_secretary(), at=AFTER_CLOSING
    )

    answer(other)

    assert AgendaItem.objects.count() == 1
    assert AgendaPoint.objects.count() == 2


def test_maintained_point_waits_until_a_sitting_is_called(point):
    answer(point)
    assert list(objections.waiting_for_a_sitting()) == [point]

    sitting = call_sitting(
        body=factories.make_body(),
        on="2026-06-20",
        kind="ordentlich",
        by=factories.make_secretary(),
        at=AFTER_CLOSING,
    )

    assert AgendaPoint.objects.get().agenda_item.sitting == sitting
    assert list(objections.waiting_for_a_sitting()) == []


def test_real_sitting_takes_no_invented_points(point):
    answer(point)

    factories.make_sitting(on="2026-06-20", is_demonstration=False, source="Einladung")
    call_sitting(
        body=factories.make_body(is_demonstration=False, source="Erlass"),
        on="2026-06-21",
        kind="ordentlich",
        source="Einladung",
        by=factories.make_secretary(),
        at=AFTER_CLOSING,
    )

    assert list(objections.waiting_for_a_sitting()) == [point]


def test_maintaining_needs_a_reason(point):
    with pytest.raises(ValidationError, match="Bitte begründen"):
        answer(point, reason="  ")

    assert not Objection.objects.exists()


def test_accepting_after_all_takes_the_point_off_the_agenda(point):
    sitting_to_come()
    answer(point)

    answer(point, ACCEPTED, reason="")

    assert Objection.objects.get().stance == ACCEPTED
    assert AgendaPoint.objects.filter(taken_off_at__isnull=True).count() == 0
    assert list(objections.maintained_points()) == []


def test_answer_is_possible_for_fourteen_days_after_the_publication(point):
    answer(point, at=AFTER_CLOSING + timedelta(days=14))

    with pytest.raises(ValidationError, match=r"am 25\. Mai 2026 abgelaufen"):
        answer(point, at=AFTER_CLOSING + timedelta(days=15))


def test_reply_sent_later_begins_the_fourteen_days_anew(point):
    later = AFTER_CLOSING + timedelta(days=20)
    sent = send(point, at=later)

    answer(point, at=later + timedelta(days=14))

    assert sent.last_day == (later + timedelta(days=14)).date()


def test_contributor_may_not_answer(point):
    seat = Seat(point.submission.organisation, None, "Mitwirkung", may_hand_in=False)

    with pytest.raises(PermissionDenied):
        answer(point, seat=seat)


def test_other_organisation_may_not_answer(point):
    with pytest.raises(PermissionDenied):
        answer(point, seat=factories.make_seat())


def test_nobody_answers_before_the_results_are_public(consultation):
    point = factories.declined(factories.make_point(consultation))

    with pytest.raises(ValidationError, match="noch nicht veröffentlicht"):
        answer(point)


def test_reply_goes_by_mail_with_link_letter_and_last_day(
    point, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        sent = send(point)

    assert sent.points == 1
    queued = OutgoingMail.objects.get(pk=sent.mail_id)
    assert queued.to == point.submission.organisation.email
    body = mail.outbox[-1].body if mail.outbox else queued.body
    assert f"/antwort/{sent.pk}/" in body
    assert "brief.docx" in body
    assert "Bis zum 25. Mai 2026" in body


def test_reply_without_an_address_is_refused_but_a_letter_can_be_noted(consultation):
    silent = factories.make_organisation(email="")
    letter = factories.make_letter(consultation, organisation=silent)
    point = factories.declined(letter.points.get())
    actions.publish_results(
        consultation=consultation, by=factories.make_secretary(), at=AFTER_CLOSING
    )
    point = Point.objects.get(pk=point.pk)

    with pytest.raises(ValidationError, match="hat keine E-Mail-Adresse"):
        send(point)

    assert send(point, SentReply.Route.LETTER).mail is None
    assert SentReply.objects.count() == 1


def test_reply_is_refused_before_the_results_are_public(consultation):
    point = factories.declined(factories.make_point(consultation))

    with pytest.raises(ValidationError, match="noch nicht veröffentlicht"):
        send(point)


def test_contested_point_is_put_before_a_sitting_by_the_secretariat(consultation):
    point = factories.make_point(consultation)
    sitting = sitting_to_come()

    [put] = actions.put_on_agenda(
        points=[point],
        sitting=sitting,
        cause=AgendaPoint.Cause.CONTESTED,
        by=factories.make_secretary(),
        at=AFTER_CLOSING,
    )

    assert put.agenda_item.title == "Strittige Anliegen"


def test_sitting_that_was_takes_no_points(consultation):
    with pytest.raises(ValidationError, match="schon gewesen"):
        actions.put_on_agenda(
            points=[factories.make_point(consultation)],
            sitting=factories.make_sitting(),
            cause=AgendaPoint.Cause.CONTESTED,
            by=factories.make_secretary(),
            at=AFTER_CLOSING,
        )
