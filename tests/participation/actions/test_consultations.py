"""Preparing, opening, inviting, publishing."""

from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override

from mitplan.common.immutable import FrozenError
from mitplan.common.models import AuditEntry, OutgoingMail
from mitplan.participation import actions
from mitplan.participation.actions import AudienceValues
from mitplan.participation.models import Audience, Consultation, Invitation
from tests import factories
from tests.factories import AFTER_CLOSING, LONG_AGO, OPENED, WHILE_OPEN

pytestmark = pytest.mark.django_db

CONFERENCE = Audience.Kind.CONFERENCE


def prepare(by, **changes):
    defaults = {
        "edition": factories.make_edition(),
        "title": "Runde",
        "audiences": [AudienceValues(CONFERENCE, date(2026, 3, 3), date(2026, 3, 31))],
        "by": by,
        "at": LONG_AGO,
    }
    return actions.prepare_consultation(**defaults | changes)


def test_prepare_consultation_gives_the_next_number(secretary):
    first, second = prepare(secretary), prepare(secretary)

    assert (first.number, second.number) == (1, 2)


def test_prepare_consultation_without_an_audience_is_refused(secretary):
    with pytest.raises(ValidationError, match="mindestens einen Kreis"):
        prepare(secretary, audiences=[])


def test_prepare_consultation_for_too_short_a_time_is_refused(secretary):
    short = [AudienceValues(CONFERENCE, date(2026, 3, 3), date(2026, 3, 10))]

    with pytest.raises(ValidationError, match="nur 5 Arbeitstage, vorgesehen sind 20"):
        prepare(secretary, audiences=short)


def test_prepare_consultation_for_a_short_time_with_a_public_reason_is_possible(secretary):
    short = [AudienceValues(CONFERENCE, date(2026, 3, 3), date(2026, 3, 10))]

    consultation = prepare(secretary, audiences=short, short_reason="Der Landtag tagt im April.")

    assert consultation.audiences.count() == 1


def test_prepare_consultation_that_ends_before_it_begins_is_refused(secretary):
    backwards = [AudienceValues(CONFERENCE, date(2026, 3, 10), date(2026, 3, 3))]

    with pytest.raises(ValidationError, match="liegt vor dem ersten"):
        prepare(secretary, audiences=backwards, short_reason="Eile")


def test_prepare_consultation_by_a_member_is_not_allowed():
    with pytest.raises(PermissionDenied):
        prepare(factories.make_member())


def test_open_consultation_releases_the_edition(secretary):
    consultation = prepare(secretary)

    actions.open_consultation(consultation=consultation, by=secretary, at=OPENED)

    consultation.edition.refresh_from_db()
    assert consultation.edition.released_at == OPENED


def test_open_consultation_twice_is_refused(secretary, consultation):
    with pytest.raises(ValidationError, match="schon eröffnet"):
        actions.open_consultation(consultation=consultation, by=secretary, at=WHILE_OPEN)


def test_invite_by_mail_sends_the_personal_link(
    secretary, consultation, django_capture_on_commit_callbacks
):
    organisation = factories.make_organisation(email="verein@example.org")

    [invitation] = actions.invite(
        consultation=consultation,
        organisations=[organisation],
        route=Invitation.Route.MAIL,
        by=secretary,
        at=WHILE_OPEN,
    )

    assert invitation.mail.to == "verein@example.org"
    assert invitation.get_absolute_url() in invitation.mail.body
    assert "Die Frist endet am 30. April 2026 um 24 Uhr." in invitation.mail.body
    assert mail.outbox == []


def test_invite_writes_in_the_language_of_the_plan(secretary, consultation):
    with override("en"):
        actions.invite(
            consultation=consultation,
            organisations=[factories.make_organisation()],
            route=Invitation.Route.MAIL,
            by=secretary,
            at=factories.OPENED,
        )

    assert OutgoingMail.objects.get().subject.startswith("Einladung zur Stellungnahme")


def test_invite_somebody_again_makes_no_second_invitation(secretary, consultation):
    organisation = factories.make_organisation()
    once = {
        "consultation": consultation,
        "organisations": [organisation],
        "route": Invitation.Route.HAND,
        "by": secretary,
        "at": WHILE_OPEN,
    }
    actions.invite(**once)

    assert actions.invite(**once) == []
    assert Invitation.objects.count() == 1


def test_invite_by_mail_without_an_address_names_who_has_none(secretary, consultation):
    organisation = factories.make_organisation(name="Beispielkreis", email="")

    with pytest.raises(ValidationError, match="Ohne E-Mail-Adresse: Beispielkreis"):
        actions.invite(
            consultation=consultation,
            organisations=[organisation, factories.make_organisation()],
            route=Invitation.Route.MAIL,
            by=secretary,
            at=WHILE_OPEN,
        )

    assert Invitation.objects.count() == 0


