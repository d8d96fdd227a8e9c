"""Where a consultation stands, and what counts in it."""

import hmac
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db.models import Max, QuerySet
from django.db.models.functions import Coalesce

from mitplan.common.immutable import ImmutableQuerySet
from mitplan.conference.models import Organisation
from mitplan.participation import policies
from mitplan.participation.models import (
    Audience,
    Consultation,
    Extension,
    Invitation,
    Point,
    Submission,
)
from mitplan.participation.permissions import Seat


def audiences_of(consultation: Consultation) -> list[Audience]:
    """Return the circles of a consultation, the one that closes last at the end."""
    return sorted(consultation.audiences.all(), key=lambda audience: audience.ends_on)


def end_of(audience: str = "") -> Coalesce:
    """Return, for a query, the day with which the time of a circle is over for everybody."""
    return Coalesce(f"{audience}longest_until", f"{audience}closes_on")


def state_of(consultation: Consultation, now: datetime) -> policies.ConsultationState:
    """Return where a consultation stands at a moment."""
    return policies.consultation_state(consultation, audiences_of(consultation), now)


def audience_of(consultation: Consultation, organisation: Organisation) -> Audience:
    """Return the circle in which an organisation takes part."""
    return policies.audience_for(organisation, audiences_of(consultation))


def state_for(
    consultation: Consultation, organisation: Organisation, now: datetime
) -> policies.ConsultationState:
    """Return where a consultation stands for an organisation, whose circle has days of its own."""
    return policies.state_until(consultation, last_day_for(consultation, organisation), now)


def last_day_for(consultation: Consultation, organisation: Organisation) -> date:
    """Return the last day on which an organisation hands in, with the extension it alone was granted."""
    circle = audience_of(consultation, organisation)
    if circle.longest_until is None:
        return circle.closes_on
    own = Extension.objects.filter(audience=circle, organisation=organisation)
    longest = own.aggregate(longest=Max("closes_on"))["longest"]
    return max(circle.closes_on, longest or circle.closes_on)


def decides_after(submission: Submission, now: datetime) -> Audience | None:
    """Return the circle whose days must be over before anybody decides; nothing once they are."""
    circle = audience_of(submission.consultation, submission.organisation)
    try:
        policies.require_window_over(submission, circle, now)
    except ValidationError:
        return circle
    return None


def seat_by_key(pk: int, key: str) -> tuple[Invitation, Seat] | None:
    """Return the invitation a mail link belongs to and the seat it gives, or None for a wrong link."""
    related = ("consultation__edition__plan", "organisation")
    invitation = Invitation.objects.select_related(*related).filter(pk=pk).first()
    if invitation is None or not hmac.compare_digest(invitation.key, key):
        return None
    return invitation, Seat(invitation.organisation, None, invitation.get_route_display())


def handed_in(consultation: Consultation) -> ImmutableQuerySet:
    """Return the submissions that were handed in and not withdrawn."""
    return Submission.objects.filter(
        consultation=consultation, received_at__isnull=False, withdrawn_at__isnull=True
    )


def countable_points() -> QuerySet[Point]:
    """Return the points that stand: handed in, not withdrawn and not gone into others."""
    return Point.objects.filter(
        handed_in_at__isnull=False, withdrawn_at__isnull=True, replaced_at__isnull=True
    )


def undecided_points(consultation: Consultation) -> QuerySet[Point]:
    """Return the points of a consultation nobody has decided on; answers to questions need none."""
    return (
        countable_points()
        .filter(submission__consultation=consultation, latest_decision__isnull=True)
        .exclude(kind=Point.Kind.ANSWER)
    )
