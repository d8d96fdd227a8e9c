"""Reads of the projects: which there are, when they run, where they work, what they cost."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.db import models
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitplan.common.partial_dates import earliest_day, latest_day
from mitplan.plan.models import MeasureRevision
from mitplan.plan.queries import current_editions
from mitplan.projects.models import District, Project
from mitplan.projects.shapes import shapes
from mitplan.ui.values import spoken_number

CENTS = 100


class State(models.TextChoices):
    """Where a project stands today, as far as its dates tell."""

    CURRENT = "laufend", gettext_lazy("läuft")
    FUTURE = "kuenftig", gettext_lazy("beginnt noch")
    ENDED = "beendet", gettext_lazy("beendet")
    OPEN = "offen", gettext_lazy("Ende nicht genannt")


@dataclass(frozen=True, slots=True)
class Selection:
    """What the list is narrowed down to; empty means all."""

    text: str = ""
    state: str = ""
    level: str = ""
    district: str = ""
    field: str = ""


def state_of(begins: str, ends: str, today: date) -> State:
    """Tell where a project stands; without an end nobody knows whether it still runs."""
    if begins and earliest_day(begins) > today:
        return State.FUTURE
    if ends:
        return State.ENDED if latest_day(ends) < today else State.CURRENT
    return State.OPEN


def is_in_state(state: State, today: date) -> Q:
    """The same as `state_of`, as a condition for the database.

    A partial date that begins like today's (its year, its month) is neither before nor after today.
    """
    iso = today.isoformat()
    running = [iso[:4], iso[:7], iso]
    future = Q(begins__gt=iso)
    over = Q(ends__lt=iso) & ~Q(ends="") & ~Q(ends__in=running)
    conditions = {
        State.FUTURE: future,
        State.ENDED: ~future & over,
        State.CURRENT: ~future & ~Q(ends="") & ~over,
        State.OPEN: ~future & Q(ends=""),
    }
    return conditions[state]


def selected_projects(selection: Selection, today: date) -> QuerySet[Project]:
    """Return the projects a selection asks for."""
    projects = Project.objects.all()
    if selection.state:
        projects = projects.filter(is_in_state(State(selection.state), today))
    if selection.level:
        projects = projects.filter(level=selection.level)
    if selection.field:
        projects = projects.filter(field=selection.field)
    if selection.district:
        projects = projects.filter(districts=selection.district)
    for word in selection.text.split():
        found = Q(name__icontains=word) | Q(carrier__icontains=word) | Q(place__icontains=word)
        projects = projects.filter(found | Q(note__icontains=word))
    return projects


def counts_by_state(projects: QuerySet[Project], today: date) -> dict[State, int]:
    """Count the projects in every state, in one statement."""
    counts = {state.name: Count("pk", filter=is_in_state(state, today)) for state in State}
    found = projects.order_by().aggregate(**counts)
    return {state: found[state.name] for state in State}


def known_fields() -> list[str]:
    """Return the topics projects were given."""
    fields = Project.objects.exclude(field="").order_by("field")
    return list(fields.values_list("field", flat=True).distinct())


def known_districts() -> list[tuple[str, str]]:
    """Return the districts as choices."""
    return list(District.objects.order_by("short_name").values_list("ags", "short_name"))


@dataclass(frozen=True, slots=True)
class DistrictCount:
    """How many of the selected projects work in a district."""

    ags: str
    name: str
    region: str
    projects: int


def counts_by_district(projects: QuerySet[Project]) -> list[DistrictCount]:
    """Count the selected projects in each district; a project in two districts counts in both."""
    counts = dict(
        projects.order_by()
        .filter(districts__isnull=False)
        .values_list("districts")
        .annotate(number=Count("pk", distinct=True))
    )
    rows = District.objects.order_by("short_name").values_list("ags", "short_name", "region")
    return [DistrictCount(ags, name, region, counts.get(ags, 0)) for ags, name, region in rows]


_STEPS = (1, 5, 10, 20)
"""From how many projects on a district is drawn darker."""


@dataclass(frozen=True, slots=True)
class MapArea:
    """A district on the map: its outline, and how dark it is drawn."""

    count: DistrictCount
    path: str
    step: int


@dataclass(frozen=True, slots=True)
class DistrictMap:
    """A drawing of all districts with what its shades mean."""

    width: int
    height: int
    credit: str
    areas: list[MapArea]
    legend: list[tuple[int, str]]


def map_of(counts: Iterable[DistrictCount]) -> DistrictMap:
    """Draw the districts whose outline is known."""
    known, listed = shapes(), list(counts)
    paths = known.paths_for({count.ags for count in listed})
    areas = [
        MapArea(count, paths[count.ags], step_of(count.projects))
        for count in listed
        if count.ags in paths
    ]
    return DistrictMap(known.width, known.height, known.credit, areas, _legend())


def step_of(projects: int) -> int:
    """Return how dark so many projects are drawn, from 0 to 4."""
    return sum(projects >= step for step in _STEPS)


def _legend() -> list[tuple[int, str]]:
    spans = [f"{low}–{high - 1}" for low, high in pairwise(_STEPS)]
    labels = ["0", *spans, _("ab %(number)s") % {"number": _STEPS[-1]}]
    return list(enumerate(labels))


def funding(project: Project) -> str:
    """Say what is known about the money: amount, precision, and what it is for. Unknown is empty."""
    if project.funding_cents is None:
        return ""
    decimals = 2 if project.funding_cents % CENTS else 0
    amount = spoken_number(Decimal(project.funding_cents) / CENTS, decimals)
    said = {
        "amount": f"{amount}\N{NO-BREAK SPACE}€",
        "kind": project.get_funding_kind_display(),
    }
    if project.funding_precision in ("", Project.Precision.EXACT):
        return _("%(amount)s (%(kind)s)") % said
    about = project.get_funding_precision_display()
    return _("%(about)s %(amount)s (%(kind)s)") % {"about": about, **said}


@dataclass(frozen=True, slots=True)
class LinkedMeasure:
    """A measure of a plan that holds, to which a project belongs."""

    code: str
    title: str
    url: str
    plan: str


def measures_of(project: Project) -> list[LinkedMeasure]:
    """Return the measures a project belongs to, as the plan that holds words them."""
    revisions = (
        MeasureRevision.objects.filter(
            measure__projects=project,
            edition__in=[edition.pk for edition in current_editions().values()],
        )
        .select_related("measure__plan")
        .order_by("measure__plan", "measure__pk")
    )
    return [
        LinkedMeasure(
            code=revision.measure.code,
            title=revision.title,
            url=revision.measure.get_absolute_url(),
            plan=revision.measure.plan.title,
        )
        for revision in revisions
    ]


HEADER = (
    "Name",
    "Träger",
    "Ebene",
    "Thema",
    "Ort",
    "Kreise",
    "Beginn",
    "Ende",
    "Stand",
    "Förderung in Euro",
    "Art der Förderung",
    "Genauigkeit",
    "Jahr der Auszeichnung",
    "Quelle",
    "Anmerkung",
    "Demonstration",
)


def rows(projects: Iterable[Project], today: date) -> Iterator[tuple[object, ...]]:
    """Return the projects as rows under `HEADER`; their districts are read beforehand."""
    for project in projects:
        yield (
            project.name,
            project.carrier,
            project.get_level_display(),
            project.field,
            project.place,
            "; ".join(district.short_name for district in project.districts.all()),
            project.begins,
            project.ends,
            state_of(project.begins, project.ends, today).label,
            None if project.funding_cents is None else project.funding_cents / CENTS,
            project.get_funding_kind_display(),
            project.get_funding_precision_display(),
            project.award_year,
            project.source,
            project.note,
            "ja" if project.is_demonstration else "nein",
        )
