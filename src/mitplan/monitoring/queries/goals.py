"""Goals as the plan that holds words them, and where each stands today."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from mitplan.core.indicators import Observation, Result
from mitplan.core.text.diff import Segment, word_diff
from mitplan.monitoring.queries.assessments import (
    Judgement,
    Series,
    headline_series,
    in_period,
    judge,
    latest,
    trimmed,
    word_of,
)
from mitplan.plan.models import Edition, Goal, GoalRevision
from mitplan.plan.queries import current_editions
from mitplan.ui.charts import LineChart, draw
from mitplan.ui.values import Status, spoken_date, spoken_quantity


@dataclass(frozen=True, slots=True)
class CurrentGoal:
    """A goal in the edition that holds, with its series and its status today."""

    revision: GoalRevision
    series: Series | None
    judgement: Judgement

    @property
    def unit(self) -> str:
        """The unit the goal counts in."""
        return self.judgement.unit

    @property
    def baseline(self) -> str:
        """Where it started: 42 % (2022)."""
        revision = self.revision
        return in_period(trimmed(revision.baseline), self.unit, _year(revision.baseline_on))

    @property
    def target(self) -> str:
        """Where it should arrive: 60 % (2030)."""
        revision = self.revision
        return in_period(trimmed(revision.target), self.unit, _year(revision.target_on))

    @property
    def newest(self) -> Observation | None:
        """The last known value of its series."""
        return latest(self.series.observations) if self.series else None

    @property
    def has_provisional(self) -> bool:
        """Whether a value of its series may still change."""
        return self.series is not None and any(
            each.provisional for each in self.series.observations
        )

    @property
    def latest(self) -> str:
        """The last known value with its year."""
        seen = self.newest
        return in_period(seen.value, self.unit, seen.label) if seen else ""


def current_goals(today: date) -> list[CurrentGoal]:
    """Return the goals of all editions that hold, in their order, in four statements."""
    editions = current_editions()
    revisions = list(
        GoalRevision.objects.filter(edition__in=[edition.pk for edition in editions.values()])
        .select_related("goal__passage", "field")
        .order_by("edition", "goal")
    )
    for revision in revisions:
        revision.edition = editions[revision.goal.plan_id]
        revision.goal.plan = revision.edition.plan
    series = headline_series(revision.indicator_code for revision in revisions)
    return [
        _current(revision, series.get(revision.indicator_code), today) for revision in revisions
    ]


def _current(revision: GoalRevision, series: Series | None, today: date) -> CurrentGoal:
    return CurrentGoal(revision, series, judge(revision, series, today))


@dataclass(frozen=True, slots=True)
class ResultCount:
    """How many goals have a result."""

    status: Status
    number: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts for each result; no percentage is made of them."""

    total: int
    assessable: int
    counts: list[ResultCount]


def tally(goals: Sequence[CurrentGoal]) -> Tally:
    """Count goals by result; results nobody has are left out."""
    numbers = Counter(goal.judgement.assessment.result for goal in goals)
    return Tally(
        total=len(goals),
        assessable=sum(goal.judgement.is_assessable for goal in goals),
        counts=[
            ResultCount(Status(str(result), word_of(result)), numbers[result])
            for result in Result
            if numbers[result]
        ],
    )


def goal_of(slug: str, code: str) -> Goal | None:
    """Return a goal by the name of its plan and its code."""
    goals = Goal.objects.select_related("plan", "passage")
    return goals.filter(plan__slug=slug, code=code).first()


@dataclass(frozen=True, slots=True)
class Wording:
    """A goal in one public edition, and what changed since the edition before."""

    revision: GoalRevision
    difference: tuple[Segment, ...] = ()
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """A goal through the public editions, the newest first, and the one that counts today."""

    wordings: list[Wording]
    shown: GoalRevision
    is_in_force: bool


