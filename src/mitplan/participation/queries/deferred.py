"""Points on which work goes on: who owns them, when they come back, and what a round takes along."""

from datetime import date, timedelta

from django.db.models import QuerySet

from mitplan.participation.models import Consultation, Outcome, Point
from mitplan.participation.queries.rounds import countable_points

AHEAD = timedelta(days=14)
"""How early a deferred point comes back into view."""


def deferred_points() -> QuerySet[Point]:
    """Return the points on which work goes on, the ones that come back first at the head."""
    found = countable_points().filter(latest_decision__outcome=Outcome.DEFERRED)
    return found.order_by("latest_decision__review_on", "number")


def coming_back(today: date) -> QuerySet[Point]:
    """Return the deferred points whose day is near or past."""
    return deferred_points().filter(latest_decision__review_on__lte=today + AHEAD)


def to_take_along(consultation: Consultation) -> QuerySet[Point]:
    """Return the deferred points of the same plan that a round can take along."""
    related = ("submission", "latest_decision__owner_department")
    found = deferred_points().filter(edition__plan=consultation.edition.plan_id)
    return found.exclude(submission__consultation=consultation).select_related(*related)


def carried_into(consultation: Consultation) -> QuerySet[Point]:
    """Return the points a round has taken along, by number."""
    found = Point.objects.filter(carried_into__consultation=consultation)
    return found.select_related("submission", "latest_decision").order_by("number")
