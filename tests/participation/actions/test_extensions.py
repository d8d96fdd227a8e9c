"""More time: for all, or for one with a public reason; and what comes too late all the same."""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mitplan.common.models import AuditEntry, OutgoingMail
from mitplan.participation import actions, queries
from mitplan.participation.actions import AudienceValues, PointValues
from mitplan.participation.models import (
    Audience,
    Consultation,
    Extension,
    Invitation,
    Outcome,
    Point,
    Submission,
)
from mitplan.participation.policies import ConsultationState
from tests import factories
from tests.factories import AFTER_CLOSING, BERLIN, WHILE_OPEN

pytestmark = pytest.mark.django_db

LATER = date(2026, 5, 15)
REASON = "In die Frist fallen die Osterferien."
SUGGESTION = PointValues(kind=Point.Kind.SUGGESTION, text="Mehr Busse.")
TREAT, STORE = Consultation.LateRule.TREAT, Consultation.LateRule.STORE


@pytest.fixture
def secretary(db):
    return factories.make_secretary()


def handed_in(consultation, seat, at):
    draft = actions.begin_submission(consultation=consultation, seat=seat, at=at)
    actions.save_point(submission=draft, values=SUGGESTION, seat=seat, at=at)
    return actions.hand_in(submission=draft, seat=seat, at=at)


def asked(consultation, seat, until=LATER):
    return actions.request_extension(
        consultation=consultation,
        seat=seat,
        wished_until=until,
        reason="Unser Vorstand tagt erst im Mai.",
        contact="verein@example.org",
        at=WHILE_OPEN,
    )


def test_extension_for_all_moves_the_last_day_and_keeps_the_one_before(consultation, secretary):
    [extension] = actions.extend_for_all(
        consultation=consultation, closes_on=LATER, reason=REASON, by=secretary, at=WHILE_OPEN
    )

    assert (extension.closed_on, extension.closes_on) == (factories.CLOSES_ON, LATER)
    assert consultation.audiences.get().closes_on == LATER
    assert queries.state_of(consultation, AFTER_CLOSING) == ConsultationState.OPEN
    assert AuditEntry.objects.latest("number").event == "participation.extension.granted"


def test_extension_for_all_is_told_to_everybody_who_was_invited(consultation, secretary):
    organisation = factories.make_organisation(email="verein@example.org")
    actions.invite(
        consultation=consultation,
        organisations=[organisation],
        route=Invitation.Route.HAND,
        by=secretary,
        at=WHILE_OPEN,
    )

    actions.extend_for_all(
        consultation=consultation, closes_on=LATER, reason=REASON, by=secretary, at=WHILE_OPEN
    )

    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == (
        "verein@example.org",
        "Frist verlängert: Beteiligung zum Plan",
    )
    assert REASON in mail.body


def test_extension_for_one_leaves_the_last_day_of_all_others(consultation, secretary, seat):
    other = factories.make_seat()

    actions.extend_for_one(
        consultation=consultation,
        organisation=seat.organisation,
        closes_on=LATER,
        reason=REASON,
        by=secretary,
        at=WHILE_OPEN,
    )

    assert queries.last_day_for(consultation, seat.organisation) == LATER
    assert queries.last_day_for(consultation, other.organisation) == factories.CLOSES_ON
    assert handed_in(consultation, seat, AFTER_CLOSING).is_late is False
    with pytest.raises(ValidationError, match="Die Frist ist abgelaufen"):
        actions.begin_submission(consultation=consultation, seat=other, at=AFTER_CLOSING)


def test_points_of_a_circle_wait_for_who_has_more_time(consultation, secretary, seat):
    point = handed_in(consultation, factories.make_seat(), WHILE_OPEN).points.get()
    actions.extend_for_one(
        consultation=consultation,
        organisation=seat.organisation,
        closes_on=LATER,
        reason=REASON,
        by=secretary,
        at=WHILE_OPEN,
    )

    with pytest.raises(ValidationError, match=r"läuft noch bis zum 15\. Mai 2026"):
        factories.declined(point, at=AFTER_CLOSING)


@pytest.mark.parametrize(
    ("closes_on", "at", "sentence"),
    [
        (date(2026, 4, 1), WHILE_OPEN, "liegt nicht nach dem bisherigen"),
        (date(2026, 5, 1), AFTER_CLOSING, "ist schon vorbei"),
    ],
)
def test_extension_to_an_earlier_or_past_day_is_refused(
    consultation, secretary, closes_on, at, sentence
):
    with pytest.raises(ValidationError, match=sentence):
        actions.extend_for_all(
            consultation=consultation, closes_on=closes_on, reason=REASON, by=secretary, at=at
        )