def history_of(goal: Goal) -> History | None:
    """Return a goal through the public editions; None where no public edition has it."""
    found = GoalRevision.objects.filter(goal=goal, edition__released_at__isnull=False)
    revisions = list(found.select_related("edition", "field").order_by("edition__number"))
    if not revisions:
        return None
    current = _edition_in_force(goal)
    for revision in revisions:
        revision.edition.plan = goal.plan
        revision.goal = goal
    holding = [each for each in revisions if current and each.edition_id == current.pk]
    return History(
        wordings=list(_wordings(revisions))[::-1],
        shown=(holding or revisions)[-1],
        is_in_force=bool(holding),
    )


def _edition_in_force(goal: Goal) -> Edition | None:
    return current_editions().get(goal.plan_id)


def _wordings(revisions: Sequence[GoalRevision]) -> Iterator[Wording]:
    before: GoalRevision | None = None
    for revision in revisions:
        if before is None:
            yield Wording(revision)
        else:
            changed = before.text != revision.text
            difference = word_diff(before.text, revision.text) if changed else ()
            yield Wording(revision, difference, tuple(_changes(before, revision)))
        before = revision


_COMPARED = {"title", "baseline", "baseline_on", "target", "target_on", "indicator_code", "lead"}


def _changes(before: GoalRevision, after: GoalRevision) -> Iterator[str]:
    """Say which particulars of a goal changed, from what to what."""
    for field in GoalRevision._meta.fields:
        old, new = getattr(before, field.attname), getattr(after, field.attname)
        if field.name in _COMPARED and old != new:
            said = {"what": field.verbose_name, "old": _spoken(old), "new": _spoken(new)}
            yield _("%(what)s: %(old)s → %(new)s") % said


def _spoken(value: object) -> str:
    if value in (None, ""):
        return _("nicht angegeben")
    if isinstance(value, date):
        return spoken_date(value)
    return spoken_quantity(trimmed(value), "") if isinstance(value, Decimal) else str(value)


def current_goal(revision: GoalRevision, today: date) -> CurrentGoal:
    """Return one goal with its series and its status today."""
    series = headline_series([revision.indicator_code]) if revision.indicator_code else {}
    return _current(revision, series.get(revision.indicator_code), today)


def chart_of(goal: CurrentGoal) -> LineChart | None:
    """Draw the series of a goal with the way it should take."""
    if goal.series is None or goal.newest is None:
        return None
    return draw(
        goal.series.observations,
        goal.judgement.assessment.goal,
        title=goal.series.name,
        unit=goal.unit,
        frequency=goal.series.frequency,
        identifier="verlauf",
    )


def inputs_of(goal: CurrentGoal) -> list[tuple[str, str]]:
    """Return what went into the judgement, in words, so that it can be repeated."""
    labels = {
        "as_of": _("bewertet am"),
        "frequency": _("Rhythmus der Reihe"),
        "publication_lag_days": _("Verzug der Veröffentlichung in Tagen"),
        "type": _("Art des Ziels"),
        "baseline": _("Ausgangswert"),
        "baseline_on": _("Stand des Ausgangswerts"),
        "target": _("Zielwert"),
        "target_on": _("Zieldatum"),
        "direction": _("gewünschte Richtung"),
        "tolerance": _("Toleranz"),
        "shape": _("Form des Wegs"),
        "at_least": _("mindestens zu halten"),
        "at_most": _("höchstens zu halten"),
        "until": _("zu halten bis"),
        "period_end": _("Ende des Zeitraums"),
        "period": _("Zeitraum"),
        "value": _("Wert"),
        "missing": _("warum kein Wert"),
        "provisional": _("vorläufig"),
        "previous_period_end": _("Ende des Zeitraums davor"),
        "previous_value": _("Wert davor"),
    }
    inputs = goal.judgement.assessment.inputs
    return [(labels.get(name, name), inputs[name]) for name in inputs]


def _year(day: date | None) -> str:
    return str(day.year) if day else ""
