"""More time: for all by default, for one organisation only with a public reason; every request is answered."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import audit, mail
from mitplan.common.languages import in_plan_language
from mitplan.conference.models import Organisation
from mitplan.conference.permissions import require
from mitplan.participation import permissions, policies, queries
from mitplan.participation.models import (
    Audience,
    Consultation,
    Extension,
    ExtensionRequest,
    Invitation,
)
from mitplan.participation.permissions import Seat


@transaction.atomic
def extend_for_all(
    *, consultation: Consultation, closes_on: date, reason: str, by: User, at: datetime
) -> list[Extension]:
    """Give every circle that closes earlier a later last day, and tell everybody who was invited."""
    consultation = _extendable(consultation, closes_on, by, at)
    earlier = [each for each in queries.audiences_of(consultation) if each.closes_on < closes_on]
    if not earlier:
        raise ValidationError(
            _("Der neue letzte Tag liegt nicht nach dem bisherigen. Bitte einen späteren wählen.")
        )
    made = [_extend(circle, _extension(closes_on, reason, by, at)) for circle in earlier]
    _tell_invited(consultation, earlier, closes_on, reason, at)
    return made


@transaction.atomic
def extend_for_one(
    *,
    consultation: Consultation,
    organisation: Organisation,
    closes_on: date,
    reason: str,
    by: User,
    at: datetime,
) -> Extension:
    """Give one organisation a later last day; the reason is public and stands in the record."""
    consultation = _extendable(consultation, closes_on, by, at)
    circle = queries.audience_of(consultation, organisation)
    return _extend(circle, _extension(closes_on, reason, by, at), organisation)


@transaction.atomic
def request_extension(
    *,
    consultation: Consultation,
    seat: Seat,
    wished_until: date,
    reason: str,
    contact: str,
    at: datetime,
) -> ExtensionRequest:
    """Ask for more time, while there is still some left."""
    policies.CONSULTATION.require(queries.state_for(consultation, seat.organisation, at), "draft")
    if wished_until <= queries.last_day_for(consultation, seat.organisation):
        raise ValidationError(
            {"wished_until": _("Bitte einen Tag wählen, der nach Ihrem letzten Tag liegt.")}
        )
    request = ExtensionRequest(
        consultation=consultation,
        organisation=seat.organisation,
        wished_until=wished_until,
        reason=reason.strip(),
        contact=contact,
        asked_by=seat.user,
        asked_as=seat.role,
        asked_at=at,
    )
    request.full_clean(exclude=["asked_by", "answered_by"])
    request.save()
    audit.record(
        "participation.extension.requested",
        on=request,
        by=seat.user,
        at=at,
        on_behalf_of=seat.organisation.name,
        wished_until=wished_until.isoformat(),
    )
    return request


@transaction.atomic
def answer_extension_request(
    *,
    request: ExtensionRequest,
    granted_until: date | None,
    answer: str,
    for_all: bool = True,
    by: User,
    at: datetime,
) -> ExtensionRequest:
    """Grant a request until a day, for all or for who asked, or refuse it; both with a reason."""
    require(allowed=permissions.may_run_consultations(by))
    locked = ExtensionRequest.objects.select_for_update(of=("self",), no_key=True)
    request = locked.select_related("consultation", "organisation").get(pk=request.pk)
    policies.require_unanswered(request)
    request.granted_until, request.answer = granted_until, answer.strip()
    request.answered_by, request.answered_at = by, at
    request.full_clean(exclude=["asked_by", "answered_by"])
    request.save()
    if granted_until:
        _grant(request, granted_until, by, at, for_all=for_all)
    _send_answer(request, at)
    audit.record(
        "participation.extension.answered",
        on=request,
        by=by,
        at=at,
        on_behalf_of=request.organisation.name,
        granted_until=granted_until.isoformat() if granted_until else "",
        answer=request.answer,
    )
    return request


def _grant(
    request: ExtensionRequest, closes_on: date, by: User, at: datetime, *, for_all: bool
) -> None:
    if for_all:
        extend_for_all(
            consultation=request.consultation,
            closes_on=closes_on,
            reason=request.answer,
            by=by,
            at=at,
        )
        return
    consultation = _extendable(request.consultation, closes_on, by, at)
    circle = queries.audience_of(consultation, request.organisation)
    _extend(circle, _extension(closes_on, request.answer, by, at, request), request.organisation)


def _extendable(
    consultation: Consultation, closes_on: date, by: User, at: datetime
) -> Consultation:
    """Return the round, locked, if its time may still be made longer, up to a day to come."""
    require(allowed=permissions.may_run_consultations(by))
    consultation = Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
    policies.CONSULTATION.require(queries.state_of(consultation, at), "extend")
    policies.require_day_to_come(closes_on, at)
    return consultation


def _extend(
    circle: Audience, extension: Extension, organisation: Organisation | None = None
) -> Extension:
    extension.audience, extension.organisation = circle, organisation
    extension.closed_on = circle.closes_on
    if organisation:
        extension.closed_on = queries.last_day_for(circle.consultation, organisation)
    extension.full_clean(exclude=["audience", "organisation", "request", "granted_by"])
    extension.save()
    _move_last_day(circle, extension.closes_on, is_for_all=organisation is None)
    audit.record(
        "participation.extension.granted",
        on=circle.consultation,
        by=extension.granted_by,
        at=extension.granted_at,
        circle=circle.kind,
        organisation=organisation.pk if organisation else None,
        closed_on=extension.closed_on.isoformat(),
        closes_on=extension.closes_on.isoformat(),
        reason=extension.reason,
    )
    return extension


def _extension(
    closes_on: date, reason: str, by: User, at: datetime, request: ExtensionRequest | None = None
) -> Extension:
    return Extension(
        request=request,
        closes_on=closes_on,
        reason=reason.strip(),
        granted_by=by,
        granted_at=at,
    )


def _move_last_day(circle: Audience, closes_on: date, *, is_for_all: bool) -> None:
    """Move the day of the circle, or keep the longest time an organisation in it has."""
    longest = max(circle.longest_until or closes_on, closes_on)
    if is_for_all:
        circle.closes_on = closes_on
    circle.longest_until = longest if longest > circle.closes_on else None
    circle.save(update_fields=["closes_on", "longest_until"])


def _tell_invited(
    consultation: Consultation,
    circles: Iterable[Audience],
    closes_on: date,
    reason: str,
    at: datetime,
) -> None:
    """Write to everybody who was invited to these circles and has an address."""
    longer = {circle.pk for circle in circles}
    invitations = Invitation.objects.filter(consultation=consultation).exclude(
        organisation__email=""
    )
    for invitation in invitations.select_related("organisation"):
        if queries.audience_of(consultation, invitation.organisation).pk in longer:
            _tell(invitation, consultation, closes_on, reason, at)


def _tell(
    invitation: Invitation, consultation: Consultation, closes_on: date, reason: str, at: datetime
) -> None:
    with in_plan_language():
        values = {
            "title": consultation.title,
            "day": date_format(closes_on, "DATE_FORMAT"),
            "reason": reason.strip(),
            "link": settings.PUBLIC_URL + invitation.get_absolute_url(),
        }
        subject = _("Frist verlängert: %(title)s") % values
        body = _(
            "Guten Tag,\n\n"
            "die Frist für «%(title)s» ist für alle verlängert. Sie endet jetzt am %(day)s um 24 Uhr.\n\n"
            "Grund: %(reason)s\n\n"
            "Ihr persönlicher Link gilt weiter:\n%(link)s\n"
        )
        mail.queue(to=invitation.organisation.email, subject=subject, body=body % values, at=at)


def _send_answer(request: ExtensionRequest, at: datetime) -> None:
    if not request.contact:
        return
    with in_plan_language():
        values = {
            "title": request.consultation.title,
            "answer": request.answer,
            "link": settings.PUBLIC_URL + request.consultation.get_absolute_url(),
        }
        if request.granted_until:
            values["day"] = date_format(request.granted_until, "DATE_FORMAT")
            words = _("Ihre Frist endet jetzt am %(day)s um 24 Uhr.") % values
        else:
            words = _("Ihr Antrag auf mehr Zeit ist abgelehnt. Die Frist bleibt, wie sie ist.")
        subject = _("Ihr Antrag auf Fristverlängerung: %(title)s") % values
        body = _(
            "Guten Tag,\n\n%(words)s\n\nBegründung: %(answer)s\n\n"
            "Der Antrag und die Antwort stehen auf der Seite der Beteiligungsrunde:\n%(link)s\n"
        )
        mail.queue(
            to=request.contact, subject=subject, body=body % {**values, "words": words}, at=at
        )
