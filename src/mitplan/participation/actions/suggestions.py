"""Suggestions: handed in at any time, confirmed by people without an account, taken into a round."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import audit, mail
from mitplan.common.floods import is_flood
from mitplan.common.languages import in_plan_language
from mitplan.common.models import AuditHead
from mitplan.conference.models import Organisation
from mitplan.conference.permissions import require
from mitplan.core.text.tokens import normalise
from mitplan.participation import permissions, policies, queries
from mitplan.participation.actions.receiving import receive
from mitplan.participation.models import (
    LONGEST_SUGGESTION,
    Audience,
    Consultation,
    Point,
    Submission,
    Suggestion,
)
from mitplan.participation.permissions import Seat
from mitplan.participation.queries.suggestions import (
    DAYS_TO_CONFIRM,
    key_of,
    public_name,
    suggestion_fingerprint,
    unconfirmed,
    waiting,
)
from mitplan.plan.models import Entry, FieldOfAction, Passage, Plan

MOST_PER_PLACE, MOST_PER_ADDRESS = 10, 5
WITHIN = timedelta(hours=1)
UNCHECKED = ["plan", "consultation", "organisation", "field", "passage", "taken_by"]


@dataclass(frozen=True, slots=True)
class SuggestionValues:
    """What somebody suggests, and where."""

    plan: Plan
    text: str
    passage: Passage | None = None
    field: FieldOfAction | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """A person without an account; the name is never public without consent."""

    contact: str
    name: str = ""
    is_name_public: bool = False


@transaction.atomic
def hand_in_suggestion(*, values: SuggestionValues, seat: Seat, at: datetime) -> Suggestion:
    """Keep what an organisation suggests outside any window; it gets a number and a receipt."""
    suggestion = _suggestion(values, at)
    suggestion.organisation = seat.organisation
    suggestion.organisation_name = seat.organisation.name
    suggestion.person_role, suggestion.mandate = seat.role, seat.mandate
    suggestion.contact = seat.user.email if seat.user else seat.organisation.email
    suggestion.full_clean(exclude=UNCHECKED)
    _receive(suggestion, seat.user, at)
    _send_receipt(suggestion, at)
    return suggestion


@transaction.atomic
def send_suggestion(
    *,
    values: SuggestionValues,
    sender: Sender,
    place: str,
    consultation: Consultation | None = None,
    at: datetime,
) -> Suggestion:
    """Keep what a person without an account suggests until the mail address is confirmed."""
    _refuse_flood(place, sender.contact)
    if consultation:
        _require_public(consultation, at)
    suggestion = _suggestion(values, at)
    suggestion.consultation = consultation
    suggestion.contact = sender.contact
    suggestion.person_name = normalise(sender.name).strip()
    suggestion.is_name_public = sender.is_name_public
    suggestion.full_clean(exclude=UNCHECKED)
    suggestion.save()
    _ask_to_confirm(suggestion, at)
    audit.record("participation.suggestion.sent", on=suggestion, by=None, at=at)
    return suggestion


def _suggestion(values: SuggestionValues, at: datetime) -> Suggestion:
    text = normalise(values.text).strip()
    if len(text) > LONGEST_SUGGESTION:
        raise ValidationError(
            {"text": _("Höchstens %(most)s Zeichen, bitte kürzen.") % {"most": LONGEST_SUGGESTION}}
        )
    return Suggestion(
        plan=values.plan,
        text=text,
        passage=values.passage,
        field=values.field,
        sent_at=at,
    )


def _refuse_flood(place: str, contact: str) -> None:
    too_many = is_flood("suggestion.place", place, most=MOST_PER_PLACE, within=WITHIN)
    if too_many or is_flood(
        "suggestion.address", contact.lower(), most=MOST_PER_ADDRESS, within=WITHIN
    ):
        raise ValidationError(
            _(
                "In der letzten Stunde kamen von hier sehr viele Vorschläge. Bitte versuchen Sie es in "
                "einer Stunde noch einmal."
            )
        )


def _require_public(consultation: Consultation, at: datetime) -> None:
    circles = [
        each for each in queries.audiences_of(consultation) if each.kind == Audience.Kind.PUBLIC
    ]
    if not circles:
        raise ValidationError(_("Diese Beteiligungsrunde ist nicht für die Öffentlichkeit offen."))
    state = policies.state_until(consultation, circles[0].closes_on, at)
    policies.CONSULTATION.require(state, "draft")


@transaction.atomic
def confirm_suggestion(*, suggestion: Suggestion, at: datetime) -> Suggestion:
    """Count a person's suggestion from now on; confirming twice changes nothing.

    To an open round it is a submission at once; after its last day it goes into the store of topics.
    """
    consultation = _locked_round(suggestion.consultation_id)
    locked = Suggestion.objects.select_for_update(of=("self",), no_key=True)
    suggestion = locked.select_related("plan", "passage", "field").get(pk=suggestion.pk)
    if suggestion.received_at:
        return suggestion
    if consultation and not _is_public_now(consultation, at):
        suggestion.consultation = consultation = None
    _receive(suggestion, None, at)
    if consultation:
        suggestion.consultation = consultation
        _record(suggestion, consultation, None, at)
    else:
        _send_receipt(suggestion, at)
    return suggestion


def _is_public_now(consultation: Consultation, at: datetime) -> bool:
    try:
        _require_public(consultation, at)
    except ValidationError:
        return False
    return True


def _locked_round(pk: int | None) -> Consultation | None:
    locked = Consultation.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("edition__plan").filter(pk=pk).first() if pk else None


def _receive(suggestion: Suggestion, by: User | None, at: datetime) -> None:
    """Give a suggestion its number and fingerprint; numbers are given one after the other."""
    AuditHead.locked()
    count = Suggestion.objects.filter(received_at__isnull=False).count()
    suggestion.number = f"V-{count + 1:04d}"
    suggestion.received_at = at
    suggestion.sha256 = suggestion_fingerprint(suggestion)
    suggestion.save()
    audit.record(
        "participation.suggestion.received",
        on=suggestion,
        by=by,
        at=at,
        on_behalf_of=suggestion.organisation_name,
        number=suggestion.number,
        hash=suggestion.sha256,
    )


@transaction.atomic
def take_suggestions(
    *, consultation: Consultation, suggestions: Iterable[Suggestion], by: User, at: datetime
) -> list[Suggestion]:
    """Take suggestions from the store into a round: each becomes a point there, and keeps its number.

    In a round that is still prepared they become points when it is opened.
    """
    require(allowed=permissions.may_run_consultations(by))
    locked = _locked_round(consultation.pk)
    if locked is None:
        return []
    state = queries.state_of(locked, at)
    step = "change" if state == policies.ConsultationState.PREPARED else "draft"
    policies.CONSULTATION.require(state, step)
    wanted = waiting().filter(pk__in=[each.pk for each in suggestions], plan=locked.edition.plan)
    taken = list(wanted.select_related("organisation").order_by("pk"))
    for each in taken:
        each.taken_into, each.taken_at, each.taken_by = locked, at, by
        each.save(update_fields=["taken_into", "taken_at", "taken_by"])
        audit.record(
            "participation.suggestion.taken", on=each, by=by, at=at, consultation=locked.number
        )
    if locked.opened_at:
        record_taken(locked, by, at)
    return taken


def record_taken(consultation: Consultation, by: User, at: datetime) -> None:
    """Make points of the suggestions an opened round has taken in; it is locked by the caller."""
    waiting_here = Suggestion.objects.filter(
        taken_into=consultation, point__isnull=True, withdrawn_at__isnull=True
    )
    related = ("plan", "organisation", "passage", "field")
    for each in waiting_here.select_related(*related).order_by("pk"):
        _record(each, consultation, by, at)


def _record(
    suggestion: Suggestion, consultation: Consultation, by: User | None, at: datetime
) -> None:
    """Make a submission with one point of a suggestion."""
    organisation = suggestion.organisation or _the_public(suggestion.plan)
    with in_plan_language():
        seat = Seat(organisation, by, suggestion.person_role or _("Öffentlichkeit"))
        name = public_name(suggestion)
    submission = Submission.objects.create(
        consultation=consultation,
        organisation=organisation,
        organisation_name=name,
        person_role=seat.role,
        mandate=suggestion.mandate,
        route=Submission.Route.STORE,
        contact=suggestion.contact,
        began_at=suggestion.sent_at,
        saved_at=suggestion.sent_at,
    )
    point = Point.objects.create(
        submission=submission,
        position=1,
        edition=consultation.edition,
        kind=Point.Kind.SUGGESTION,
        passage=_consulted(suggestion, consultation),
        field=suggestion.field,
        text=suggestion.text,
    )
    receive(submission, seat, at, has_no_remarks=False)
    point.refresh_from_db()
    suggestion.point, suggestion.taken_into = point, consultation
    suggestion.taken_at = suggestion.taken_at or at
    suggestion.save(update_fields=["point", "taken_into", "taken_at"])


def _consulted(suggestion: Suggestion, consultation: Consultation) -> Passage | None:
    """Return the passage it speaks about, where the text of the round still holds it."""
    here = Entry.objects.filter(edition=consultation.edition, passage=suggestion.passage_id)
    return suggestion.passage if suggestion.passage_id and here.exists() else None


def _the_public(plan: Plan) -> Organisation:
    """Return the group that stands for people without an account."""
    with in_plan_language():
        name = _("Öffentlichkeit")
        full = _("Öffentlichkeit (Demonstration)") if plan.is_demonstration else name
    found, _is_new = Organisation.objects.get_or_create(
        name=full,
        defaults={
            "category": name,
            "is_category": True,
            "is_demonstration": plan.is_demonstration,
        },
    )
    return found


@transaction.atomic
def withdraw_suggestion(
    *, suggestion: Suggestion, by: User, reason: str, at: datetime
) -> Suggestion:
    """Withdraw a suggestion that no round has taken in; number and address remain."""
    allowed = permissions.may_run_consultations(by)
    if suggestion.organisation:
        allowed = allowed or permissions.may_speak_for(by, suggestion.organisation)
    require(allowed=allowed)
    suggestion = Suggestion.objects.select_for_update(no_key=True).get(pk=suggestion.pk)
    if suggestion.taken_into_id:
        raise ValidationError(_("Der Vorschlag ist schon in eine Runde aufgenommen."))
    if not suggestion.withdrawn_at:
        suggestion.withdrawn_at = at
        suggestion.save(update_fields=["withdrawn_at"])
        audit.record(
            "participation.suggestion.withdrawn", on=suggestion, by=by, at=at, reason=reason
        )
    return suggestion


@transaction.atomic
def discard_unconfirmed(*, at: datetime) -> int:
    """Delete what nobody confirmed in time; running it again changes nothing."""
    return unconfirmed(at).delete()[0]


def _ask_to_confirm(suggestion: Suggestion, at: datetime) -> None:
    address = reverse("participation:confirm_suggestion", args=[key_of(suggestion)])
    with in_plan_language():
        subject = _("Bitte bestätigen Sie Ihren Vorschlag")
        body = _(
            "Guten Tag,\n\n"
            "von dieser Adresse kam ein Vorschlag zu «%(plan)s»:\n\n%(text)s\n\n"
            "Er zählt, sobald Sie ihn hier bestätigen:\n%(link)s\n\n"
            "Der Link gilt %(days)s Tage. Wenn der Vorschlag nicht von Ihnen ist, tun Sie nichts: Dann "
            "löschen wir ihn.\n"
        ) % {
            "plan": suggestion.plan.title,
            "text": suggestion.text,
            "link": settings.PUBLIC_URL + address,
            "days": DAYS_TO_CONFIRM,
        }
        mail.queue(to=suggestion.contact, subject=subject, body=body, at=at)


def _send_receipt(suggestion: Suggestion, at: datetime) -> None:
    if not suggestion.contact:
        return
    with in_plan_language():
        values = {
            "number": suggestion.number,
            "day": date_format(at, "DATE_FORMAT"),
            "hash": suggestion.sha256,
            "text": suggestion.text,
            "link": settings.PUBLIC_URL + suggestion.get_absolute_url(),
        }
        subject = _("Eingang Ihres Vorschlags %(number)s") % values
        body = _(
            "Guten Tag,\n\n"
            "Ihr Vorschlag ist im Themenspeicher. Die Geschäftsstelle legt ihn der nächsten "
            "Beteiligungsrunde vor.\n\n"
            "Nummer: %(number)s\nEingang: %(day)s\nPrüfsumme: %(hash)s\n"
            "Was daraus wird, steht hier: %(link)s\n\n"
            "Das haben Sie vorgeschlagen:\n\n%(text)s\n"
        )
        mail.queue(to=suggestion.contact, subject=subject, body=body % values, at=at)
