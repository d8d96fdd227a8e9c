"""Which department answers for a topic, whose advice is asked on points, and how far it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mitplan.conference.models import Department
from mitplan.core.text.passages import Kind
from mitplan.participation.models import Advice, AdviceRequest, Point
from mitplan.plan.models import Entry, FieldOfAction, GoalRevision

ROUTED, OPEN, OVERDUE, GIVEN = "routed", "open", "overdue", "given"
WORDS: dict[str, tuple[str, str | Promise]] = {
    ROUTED: ("planned", _("zugeleitet")),
    OPEN: ("open", _("Votum offen")),
    OVERDUE: ("missed", _("Votum überfällig")),
    GIVEN: ("done", _("Votum abgegeben")),
}


@dataclass(frozen=True, slots=True)
class AdviceStand:
    """How far the advice of one department on one point is."""

    pk: int
    department: str
    due_on: date | None
    state: str

    @property
    def status(self) -> tuple[str, str | Promise]:
        """The state as symbol and word."""
        return WORDS[self.state]


def _is_given() -> Combinable:
    given = Advice.objects.filter(point=OuterRef("point"), department=OuterRef("department"))
    return Exists(given, output_field=BooleanField())


def advice_stands(points: Iterable[int], today: date) -> dict[int, list[AdviceStand]]:
    """Return how far the advice asked on points is, by point; one statement for all of them."""
    rows = AdviceRequest.objects.filter(point__in=list(points)).annotate(given=_is_given())
    columns = ("point_id", "pk", "department__name", "due_on", "given")
    found: dict[int, list[AdviceStand]] = {}
    for point, pk, department, due_on, given in rows.order_by("department__name").values_list(
        *columns
    ):
        stand = AdviceStand(pk, department, due_on, _state(due_on, today, is_given=given))
        found.setdefault(point, []).append(stand)
    return found


def _state(due_on: date | None, today: date, *, is_given: bool) -> str:
    if is_given:
        return GIVEN
    if due_on is None:
        return ROUTED
    return OVERDUE if due_on < today else OPEN


def with_advice(department: int | None, state: str, today: date) -> Q:
    """Return what narrows points down to those a department is asked on, or whose advice is in a state."""
    asked = AdviceRequest.objects.filter(point=OuterRef("pk"))
    if department:
        asked = asked.filter(department=department)
    if state:
        asked = asked.annotate(given=_is_given()).filter(given=state == GIVEN)
    if state == OPEN:
        asked = asked.filter(Q(due_on__gte=today) | Q(due_on__isnull=True))
    if state == OVERDUE:
        asked = asked.filter(due_on__lt=today)
    return Q(Exists(asked)) if department or state else Q()


def departments() -> QuerySet[Department]:
    """Return the departments that are there today, by name."""
    return Department.objects.filter(successor__isnull=True).order_by("name")


def departments_for(point: Point) -> list[Department]:
    """Return the departments that answer for the topic of a point."""
    field = topic_of(point)
    if field is None:
        return []
    return list(Department.objects.filter(topic_routes__field=field).order_by("name"))


def topic_of(point: Point) -> FieldOfAction | None:
    """Return the topic of a point: its own, that of the goal it stands at, or of the chapter around it."""
    if point.field or point.passage is None:
        return point.field
    goal = GoalRevision.objects.filter(
        edition=point.edition_id, goal__passage=point.passage, field__isnull=False
    )
    revision = goal.select_related("field").first()
    return revision.field if revision else _topic_of_the_chapter(point)


def _topic_of_the_chapter(point: Point) -> FieldOfAction | None:
    here = Entry.objects.filter(edition=point.edition_id, passage=point.passage)
    position = here.values_list("position", flat=True).first()
    if position is None:
        return None
    above = Entry.objects.filter(
        edition=point.edition_id, kind=Kind.HEADING, position__lte=position
    )
    fields = {
        each.name.casefold(): each for each in FieldOfAction.objects.filter(plan=point.edition.plan)
    }
    for heading in above.order_by("-position").values_list("wording__text", flat=True):
        if found := fields.get(heading.strip().casefold()):
            return found
    return None


def topics() -> QuerySet[FieldOfAction]:
    """Return the fields of action of all plans with the departments that answer for them."""
    found = FieldOfAction.objects.filter(plan__isnull=False).select_related("plan")
    return found.prefetch_related("topic_routes__department").order_by("plan", "number", "pk")
