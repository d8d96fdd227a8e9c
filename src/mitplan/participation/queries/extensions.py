"""Which windows were made longer, who asked for it, and what the answer was."""

from dataclasses import dataclass
from datetime import date, datetime

from mitplan.participation.models import Consultation, Extension, ExtensionRequest


@dataclass(frozen=True, slots=True)
class ExtensionRow:
    """One extension as everybody may read it."""

    whom: str
    is_for_one: bool
    closed_on: date
    closes_on: date
    reason: str
    granted_at: datetime


def extension_rows(consultation: Consultation) -> list[ExtensionRow]:
    """Return the extensions of a consultation, the oldest first, with one statement."""
    found = Extension.objects.filter(audience__consultation=consultation)
    return [
        ExtensionRow(
            whom=each.organisation.name if each.organisation else str(each.audience),
            is_for_one=each.organisation_id is not None,
            closed_on=each.closed_on,
            closes_on=each.closes_on,
            reason=each.reason,
            granted_at=each.granted_at,
        )
        for each in found.select_related("audience", "organisation").order_by("pk")
    ]


def extension_requests(consultation: Consultation) -> list[ExtensionRequest]:
    """Return who asked for more time, and the answers, the oldest first."""
    return list(consultation.extension_requests.select_related("organisation").order_by("pk"))


def waiting_requests() -> list[ExtensionRequest]:
    """Return the requests nobody has answered yet, with one statement."""
    waiting = ExtensionRequest.objects.filter(answered_at__isnull=True)
    return list(waiting.select_related("consultation", "organisation").order_by("pk"))
