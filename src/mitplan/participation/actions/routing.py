"""Routing topics to departments, and asking for their advice on points by a day."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import audit
from mitplan.conference.models import Department
from mitplan.conference.permissions import require
from mitplan.participation import permissions, policies
from mitplan.participation.models import AdviceRequest, Point, TopicRoute
from mitplan.participation.queries import routing
from mitplan.plan.models import FieldOfAction


@transaction.atomic
def set_topic_routes(
    *, field: FieldOfAction, departments: Iterable[Department], by: User, at: datetime
) -> None:
    """Say which departments answer for a field of action; points that were routed stay as they are."""
    require(allowed=permissions.may_decide(by))
    wanted = {each.pk for each in departments}
    field.topic_routes.exclude(department__in=wanted).delete()
    there = set(field.topic_routes.values_list("department_id", flat=True))
    TopicRoute.objects.bulk_create(
        TopicRoute(field=field, department_id=pk) for pk in sorted(wanted - there)
    )
    audit.record("participation.topic.routed", on=field, by=by, at=at, departments=sorted(wanted))


@transaction.atomic
def route_by_topic(*, point: Point, by: User, at: datetime) -> list[AdviceRequest]:
    """Route a point to the departments that answer for its topic, in addition to those it has."""
    require(allowed=permissions.may_decide(by))
    policies.POINT.require(policies.point_state(point), "advise")
    departments = routing.departments_for(point)
    if not departments:
        raise ValidationError(
            _(
                "Für das Handlungsfeld ist kein Ressort eingetragen. Bitte unter «Ressorts und "
                "Themen» nachtragen oder das Ressort selbst wählen."
            )
        )
    there = set(point.advice_requests.values_list("department_id", flat=True))
    new = [each for each in departments if each.pk not in there]
    return [_ask(point, each, None, by, at) for each in new]


@transaction.atomic
def ask_advice(
    *, point: Point, department: Department, due_on: date, by: User, at: datetime
) -> AdviceRequest:
    """Ask a department for its advice by a day; asked again, the newer day counts."""
    require(allowed=permissions.may_decide(by))
    policies.POINT.require(policies.point_state(point), "advise")
    if due_on < timezone.localdate(at):
        raise ValidationError({"due_on": _("Der Tag liegt in der Vergangenheit.")})
    return _ask(point, department, due_on, by, at)


def _ask(
    point: Point, department: Department, due_on: date | None, by: User, at: datetime
) -> AdviceRequest:
    asked, _is_new = AdviceRequest.objects.update_or_create(
        point=point,
        department=department,
        defaults={"due_on": due_on, "asked_by": by, "asked_at": at},
    )
    audit.record(
        "participation.advice.asked",
        on=asked,
        by=by,
        at=at,
        point=point.number,
        department=department.pk,
        due_on=due_on,
    )
    return asked


@transaction.atomic
def stop_asking(*, asked: AdviceRequest, by: User, at: datetime) -> None:
    """Ask a department no more; what it has said already stays."""
    require(allowed=permissions.may_decide(by))
    audit.record(
        "participation.advice.not_asked",
        on=asked,
        by=by,
        at=at,
        point=asked.point.number,
        department=asked.department_id,
    )
    asked.delete()