def test_extension_without_a_reason_is_refused(consultation, secretary):
    with pytest.raises(ValidationError, match="darf nicht leer sein"):
        actions.extend_for_all(
            consultation=consultation, closes_on=LATER, reason=" ", by=secretary, at=WHILE_OPEN
        )


def test_extension_by_a_member_is_refused(consultation):
    with pytest.raises(PermissionDenied):
        actions.extend_for_all(
            consultation=consultation,
            closes_on=LATER,
            reason=REASON,
            by=factories.make_member(),
            at=WHILE_OPEN,
        )


def test_request_granted_for_one_is_answered_by_mail_and_reopens_after_the_end(
    consultation, secretary, seat
):
    request = asked(consultation, seat)

    answered = actions.answer_extension_request(
        request=request,
        granted_until=LATER,
        answer=REASON,
        for_all=False,
        by=secretary,
        at=AFTER_CLOSING,
    )

    assert Extension.objects.get().request == answered
    assert queries.state_for(consultation, seat.organisation, AFTER_CLOSING) == "open"
    mail = OutgoingMail.objects.get()
    assert mail.to == "verein@example.org"
    assert "Ihre Frist endet jetzt am 15. Mai 2026 um 24 Uhr." in mail.body


def test_request_refused_leaves_the_day_and_gives_the_reason(consultation, secretary, seat):
    actions.answer_extension_request(
        request=asked(consultation, seat),
        granted_until=None,
        answer="Die Runde wurde früh angekündigt.",
        by=secretary,
        at=WHILE_OPEN,
    )

    assert not Extension.objects.exists()
    assert "Begründung: Die Runde wurde früh angekündigt." in OutgoingMail.objects.get().body


def test_request_is_answered_once_and_with_a_reason(consultation, secretary, seat):
    request = asked(consultation, seat)

    with pytest.raises(ValidationError, match="in einem Satz begründen"):
        actions.answer_extension_request(
            request=request, granted_until=None, answer="", by=secretary, at=WHILE_OPEN
        )
    actions.answer_extension_request(
        request=request, granted_until=None, answer="Nein.", by=secretary, at=WHILE_OPEN
    )
    with pytest.raises(ValidationError, match="schon beantwortet"):
        actions.answer_extension_request(
            request=request, granted_until=None, answer="Doch.", by=secretary, at=WHILE_OPEN
        )


def test_request_twice_or_for_an_earlier_day_is_refused(consultation, seat):
    asked(consultation, seat)

    with pytest.raises(ValidationError, match="wartet schon auf Antwort"):
        asked(consultation, seat)
    with pytest.raises(ValidationError, match="nach Ihrem letzten Tag"):
        asked(consultation, seat, until=factories.CLOSES_ON)


def round_with_rule(rule):
    secretary = factories.make_secretary()
    prepared = actions.prepare_consultation(
        edition=factories.make_edition(),
        title="Beteiligung",
        audiences=[
            AudienceValues(Audience.Kind.CONFERENCE, factories.OPENS_ON, factories.CLOSES_ON)
        ],
        late_rule=rule,
        by=secretary,
        at=factories.LONG_AGO,
    )
    return actions.open_consultation(consultation=prepared, by=secretary, at=factories.OPENED)


def letter(consultation, at):
    return actions.record_submission(
        consultation=consultation,
        organisation=factories.make_organisation(),
        route=Submission.Route.LETTER,
        letter="",
        points=[SUGGESTION],
        by=factories.make_secretary(),
        at=at,
    )


@pytest.mark.parametrize(
    ("rule", "at", "outcome"),
    [
        (STORE, AFTER_CLOSING, Outcome.DEFERRED),
        (STORE, datetime(2026, 4, 30, 23, 59, 59, tzinfo=BERLIN), None),
        (TREAT, AFTER_CLOSING, None),
    ],
)
def test_late_letter_is_treated_by_the_rule_of_its_round(rule, at, outcome):
    point = letter(round_with_rule(rule), at).points.get()

    decided = point.latest_decision
    assert (decided.outcome if decided else None) == outcome
    assert point.text == "Mehr Busse."
