"""Accepting a decision or maintaining a point, and bringing points before a sitting."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitplan.accounts.models import User
from mitplan.common import audit
from mitplan.common.languages import in_plan_language
from mitplan.conference.models import AgendaItem, Sitting
from mitplan.conference.permissions import may_run_sittings, require
from mitplan.participation import permissions, policies
from mitplan.participation.models import AgendaPoint, Objection, Point
from mitplan.participation.permissions import Seat
from mitplan.participation.queries import objections


@transaction.atomic
def answer_decision(
    *, point: Point, stance: Objection.Stance, reason: str, seat: Seat, at: datetime
) -> Objection:
    """Accept the decision on a point or maintain the point; until the last day the answer may change.

    A maintained point goes on the agenda of the next sitting at once, or waits for one.
    """
    require(allowed=seat.may_hand_in and seat.holds(point.submission))
    point = Point.objects.select_for_update(of=("self",), no_key=True).get(pk=point.pk)
    consultation = point.submission.consultation
    last_day = objections.last_day_for(consultation, seat.organisation)
    policies.require_time_to_answer(point, consultation, last_day, at)
    answer = _stored(point, stance, reason, seat, at)
    audit.record(
        f"participation.decision.{stance}",
        on=answer,
        by=seat.user,
        at=at,
        on_behalf_of=point.submission.organisation_name,
        point=point.number,
        reason=answer.reason,
    )
    _follow(answer, seat.user, at)
    return answer


def _stored(
    point: Point, stance: Objection.Stance, reason: str, seat: Seat, at: datetime
) -> Objection:
    found = Objection.objects.filter(decision=point.latest_decision_id).first()
    answer = found or Objection(point=point, decision=point.latest_decision)
    answer.stance, answer.reason = stance, reason.strip()
    answer.answered_at, answer.answered_as, answer.answered_by = at, seat.role, seat.user
    answer.full_clean(exclude=["point", "decision", "answered_by"])
    answer.save()
    return answer


def _follow(answer: Objection, by: User | None, at: datetime) -> None:
    """Put a maintained point on the next agenda; take off it what is accepted after all."""
    standing = objections.agenda_of(answer.point)
    if answer.stance == Objection.Stance.ACCEPTED:
        if standing and standing.cause == AgendaPoint.Cause.MAINTAINED:
            _take_off(standing, by, at)
        return
    if standing and standing.agenda_item.sitting.on > timezone.localdate(at).isoformat():
        return
    is_demonstration = answer.point.edition.plan.is_demonstration
    sitting = objections.next_sitting(timezone.localdate(at), is_demonstration=is_demonstration)
    if sitting:
        _put([answer.point], sitting, AgendaPoint.Cause.MAINTAINED, by, at)


def _take_off(standing: AgendaPoint, by: User | None, at: datetime) -> None:
    standing.taken_off_at = at
    standing.save(update_fields=["taken_off_at"])
    audit.record(
        "participation.agenda_point.taken_off",
        on=standing,
        by=by,
        at=at,
        point=standing.point.number,
    )


@transaction.atomic
def put_on_agenda(
    *,
    points: Iterable[Point],
    sitting: Sitting,
    cause: AgendaPoint.Cause,
    by: User,
    at: datetime,
) -> list[AgendaPoint]:
    """Put points before a sitting to come, under one item for all that stand there for the same cause."""
    require(allowed=permissions.may_decide(by))
    found = list(points)
    if sitting.on <= timezone.localdate(at).isoformat():
        raise ValidationError(_("Die Sitzung ist schon gewesen. Bitte eine kommende wählen."))
    for each in found:
        policies.POINT.require(policies.point_state(each), "lay_before")
        _require_same_world(each, sitting)
    return _put(found, sitting, cause, by, at)


def _require_same_world(point: Point, sitting: Sitting) -> None:
    """Refuse that invented points come before a real sitting, or the other way round."""
    if point.edition.plan.is_demonstration != sitting.is_demonstration:
        raise ValidationError(
            _("In der Demonstration kommen Anliegen nur vor erfundene Sitzungen.")
        )


@transaction.atomic
def put_waiting_on_agenda(*, sitting: Sitting, by: User, at: datetime) -> int:
    """Put the maintained points that wait on the agenda of the next sitting; nothing if it is another's."""
    require(allowed=may_run_sittings(by, sitting.body))
    following = objections.next_sitting(
        timezone.localdate(at), is_demonstration=sitting.is_demonstration
    )
    if following is None or following.pk != sitting.pk:
        return 0
    waiting = objections.waiting_for_a_sitting().filter(
        edition__plan__is_demonstration=sitting.is_demonstration
    )
    related = waiting.select_related("submission__consultation").order_by("number")
    return len(_put(list(related), sitting, AgendaPoint.Cause.MAINTAINED, by, at))


def _put(
    points: list[Point],
    sitting: Sitting,
    cause: AgendaPoint.Cause,
    by: User | None,
    at: datetime,
) -> list[AgendaPoint]:
    if not points:
        return []
    item = _item_for(sitting, cause, by, at)
    there = set(
        item.agenda_points.filter(taken_off_at__isnull=True).values_list("point_id", flat=True)
    )
    new = [each for each in points if each.pk not in there]
    return [_put_one(each, item, cause, by, at) for each in new]


def _put_one(
    point: Point, item: AgendaItem, cause: AgendaPoint.Cause, by: User | None, at: datetime
) -> AgendaPoint:
    put = AgendaPoint.objects.create(
        point=point, agenda_item=item, cause=cause, put_by=by, put_at=at
    )
    audit.record(
        "participation.agenda_point.put",
        on=put,
        by=by,
        at=at,
        point=point.number,
        agenda_item=item.pk,
        cause=cause,
    )
    return put


_TITLES = {
    AgendaPoint.Cause.MAINTAINED: gettext_lazy("Aufrechterhaltene Anliegen"),
    AgendaPoint.Cause.CONTESTED: gettext_lazy("Strittige Anliegen"),
    AgendaPoint.Cause.DEFERRED: gettext_lazy("Zurückgestellte Anliegen"),
}


def _item_for(
    sitting: Sitting, cause: AgendaPoint.Cause, by: User | None, at: datetime
) -> AgendaItem:
    """Return the item under which points of a cause stand, and put it on the agenda where it is missing."""
    Sitting.objects.select_for_update(no_key=True).get(pk=sitting.pk)
    open_items = AgendaItem.objects.filter(sitting=sitting, resolutions__isnull=True)
    found = open_items.filter(agenda_points__cause=cause).distinct().order_by("number").first()
    if found:
        return found
    last = AgendaItem.objects.filter(sitting=sitting).aggregate(last=Max("number"))["last"] or 0
    with in_plan_language():
        title = str(_TITLES[cause])
    item = AgendaItem.objects.create(
        sitting=sitting, number=last + 1, title=title, role=AgendaItem.Role.DECISION
    )
    audit.record("conference.agenda_item.added", on=item, by=by, at=at, number=item.number)
    return item
