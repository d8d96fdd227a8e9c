"""The store of topics: what was suggested, and what became of it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from mitplan.participation.models import Audience, Consultation, Outcome, Suggestion
from mitplan.participation.queries.rounds import countable_points
from mitplan.plan.models import Edition, Plan

SALT = "mitplan.suggestion"
DAYS_TO_CONFIRM = 7
"""How long the link in the mail holds, and how long what nobody confirmed is kept."""


def key_of(suggestion: Suggestion) -> str:
    """Return the signed key of the link that confirms a suggestion."""
    return signing.dumps([suggestion.pk, suggestion.nonce], salt=SALT)


def suggestion_by_key(key: str) -> Suggestion | None:
    """Return the suggestion a link belongs to, or None where the link is wrong or too old."""
    try:
        pk, nonce = signing.loads(key, salt=SALT, max_age=DAYS_TO_CONFIRM * 24 * 3600)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    related = Suggestion.objects.select_related("plan", "consultation", "passage")
    return related.filter(pk=pk, nonce=nonce).first()


def unconfirmed(now: datetime) -> QuerySet[Suggestion]:
    """Return the suggestions nobody confirmed in time."""
    too_old = now - timedelta(days=DAYS_TO_CONFIRM)
    return Suggestion.objects.filter(received_at__isnull=True, sent_at__lt=too_old)


def suggestion_fingerprint(suggestion: Suggestion) -> str:
    """Return the SHA-256 over what was suggested; a person's name and address are no part of it."""
    content = {
        "number": suggestion.number,
        "organisation": suggestion.organisation_name,
        "mandate": suggestion.mandate,
        "passage": suggestion.passage.key if suggestion.passage else "",
        "field": suggestion.field.name if suggestion.field else "",
        "text": suggestion.text,
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def public_name(suggestion: Suggestion) -> str:
    """Return who suggested it, as everybody may know: a person only with consent."""
    if suggestion.organisation_name:
        return suggestion.organisation_name
    if suggestion.is_name_public and suggestion.person_name:
        return suggestion.person_name
    return _("eine Person")


def plans_with_text() -> QuerySet[Plan]:
    """Return the plans one can suggest something to: those with a text everybody may read."""
    public = Edition.objects.public().values("plan")
    return Plan.objects.filter(pk__in=public).order_by("pk")


def public_round(today: date) -> Consultation | None:
    """Return the newest round that is open to the public today."""
    open_circles = Audience.objects.filter(
        kind=Audience.Kind.PUBLIC,
        consultation__opened_at__isnull=False,
        consultation__results_published_at__isnull=True,
        opens_on__lte=today,
        closes_on__gte=today,
    )
    circle = open_circles.select_related("consultation__edition__plan").order_by("-pk").first()
    return circle.consultation if circle else None


def stored(**narrowed: object) -> QuerySet[Suggestion]:
    """Return the suggestions in the store, the newest first; those to an open round are none of them."""
    received = Suggestion.objects.filter(received_at__isnull=False, consultation__isnull=True)
    related = received.select_related("plan", "passage", "field", "taken_into", "point")
    return related.filter(**narrowed).order_by("-received_at", "-pk")


def waiting() -> QuerySet[Suggestion]:
    """Return the suggestions no round has taken in yet."""
    return stored(taken_into__isnull=True, withdrawn_at__isnull=True)


@dataclass(frozen=True, slots=True)
class StoredRow:
    """One line of the store: a suggestion, or a point on which work goes on."""

    number: str
    url: str
    came_at: datetime
    who: str
    text: str
    passage: int | None
    state: tuple[str, str | Promise]
    since: str
    later_url: str


def store_rows() -> list[StoredRow]:
    """Return everything in the store, the newest first, with two statements."""
    rows = [*map(_row, stored()), *_deferred()]
    return sorted(rows, key=lambda row: row.came_at, reverse=True)


def _row(each: Suggestion) -> StoredRow:
    is_gone = each.withdrawn_at is not None
    return StoredRow(
        number=each.number or "",
        url=each.get_absolute_url(),
        came_at=each.received_at or each.sent_at,
        who=public_name(each),
        text="" if is_gone else each.text,
        passage=each.passage.number if each.passage else None,
        state=_state(each),
        since=each.taken_into.title if each.taken_into and each.taken_into.opened_at else "",
        later_url=each.point.get_absolute_url() if each.point else "",
    )


def _state(each: Suggestion) -> tuple[str, str | Promise]:
    if each.withdrawn_at:
        return "withdrawn", _("zurückgezogen")
    if each.point_id:
        return "done", _("in eine Runde aufgenommen")
    return "open", _("liegt im Speicher")


_COLUMNS = (
    "number",
    "submission__received_at",
    "submission__organisation_name",
    "text",
    "passage__number",
    "latest_decision__review_on",
)


def _deferred() -> Iterable[StoredRow]:
    """Yield the points on which work goes on, once that is public."""
    found = countable_points().filter(
        latest_decision__outcome=Outcome.DEFERRED,
        submission__consultation__results_published_at__isnull=False,
    )
    for number, came_at, who, text, passage, review_on in found.values_list(*_COLUMNS):
        until = timezone.localdate(came_at) if review_on is None else review_on
        yield StoredRow(
            number=number,
            url=reverse("participation:point", args=[number]),
            came_at=came_at,
            who=who,
            text=text,
            passage=passage,
            state=("planned", _("wird weiterbearbeitet")),
            since=_("wieder vorgelegt am %(day)s") % {"day": until.strftime("%d.%m.%Y")},
            later_url="",
        )
