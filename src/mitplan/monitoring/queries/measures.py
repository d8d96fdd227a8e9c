"""Measures as the plan that holds words them: who, when, with what money, through which projects."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.db.models import Count, QuerySet
from django.urls import reverse

from mitplan.plan.models import GoalRevision, Measure, MeasureRevision
from mitplan.plan.queries import current_editions
from mitplan.projects.models import Project

CENTS = 100
UNBROKEN_DASH = "\N{WORD JOINER}–\N{WORD JOINER}"


@dataclass(frozen=True, slots=True)
class Selection:
    """What the list of measures is narrowed down to; empty means all."""

    plan: str = ""
    state: str = ""
    lead: str = ""
    field: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure in the edition that holds. Unknown costs are None, never zero."""

    pk: int
    plan: str
    plan_title: str
    is_demonstration: bool
    code: str
    title: str
    text: str
    lead: str
    state: str
    begins_year: int | None
    ends_year: int | None
    cost_cents: int | None
    goal_id: int | None
    goal_code: str = ""
    goal_title: str = ""
    field: str = ""
    projects: int = 0

    @property
    def url(self) -> str:
        """The page of the measure."""
        return f"{_base('measure', self.plan)}{quote(self.code)}/"

    @property
    def goal_url(self) -> str:
        """The page of its goal."""
        return f"{_base('goal', self.plan)}{quote(self.goal_code)}/"

    @property
    def span(self) -> str:
        """From when until when, as far as it is known."""
        years = [str(year) if year else "" for year in (self.begins_year, self.ends_year)]
        return UNBROKEN_DASH.join(years) if any(years) else ""

    @property
    def state_word(self) -> str:
        """The state as a word."""
        return str(_STATES[self.state])


_STATES = dict(MeasureRevision.State.choices)


@lru_cache(maxsize=256)
def _base(name: str, plan: str) -> str:
    """Return where the pages of a plan's goals or measures stand; looked up once, not for every row."""
    return reverse(f"monitoring:{name}", args=[plan, "0"]).removesuffix("0/")


_COLUMNS = (
    "measure_id",
    "measure__plan__slug",
    "measure__plan__title",
    "measure__plan__is_demonstration",
    "measure__code",
    "title",
    "text",
    "lead",
    "state",
    "begins_year",
    "ends_year",
    "cost_cents",
    "goal_id",
)


def current_measures() -> list[MeasureRow]:
    """Return the measures of all editions that hold, in their order, in four statements."""
    editions = [edition.pk for edition in current_editions().values()]
    revisions = MeasureRevision.objects.filter(edition__in=editions)
    return list(_rows(revisions.order_by("edition", "measure"), editions))


def measures_of_goal(goal: int, edition: int) -> list[MeasureRow]:
    """Return the measures that serve a goal in an edition."""
    found = MeasureRevision.objects.filter(goal=goal, edition=edition).order_by("measure")
    return list(_rows(found, []))


def _rows(revisions: QuerySet[MeasureRevision], editions: list[int]) -> Iterator[MeasureRow]:
    rows = list(revisions.values_list(*_COLUMNS))
    projects = _project_counts([row[0] for row in rows])
    goals = _goals(editions) if editions else {}
    for row in rows:
        values: list[Any] = [*row, *goals.get(row[-1], NO_GOAL), projects.get(row[0], 0)]
        yield MeasureRow(*values)


NO_GOAL = ("", "", "")


def _goals(editions: list[int]) -> dict[int, tuple[str, str, str]]:
    columns = ("goal_id", "goal__code", "title", "field__name")
    rows = GoalRevision.objects.filter(edition__in=editions).values_list(*columns)
    return {goal: (code, title, field or "") for goal, code, title, field in rows}


def _project_counts(measures: Iterable[int]) -> dict[int, int]:
    links = Project.measures.through.objects.filter(measure__in=measures)
    return dict(links.values_list("measure").annotate(number=Count("pk")))


def selected(rows: Iterable[MeasureRow], selection: Selection) -> list[MeasureRow]:
    """Narrow measures down."""
    words = selection.text.lower().split()
    return [
        row
        for row in rows
        if selection.plan in ("", row.plan)
        and selection.lead in ("", row.lead)
        and selection.field in ("", row.field)
        and (not selection.state or (row.state or "unbekannt") == selection.state)
        and all(word in f"{row.code} {row.title} {row.text}".lower() for word in words)
    ]


@dataclass(frozen=True, slots=True)
class Costs:
    """What is known of the costs: their sum, and of how many measures they are known."""

    known: int
    total: int
    cents: int


def costs_of(rows: Iterable[MeasureRow]) -> Costs:
    """Add up what is known; what is unknown is counted, never taken for zero."""
    amounts = [row.cost_cents for row in rows]
    known = [amount for amount in amounts if amount is not None]
    return Costs(len(known), len(amounts), sum(known))


def measure_of(slug: str, code: str) -> Measure | None:
    """Return a measure by the name of its plan and its code."""
    measures = Measure.objects.select_related("plan", "passage")
    return measures.filter(plan__slug=slug, code=code).first()


@dataclass(frozen=True, slots=True)
class MeasureHistory:
    """A measure through the public editions, the newest first, and the one that counts today."""

    revisions: list[MeasureRevision]
    shown: MeasureRevision
    is_in_force: bool
    goal: GoalRevision | None


def history_of(measure: Measure) -> MeasureHistory | None:
    """Return a measure through the public editions; None where no public edition has it."""
    found = MeasureRevision.objects.filter(measure=measure, edition__released_at__isnull=False)
    revisions = list(found.select_related("edition").order_by("-edition__number"))
    if not revisions:
        return None
    current = current_editions().get(measure.plan_id)
    for revision in revisions:
        revision.edition.plan = measure.plan
        revision.measure = measure
    holding = [each for each in revisions if current and each.edition_id == current.pk]
    shown = (holding or revisions)[0]
    goal = (
        GoalRevision.objects.filter(goal=shown.goal_id, edition=shown.edition_id)
        .select_related("goal__plan", "field")
        .first()
    )
    return MeasureHistory(revisions, shown, bool(holding), goal)


def projects_of(measure: Measure) -> list[Project]:
    """Return the projects that carry a measure out."""
    return list(measure.projects.order_by("name"))
