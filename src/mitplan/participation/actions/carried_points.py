"""Taking deferred points along into the next consultation."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import audit
from mitplan.conference.permissions import require
from mitplan.participation import permissions, policies, queries
from mitplan.participation.models import CarriedPoint, Consultation, Outcome, Point


@transaction.atomic
def carry_points(
    *, consultation: Consultation, points: Iterable[Point], by: User, at: datetime
) -> list[CarriedPoint]:
    """Say which deferred points a consultation takes along, while it is prepared; others are left out again."""
    require(allowed=permissions.may_run_consultations(by))
    consultation = Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
    policies.CONSULTATION.require(queries.state_of(consultation, at), "change")
    wanted = {each.pk: each for each in points}
    for each in wanted.values():
        _require_deferred(each)
    consultation.carried_points.exclude(point__in=wanted).delete()
    there = set(consultation.carried_points.values_list("point_id", flat=True))
    new = [
        CarriedPoint.objects.create(
            consultation=consultation, point=each, carried_by=by, carried_at=at
        )
        for pk, each in sorted(wanted.items())
        if pk not in there
    ]
    audit.record(
        "participation.points.carried",
        on=consultation,
        by=by,
        at=at,
        points=sorted(each.number or "" for each in wanted.values()),
    )
    return new


def _require_deferred(point: Point) -> None:
    decision = point.latest_decision
    if decision is None or decision.outcome != Outcome.DEFERRED:
        raise ValidationError(
            _("Anliegen %(number)s wird nicht weiterbearbeitet und lässt sich nicht mitnehmen."),
            params={"number": point.number},
        )
