"""Indicators and their values: each value with its own source, no two series joined."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitplan.core.indicators import Observation as ObservationValue
from mitplan.monitoring.models import Indicator, Observation
from mitplan.monitoring.queries.assessments import (
    MISSING_BY_CODE,
    OBSERVED,
    WHOLE_LAND,
    observation_value,
    series_of,
    trimmed,
)
from mitplan.plan.models import GoalRevision
from mitplan.plan.queries import current_editions
from mitplan.ui.charts import MISSING, LineChart, draw

KINDS = {
    "state": gettext_lazy("Lage"),
    "subjective": gettext_lazy("Einschätzung"),
    "context": gettext_lazy("Rahmenbedingung"),
    "output": gettext_lazy("Leistung"),
    "target": gettext_lazy("Zielwert"),
}
_FEWEST_POINTS = 2


@dataclass(frozen=True, slots=True)
class Selection:
    """What the list of indicators is narrowed down to; empty means all."""

    text: str = ""
    kind: str = ""
    only: str = ""


WITH_VALUES, IN_PLAN = "werte", "plan"


def kind_word(kind: str) -> str:
    """Return the kind of an indicator as a word."""
    return str(KINDS.get(kind, kind))


def selected_indicators(selection: Selection) -> QuerySet[Indicator]:
    """Return indicators with how many values they have and the end of the last period."""
    found = Indicator.objects.annotate(
        values_known=Count("observations", filter=Q(observations__value__isnull=False)),
        last_period=Max("observations__period_end", filter=Q(observations__value__isnull=False)),
    )
    if selection.kind:
        found = found.filter(kind=selection.kind)
    if selection.only == WITH_VALUES:
        found = found.filter(values_known__gt=0)
    if selection.only == IN_PLAN:
        found = found.filter(code__in=_codes_in_plan())
    for word in selection.text.split():
        found = found.filter(
            Q(name__icontains=word) | Q(definition__icontains=word) | Q(code__icontains=word)
        )
    return found


def _codes_in_plan() -> list[str]:
    editions = [edition.pk for edition in current_editions().values()]
    codes = GoalRevision.objects.filter(edition__in=editions).exclude(indicator_code="")
    return list(codes.values_list("indicator_code", flat=True))


def known_kinds() -> list[tuple[str, str]]:
    """Return the kinds indicators have, as choices."""
    kinds = Indicator.objects.exclude(kind="").order_by("kind").values_list("kind", flat=True)
    return [(kind, kind_word(kind)) for kind in kinds.distinct()]


@dataclass(frozen=True, slots=True)
class Goals:
    """A goal that counts by an indicator."""

    code: str
    title: str
    url: str


def goals_of(indicator: Indicator) -> list[Goals]:
    """Return the goals that are measured by an indicator, in the editions that hold."""
    editions = [edition.pk for edition in current_editions().values()]
    revisions = GoalRevision.objects.filter(edition__in=editions, indicator_code=indicator.code)
    return [
        Goals(each.goal.code, each.title, each.goal.get_absolute_url())
        for each in revisions.select_related("goal__plan").order_by("goal")
    ]


def values_of(indicator: Indicator) -> list[Observation]:
    """Return the values of an indicator: the whole Land first, then by region, group and time."""
    found = list(indicator.observations.all())
    found.sort(key=lambda each: (each.region_kind != WHOLE_LAND, *_series_key(each), each.period))
    return found


def missing_word(reason: str) -> str:
    """Say why a value is missing; words of the source stay as they are."""
    known = MISSING_BY_CODE.get(reason)
    return str(MISSING[known]) if known else reason


def _series_key(each: Observation) -> tuple[str, str]:
    return each.region, each.group


def charts_of(indicator: Indicator, values: Iterable[Observation]) -> list[LineChart]:
    """Draw each series of the whole Land that has two values or more; series stay apart."""
    by_group: dict[str, list[ObservationValue]] = {}
    for each in values:
        if each.region_kind == WHOLE_LAND and each.period_end is not None:
            columns = (getattr(each, name) for name in OBSERVED)
            by_group.setdefault(each.group, []).append(observation_value(*columns))
    return [
        _chart(indicator, group, points, number)
        for number, (group, points) in enumerate(by_group.items(), start=1)
        if sum(point.value is not None for point in points) >= _FEWEST_POINTS
    ]


def _chart(
    indicator: Indicator, group: str, points: list[ObservationValue], number: int
) -> LineChart:
    series = series_of(indicator, points)
    return draw(
        series.observations,
        title=f"{indicator.name} ({group})" if group else indicator.name,
        unit=indicator.unit,
        frequency=series.frequency,
        identifier=f"reihe-{number}",
    )


HEADER = (
    "Indikator",
    "Name",
    "Gruppe",
    "Gebiet",
    "Art des Gebiets",
    "Schlüssel",
    "Zeitraum",
    "Wert",
    "Einheit",
    "warum kein Wert",
    "vorläufig",
    "Quelle",
    "Anmerkung",
    "Demonstration",
)
_EXPORTED = (
    "indicator__code",
    "indicator__name",
    "group",
    "region",
    "region_kind",
    "ags",
    "period",
    "value",
    "indicator__unit",
    "missing_reason",
    "is_provisional",
    "source",
    "note",
    "is_demonstration",
)


def rows(observations: QuerySet[Observation]) -> Iterator[tuple[object, ...]]:
    """Return values as rows under `HEADER`, in one statement."""
    ordered = observations.order_by("indicator", "region_kind", "region", "group", "period")
    for *head, value, unit, missing, provisional, source, note, invented in ordered.values_list(
        *_EXPORTED
    ):
        yield (
            *head,
            trimmed(value),
            unit,
            missing,
            _yes(provisional),
            source,
            note,
            _yes(invented),
        )


def _yes(value: bool) -> str:  # noqa: FBT001 – the value of a cell
    return _("ja") if value else _("nein")


def whole_picture(indicators: QuerySet[Indicator]) -> list[dict[str, object]]:
    """Return indicators with all their values for machines, in two statements."""
    columns = ("code", "name", "definition", "unit", "group", "kind", "source", "is_demonstration")
    listed = {row["pk"]: row for row in indicators.order_by("code").values("pk", *columns)}
    for row in listed.values():
        row["values"] = []
    observations = Observation.objects.filter(indicator__in=list(listed)).order_by("period")
    fields = ("group", "region", "period", "value", "missing_reason", "source")
    for pk, group, region, period, value, missing, source in observations.values_list(
        "indicator_id", *fields
    ):
        listed[pk]["values"].append(
            {
                "group": group,
                "region": region,
                "period": period,
                "value": _float(value),
                "missing": missing,
                "source": source,
            }
        )
    return [{name: row[name] for name in (*columns, "values")} for row in listed.values()]


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
