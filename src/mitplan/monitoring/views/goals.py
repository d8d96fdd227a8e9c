"""Pages of the goals."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mitplan.common.exports import table_response, wanted_ending
from mitplan.conference.permissions import allow_everyone
from mitplan.monitoring.forms import GoalFilter
from mitplan.monitoring.queries import goals as queries
from mitplan.monitoring.queries import measures as measure_queries
from mitplan.monitoring.views import parts
from mitplan.ui.tables import Column, Empty, Table, downloads
from mitplan.ui.values import Link, in_plan_language

CurrentGoal = queries.CurrentGoal


@require_safe
@allow_everyone
def goals(request: HttpRequest) -> HttpResponseBase:
    """Which goals does the plan set, and where do they stand?"""
    listed = queries.current_goals(timezone.localdate())
    form = GoalFilter(request.GET, listed)
    narrowed = form.narrowed(listed)
    shown = [goal for goal in narrowed if form.result in ("", goal.judgement.result)]
    if wanted_ending(request):
        return table_response(request, "ziele", HEADER, map(_file_row, shown))
    if request.GET.get("format") == "json":
        return parts.json_response({"ziele": [_file_object(goal) for goal in shown]})
    context = {
        "form": form,
        "table": _table(request, shown),
        "tally": queries.tally(narrowed),
        "plans": _plans(narrowed),
    }
    return render(request, "monitoring/goals.html", context)


def _plans(goals: Sequence[CurrentGoal]) -> list[object]:
    """Return the editions the goals stand in."""
    return list(dict.fromkeys(goal.revision.edition for goal in goals))


def _table(request: HttpRequest, goals: Sequence[CurrentGoal]) -> Table:
    columns = [
        Column("goal", _("Ziel"), is_original=True),
        Column("field", _("Handlungsfeld"), is_original=True),
        Column("baseline", _("Ausgangswert"), is_numeric=True),
        Column("latest", _("letzter Wert"), is_numeric=True),
        Column("target", _("Zielwert"), is_numeric=True),
        Column("status", _("Stand")),
    ]
    return Table(
        _("Ziele und ihr Stand heute"),
        columns,
        [_row(goal) for goal in goals],
        downloads=downloads(request, "json"),
        empty=Empty(
            _("Kein Ziel passt."),
            _("Hier steht jedes Ziel der geltenden Fassung mit Ausgangswert, Zielwert und Stand."),
            Link(_("Alle Ziele zeigen"), request.path),
        ),
    )


def _row(goal: CurrentGoal) -> list[object]:
    revision = goal.revision
    return [
        Link(f"{revision.goal.code}: {revision.title}", revision.goal.get_absolute_url()),
        revision.field.name if revision.field else None,
        goal.baseline,
        goal.latest,
        goal.target,
        goal.judgement.status,
    ]


HEADER = (
    "Plan",
    "Fassung",
    "Ziel",
    "Titel",
    "Handlungsfeld",
    "Indikator",
    "Einheit",
    "Ausgangswert",
    "Stand des Ausgangswerts",
    "Zielwert",
    "Zieldatum",
    "letzter Wert",
    "Zeitraum",
    "Ergebnis",
    "Stand",
    "Satz",
    "Verfahren",
)


def _file_row(goal: CurrentGoal) -> list[object]:
    revision, judgement = goal.revision, goal.judgement
    return [
        revision.edition.plan.slug,
        revision.edition.number,
        revision.goal.code,
        revision.title,
        revision.field.name if revision.field else "",
        revision.indicator_code,
        goal.unit,
        parts.plain(revision.baseline),
        revision.baseline_on,
        parts.plain(revision.target),
        revision.target_on,
        parts.plain(goal.newest.value) if goal.newest else None,
        goal.newest.label if goal.newest else "",
        judgement.result,
        judgement.word,
        judgement.sentence,
        judgement.assessment.method,
    ]


def _file_object(goal: CurrentGoal) -> dict[str, object]:
    return dict(zip(HEADER, _file_row(goal), strict=True))


@require_safe
@allow_everyone
def goal(request: HttpRequest, slug: str, code: str) -> HttpResponseBase:
    """What does this goal demand, where does it stand, and what is done for it?"""
    found = queries.goal_of(slug, code)
    history = queries.history_of(found) if found else None
    if found is None or history is None:
        raise Http404
    current = queries.current_goal(history.shown, timezone.localdate())
    if request.GET.get("format") == "json":
        return parts.json_response(_whole_object(current))
    if wanted_ending(request):
        return _values_file(request, current)
    measures = measure_queries.measures_of_goal(found.pk, history.shown.edition_id)
    context = {
        "goal": found,
        "plan": found.plan,
        "history": history,
        "revision": history.shown,
        "current": current,
        "facts": _facts(current),
        "chart": queries.chart_of(current),
        "has_provisional": current.has_provisional,
        "inputs": _inputs(request, current),
        "measures": parts.measure_table(_("Maßnahmen für dieses Ziel"), measures),
        "costs": measure_queries.costs_of(measures),
    }
    return render(request, "monitoring/goal.html", context)


def _facts(current: CurrentGoal) -> list[tuple[str, object]]:
    revision = current.revision
    return [
        (_("Handlungsfeld"), in_plan_language(revision.field.name) if revision.field else None),
        (_("Art"), revision.get_rule_display()),
        (_("Ausgangswert"), current.baseline or _("nicht angegeben")),
        (_("letzter Wert"), current.latest or _("nicht bekannt")),
        (_("Zielwert"), current.target or _("nicht angegeben")),
        (_("Federführung"), in_plan_language(revision.lead)),
        (_("Indikator"), in_plan_language(parts.indicator_link(current))),
    ]


def _inputs(request: HttpRequest, current: CurrentGoal) -> Table:
    columns = [Column("name", _("Angabe")), Column("value", _("Wert"))]
    return Table(
        _("Was in die Bewertung eingeht"),
        columns,
        queries.inputs_of(current),
        downloads=downloads(request, "json"),
    )


def _values_file(request: HttpRequest, current: CurrentGoal) -> HttpResponseBase:
    observations = current.series.observations if current.series else ()
    rows = (
        (item.label, item.period_end, item.value, "ja" if item.provisional else "nein")
        for item in observations
    )
    name = f"ziel-{current.revision.goal_id}"
    return table_response(request, name, ("Zeitraum", "Ende", "Wert", "vorläufig"), rows)


def _whole_object(current: CurrentGoal) -> dict[str, object]:
    observations = current.series.observations if current.series else ()
    return _file_object(current) | {
        "Eingaben": dict(current.judgement.assessment.inputs),
        "Werte": [
            {"Zeitraum": item.label, "Wert": parts.plain(item.value), "vorläufig": item.provisional}
            for item in observations
        ],
    }