@pytest.mark.parametrize(
    ("opened", "at", "sentence"),
    [(False, LONG_AGO, "noch nicht eröffnet"), (True, AFTER_CLOSING, "Frist ist abgelaufen")],
)
def test_invite_outside_the_window_is_refused(secretary, opened, at, sentence):
    consultation = factories.make_consultation(opened=opened)

    with pytest.raises(ValidationError, match=sentence):
        actions.invite(
            consultation=consultation,
            organisations=[factories.make_organisation()],
            route=Invitation.Route.HAND,
            by=secretary,
            at=at,
        )


def test_send_invitation_again_uses_the_same_link_and_the_present_address(secretary, consultation):
    organisation = factories.make_organisation(email="alt@example.org")
    [invitation] = actions.invite(
        consultation=consultation,
        organisations=[organisation],
        route=Invitation.Route.MAIL,
        by=secretary,
        at=WHILE_OPEN,
    )
    link = invitation.get_absolute_url()
    invitation.organisation.email = "neu@example.org"

    actions.send_invitation_again(invitation=invitation, by=secretary, at=WHILE_OPEN)

    newest = OutgoingMail.objects.latest("pk")
    assert newest.to == "neu@example.org"
    assert link in newest.body


def test_publish_results_before_the_end_is_refused(secretary, consultation):
    with pytest.raises(ValidationError, match="Frist läuft noch"):
        actions.publish_results(consultation=consultation, by=secretary, at=WHILE_OPEN)


def test_publish_results_with_an_undecided_point_is_refused(secretary, consultation):
    factories.make_point(consultation)

    with pytest.raises(ValidationError, match="Über 1 Anliegen ist noch nicht entschieden"):
        actions.publish_results(consultation=consultation, by=secretary, at=AFTER_CLOSING)


def test_publish_results_when_all_is_decided(secretary, consultation):
    factories.declined(factories.make_point(consultation))

    published = actions.publish_results(consultation=consultation, by=secretary, at=AFTER_CLOSING)

    assert published.results_published_at == AFTER_CLOSING


def test_publish_results_twice_is_refused(secretary, consultation):
    actions.publish_results(consultation=consultation, by=secretary, at=AFTER_CLOSING)

    with pytest.raises(ValidationError, match="schon veröffentlicht"):
        actions.publish_results(consultation=consultation, by=secretary, at=AFTER_CLOSING)


def values_of(consultation, **changes):
    days = AudienceValues(CONFERENCE, date(2026, 4, 1), date(2026, 5, 29))
    return actions.ConsultationValues(consultation.edition, "Neuer Titel", [days], **changes)


def test_change_consultation_replaces_what_was_prepared(secretary):
    consultation = factories.make_consultation(opened=False)

    changed = actions.change_consultation(
        consultation=consultation, values=values_of(consultation), by=secretary, at=LONG_AGO
    )

    days = list(changed.audiences.values_list("opens_on", "closes_on"))
    assert (changed.number, changed.title, days, changed.questions.count()) == (
        consultation.number,
        "Neuer Titel",
        [(date(2026, 4, 1), date(2026, 5, 29))],
        0,
    )


def test_discard_consultation_leaves_only_the_record(secretary):
    consultation = factories.make_consultation(opened=False)

    actions.discard_consultation(consultation=consultation, by=secretary, at=LONG_AGO)

    assert (Consultation.objects.count(), Audience.objects.count()) == (0, 0)
    assert AuditEntry.objects.filter(event="participation.consultation.discarded").count() == 1


@pytest.mark.parametrize("act", ["change", "discard"])
def test_consultation_that_is_opened_is_neither_changed_nor_discarded(secretary, act):
    consultation = factories.make_consultation()
    acts = {
        "change": lambda: actions.change_consultation(
            consultation=consultation, values=values_of(consultation), by=secretary, at=WHILE_OPEN
        ),
        "discard": lambda: actions.discard_consultation(
            consultation=consultation, by=secretary, at=WHILE_OPEN
        ),
    }

    with pytest.raises(ValidationError, match="lässt sich nicht mehr ändern oder verwerfen"):
        acts[act]()


def test_discard_consultation_by_a_member_is_not_allowed(db):
    consultation = factories.make_consultation(opened=False)

    with pytest.raises(PermissionDenied):
        actions.discard_consultation(
            consultation=consultation, by=factories.make_member(), at=LONG_AGO
        )


def test_circles_and_questions_are_frozen_once_the_round_is_opened(db):
    consultation = factories.make_consultation()

    with pytest.raises(FrozenError):
        consultation.audiences.get().delete()
    with pytest.raises(FrozenError):
        consultation.questions.update(text="Anders?")
