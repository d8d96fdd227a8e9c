"""Until when a point may be maintained, what was answered, and which points wait for a sitting."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, F, Max, OuterRef, QuerySet
from django.utils import timezone

from mitplan.conference.models import AgendaItem, Body, Organisation, Sitting
from mitplan.conference.queries.sittings import WHOLE_DAY
from mitplan.participation.models import AgendaPoint, Consultation, Objection, Point
from mitplan.participation.queries.rounds import countable_points

DAYS_TO_MAINTAIN = 14


def last_day_to_maintain(day: date) -> date:
    """Return until when a point may be maintained after a reply of this day."""
    return day + timedelta(days=DAYS_TO_MAINTAIN)


def last_day_for(consultation: Consultation, organisation: Organisation) -> date | None:
    """Return until when an organisation may maintain its points; the reply that came last counts.

    Where none was sent, the time runs from the day the results were published.
    """
    sent = consultation.sent_replies.filter(organisation=organisation)
    last: date | None = sent.aggregate(last=Max("last_day"))["last"]
    if last or consultation.results_published_at is None:
        return last
    return last_day_to_maintain(timezone.localdate(consultation.results_published_at))


def answers_to(points: Iterable[Point]) -> dict[int, Objection]:
    """Return what was answered to the latest decisions on points, by point."""
    decisions = [each.latest_decision_id for each in points if each.latest_decision_id]
    found = Objection.objects.filter(decision__in=decisions)
    return {each.point_id: each for each in found}


def maintained_points() -> QuerySet[Point]:
    """Return the points whose submitters do not accept the latest decision."""
    maintained = Objection.objects.filter(
        decision=OuterRef("latest_decision"), stance=Objection.Stance.MAINTAINED
    )
    return countable_points().filter(Exists(maintained))


def waiting_for_a_sitting() -> QuerySet[Point]:
    """Return the maintained points that stand on no agenda since their submitters said so."""
    standing = AgendaPoint.objects.filter(
        point=OuterRef("pk"),
        taken_off_at__isnull=True,
        put_at__gte=OuterRef("answered_at"),
    )
    said = maintained_points().annotate(answered_at=F("latest_decision__objection__answered_at"))
    return said.filter(~Exists(standing))


def next_sitting(today: date, *, is_demonstration: bool) -> Sitting | None:
    """Return the next sitting of the conference whose day is known; none where none is called yet."""
    return sittings_to_come(today, is_demonstration=is_demonstration).first()


def sittings_to_come(today: date, *, is_demonstration: bool | None = None) -> QuerySet[Sitting]:
    """Return the sittings of the conference to come, the next first; of both worlds if none is named."""
    world = {} if is_demonstration is None else {"is_demonstration": is_demonstration}
    coming = Sitting.objects.filter(
        **world,
        body__kind=Body.Kind.CONFERENCE,
        on__gt=today.isoformat(),
        on__regex=rf"^.{{{WHOLE_DAY}}}$",
    )
    return coming.select_related("body").order_by("on", "pk")


def standing_on(item: AgendaItem) -> QuerySet[AgendaPoint]:
    """Return the points under an item of a sitting, in the order of their numbers."""
    related = (
        "point__submission",
        "point__latest_decision__objection",
        "point__edition__plan",
    )
    found = item.agenda_points.filter(taken_off_at__isnull=True).select_related(*related)
    return found.order_by("point__number")


def agenda_of(point: Point) -> AgendaPoint | None:
    """Return where a point stands on an agenda, the latest of them."""
    found = point.agenda_points.filter(taken_off_at__isnull=True)
    return found.select_related("agenda_item__sitting__body").order_by("-pk").first()
