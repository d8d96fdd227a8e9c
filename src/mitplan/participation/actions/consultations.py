"""Consultations: prepared, opened, invited to, and their results published."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import audit, mail
from mitplan.common.languages import in_plan_language
from mitplan.common.models import OutgoingMail
from mitplan.conference.models import Organisation
from mitplan.conference.permissions import require
from mitplan.participation import permissions, policies, queries
from mitplan.participation.actions.suggestions import record_taken
from mitplan.participation.models import (
    Audience,
    Consultation,
    Dispatch,
    Invitation,
    Question,
)
from mitplan.plan.actions import release_edition
from mitplan.plan.models import Edition, Passage


@dataclass(frozen=True, slots=True)
class AudienceValues:
    """A circle and its own first and last day."""

    kind: Audience.Kind
    opens_on: date
    closes_on: date


@dataclass(frozen=True, slots=True)
class QuestionValues:
    """A question about a passage."""

    passage: Passage
    text: str


@dataclass(frozen=True, slots=True)
class ConsultationValues:
    """What a window is about, for whom and until when, and what is asked."""

    edition: Edition
    title: str
    audiences: Sequence[AudienceValues]
    questions: Sequence[QuestionValues] = ()
    introduction: str = ""
    minimum_working_days: int = 20
    short_reason: str = ""
    late_rule: str = Consultation.LateRule.TREAT


@transaction.atomic
def prepare_consultation(
    *,
    edition: Edition,
    title: str,
    audiences: Sequence[AudienceValues],
    questions: Iterable[QuestionValues] = (),
    introduction: str = "",
    minimum_working_days: int = 20,
    short_reason: str = "",
    late_rule: str = Consultation.LateRule.TREAT,
    by: User,
    at: datetime,
) -> Consultation:
    """Prepare a window in which an edition will be open; nobody sees it before it is opened."""
    require(allowed=permissions.may_run_consultations(by))
    highest = Consultation.objects.aggregate(highest=Max("number"))["highest"] or 0
    consultation = Consultation(number=highest + 1)
    values = ConsultationValues(
        edition,
        title,
        audiences,
        tuple(questions),
        introduction,
        minimum_working_days,
        short_reason,
        late_rule,
    )
    _write(consultation, values)
    audit.record("participation.consultation.prepared", on=consultation, by=by, at=at, title=title)
    return consultation


@transaction.atomic
def change_consultation(
    *, consultation: Consultation, values: ConsultationValues, by: User, at: datetime
) -> Consultation:
    """Change a window that is prepared and not opened yet."""
    consultation = _prepared(consultation, by, at)
    _clear(consultation)
    _write(consultation, values)
    audit.record(
        "participation.consultation.changed", on=consultation, by=by, at=at, title=values.title
    )
    return consultation


@transaction.atomic
def discard_consultation(*, consultation: Consultation, by: User, at: datetime) -> None:
    """Throw away a window that is prepared and not opened yet; its title stays on record."""
    consultation = _prepared(consultation, by, at)
    audit.record(
        "participation.consultation.discarded",
        on=consultation,
        by=by,
        at=at,
        title=consultation.title,
    )
    _clear(consultation)
    consultation.delete()


def _prepared(consultation: Consultation, by: User, at: datetime) -> Consultation:
    """Return the window, locked, if this person may still change it."""
    require(allowed=permissions.may_run_consultations(by))
    consultation = Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
    policies.CONSULTATION.require(queries.state_of(consultation, at), "change")
    return consultation


def _clear(consultation: Consultation) -> None:
    consultation.audiences.all().delete()
    consultation.questions.all().delete()


def _write(consultation: Consultation, values: ConsultationValues) -> None:
    if not values.audiences:
        raise ValidationError(_("Bitte mindestens einen Kreis nennen, der sich beteiligen kann."))
    consultation.edition = values.edition
    consultation.title = values.title
    consultation.introduction = values.introduction
    consultation.minimum_working_days = values.minimum_working_days
    consultation.short_reason = values.short_reason
    consultation.late_rule = values.late_rule
    consultation.full_clean()
    consultation.save()
    for audience in values.audiences:
        _add_audience(consultation, audience)
    for number, question in enumerate(values.questions, start=1):
        Question.objects.create(
            consultation=consultation, number=number, passage=question.passage, text=question.text
        )


def _add_audience(consultation: Consultation, values: AudienceValues) -> None:
    audience = Audience(
        consultation=consultation,
        kind=values.kind,
        opens_on=values.opens_on,
        closes_on=values.closes_on,
    )
    audience.full_clean()
    policies.require_full_time(consultation, values.opens_on, values.closes_on)
    audience.save()


@transaction.atomic
def open_consultation(*, consultation: Consultation, by: User, at: datetime) -> Consultation:
    """Open the window: the edition becomes public, and nothing about the window changes any more."""
    require(allowed=permissions.may_run_consultations(by))
    consultation = Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
    policies.CONSULTATION.require(queries.state_of(consultation, at), "open")
    release_edition(edition=consultation.edition, by=by, at=at)
    consultation.opened_at = at
    consultation.save(update_fields=["opened_at"])
    consultation.audiences.update(opened_at=at)
    consultation.questions.update(opened_at=at)
    record_taken(consultation, by, at)
    audit.record(
        "participation.consultation.opened",
        on=consultation,
        by=by,
        at=at,
        edition_hash=consultation.edition.content_hash,
    )
    return consultation


@transaction.atomic
def invite(
    *,
    consultation: Consultation,
    organisations: Iterable[Organisation],
    route: Invitation.Route,
    sent_on: date | None = None,
    by: User,
    at: datetime,
) -> list[Invitation]:
    """Invite organisations that were not invited yet; by mail, each gets a link to its one task.

    `sent_on` is the day a letter left the house, where that was not today.
    """
    require(allowed=permissions.may_run_consultations(by))
    policies.CONSULTATION.require(queries.state_of(consultation, at), "invite")
    day = _day_of_dispatch(consultation, sent_on, at)
    invited = set(consultation.invitations.values_list("organisation_id", flat=True))
    new = [each for each in organisations if each.pk not in invited]
    if route == Invitation.Route.MAIL:
        _require_addresses(new)
    invitations = [
        _invite_one(consultation, organisation, Dispatch(route=route, sent_on=day, by=by), at)
        for organisation in new
    ]
    if invitations:
        audit.record(
            "participation.invited",
            on=consultation,
            by=by,
            at=at,
            route=route,
            organisations=[invitation.organisation_id for invitation in invitations],
        )
    return invitations


def _require_addresses(organisations: Sequence[Organisation]) -> None:
    without = [organisation.name for organisation in organisations if not organisation.email]
    if without:
        raise ValidationError(
            _(
                "Ohne E-Mail-Adresse: %(names)s. Bitte die Adresse nachtragen oder diese "
                "Organisationen persönlich einladen."
            ),
            params={"names": ", ".join(without)},
        )


def _day_of_dispatch(consultation: Consultation, sent_on: date | None, at: datetime) -> date:
    """Return the day a letter left the house; nothing leaves tomorrow, nor before the round opened."""
    today = timezone.localdate(at)
    if sent_on is None:
        return today
    opened_at = consultation.opened_at or at
    if not timezone.localdate(opened_at) <= sent_on <= today:
        raise ValidationError(
            _("Der Tag des Versands muss zwischen der Eröffnung am %(opened)s und heute liegen."),
            params={"opened": date_format(timezone.localdate(opened_at), "DATE_FORMAT")},
        )
    return sent_on


def _invite_one(
    consultation: Consultation, organisation: Organisation, dispatch: Dispatch, at: datetime
) -> Invitation:
    invitation = Invitation.objects.create(
        consultation=consultation, organisation=organisation, route=dispatch.route, invited_at=at
    )
    _dispatch(invitation, dispatch, at)
    return invitation


def _dispatch(invitation: Invitation, dispatch: Dispatch, at: datetime) -> None:
    """Send an invitation off, and keep that it left; what is shown of it is the newest dispatch."""
    is_mail = dispatch.route == Invitation.Route.MAIL
    dispatch.mail = _invitation_mail(invitation, at) if is_mail else None
    dispatch.invitation, dispatch.recorded_at = invitation, at
    dispatch.save()
    invitation.route, invitation.mail = dispatch.route, dispatch.mail
    invitation.save(update_fields=["route", "mail"])


def _invitation_mail(invitation: Invitation, at: datetime) -> OutgoingMail:
    with in_plan_language():
        title = {"title": invitation.consultation.title}
        subject = _("Einladung zur Stellungnahme: %(title)s") % title
        body = _invitation_text(invitation)
    return mail.queue(to=invitation.organisation.email, subject=subject, body=body, at=at)


def _invitation_text(invitation: Invitation) -> str:
    consultation = invitation.consultation
    last_day = queries.last_day_for(consultation, invitation.organisation)
    return _(
        "Guten Tag,\n\n"
        "%(organisation)s ist eingeladen, zu «%(title)s» Stellung zu nehmen.\n"
        "Die Frist endet am %(day)s um 24 Uhr.\n\n"
        "Dieser Link öffnet genau diese Aufgabe; ein Konto brauchen Sie nicht:\n%(link)s\n\n"
        "Bitte geben Sie den Link nur innerhalb Ihrer Organisation weiter.\n"
    ) % {
        "organisation": invitation.organisation.name,
        "title": consultation.title,
        "day": date_format(last_day, "DATE_FORMAT"),
        "link": settings.PUBLIC_URL + invitation.get_absolute_url(),
    }


@transaction.atomic
def send_invitation_again(*, invitation: Invitation, by: User, at: datetime) -> Invitation:
    """Send the same link once more, to the address the organisation has now."""
    require(allowed=permissions.may_run_consultations(by))
    consultation = invitation.consultation
    policies.CONSULTATION.require(queries.state_of(consultation, at), "invite")
    _require_addresses([invitation.organisation])
    again = Dispatch(route=Invitation.Route.MAIL, sent_on=timezone.localdate(at), by=by)
    _dispatch(invitation, again, at)
    _record_again(invitation, by, at, again)
    return invitation


@transaction.atomic
def note_letter_sent(
    *, invitation: Invitation, sent_on: date, by: User, at: datetime
) -> Invitation:
    """Note that an invitation left the house as a letter, on which day and by whom."""
    require(allowed=permissions.may_run_consultations(by))
    consultation = invitation.consultation
    policies.CONSULTATION.require(queries.state_of(consultation, at), "invite")
    day = _day_of_dispatch(consultation, sent_on, at)
    letter = Dispatch(route=Invitation.Route.HAND, sent_on=day, by=by)
    is_known = invitation.dispatches.filter(route=Invitation.Route.HAND, sent_on=day).exists()
    if not is_known or invitation.mail_id:
        _dispatch(invitation, letter, at)
        _record_again(invitation, by, at, letter)
    return invitation


def _record_again(invitation: Invitation, by: User, at: datetime, dispatch: Dispatch) -> None:
    audit.record(
        "participation.invited.again",
        on=invitation.consultation,
        by=by,
        at=at,
        organisation=invitation.organisation_id,
        route=dispatch.route,
        sent_on=dispatch.sent_on.isoformat(),
    )


def note_first_opening(*, invitation: Invitation, at: datetime) -> None:
    """Remember when the link of an invitation was opened for the first time."""
    Invitation.objects.filter(pk=invitation.pk, first_opened_at__isnull=True).update(
        first_opened_at=at
    )
