"""Pages of the measures."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mitplan.common.exports import table_response, wanted_ending
from mitplan.common.partial_dates import spoken_span
from mitplan.conference.permissions import allow_everyone
from mitplan.monitoring.forms import MeasureFilter
from mitplan.monitoring.queries import measures as queries
from mitplan.monitoring.views import parts
from mitplan.plan.models import MeasureRevision
from mitplan.projects.models import Project
from mitplan.ui.tables import Column, Empty, Table, downloads, paginate
from mitplan.ui.values import Evidence, Link, Status, in_plan_language

PER_PAGE = 300


@require_safe
@allow_everyone
def measures(request: HttpRequest) -> HttpResponseBase:
    """Which measures does the plan hold, who leads them, and what do they cost?"""
    listed = queries.current_measures()
    form = MeasureFilter(request.GET, listed)
    shown = queries.selected(listed, form.selection())
    if wanted_ending(request):
        return table_response(request, "massnahmen", HEADER, map(_file_row, shown))
    if request.GET.get("format") == "json":
        rows = [dict(zip(HEADER, _file_row(row), strict=True)) for row in shown]
        return parts.json_response({"massnahmen": rows})
    costs = queries.costs_of(shown)
    context = {
        "form": form,
        "table": _table(request, shown),
        "costs": costs,
        "sum": parts.euros(costs.cents),
    }
    return render(request, "monitoring/measures.html", context)


def _table(request: HttpRequest, rows: Sequence[queries.MeasureRow]) -> Table:
    columns = [
        Column("measure", _("Maßnahme"), is_original=True),
        Column("goal", _("Ziel"), is_original=True),
        Column("field", _("Handlungsfeld"), is_original=True),
        Column("lead", _("Federführung"), is_original=True),
        Column("span", _("Zeitraum")),
        Column("costs", _("Kosten"), is_numeric=True),
        Column("state", _("Stand")),
        Column("projects", _("Projekte"), is_numeric=True),
    ]
    page = paginate(request, rows, per_page=PER_PAGE)
    return Table(
        _("Maßnahmen der geltenden Fassung"),
        columns,
        [_row(row) for row in page],
        page=page,
        downloads=downloads(request, "json"),
        empty=Empty(
            _("Keine Maßnahme passt."),
            _("Hier steht, was für die Ziele getan wird: wer es tut, wann, mit welchen Kosten."),
            Link(_("Alle Maßnahmen zeigen"), request.path),
        ),
    )


def _row(row: queries.MeasureRow) -> list[object]:
    return [
        Link(f"{row.code}: {row.title}", row.url),
        Link(row.goal_code, row.goal_url) if row.goal_code else None,
        row.field,
        row.lead,
        row.span,
        parts.euros(row.cost_cents),
        parts.measure_state(row),
        row.projects,
    ]


HEADER = (
    "Plan",
    "Maßnahme",
    "Titel",
    "Wortlaut",
    "Ziel",
    "Handlungsfeld",
    "Federführung",
    "Beginn",
    "Ende",
    "Kosten in Euro",
    "Kosten bekannt",
    "Stand",
    "Projekte",
)


def _file_row(row: queries.MeasureRow) -> list[object]:
    return [
        row.plan,
        row.code,
        row.title,
        row.text,
        row.goal_code,
        row.field,
        row.lead,
        row.begins_year,
        row.ends_year,
        None if row.cost_cents is None else row.cost_cents / queries.CENTS,
        "nein" if row.cost_cents is None else "ja",
        row.state_word,
        row.projects,
    ]


@require_safe
@allow_everyone
def measure(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """What is this measure: what is done, by whom, when, with what money?"""
    found = queries.measure_of(slug, code)
    history = queries.history_of(found) if found else None
    if found is None or history is None:
        raise Http404
    projects = queries.projects_of(found)
    context = {
        "measure": found,
        "plan": found.plan,
        "history": history,
        "revision": history.shown,
        "state": _state(history.shown),
        "facts": _facts(history),
        "editions": _editions(history),
        "projects": _projects(projects),
    }
    return render(request, "monitoring/measure.html", context)


def _state(revision: MeasureRevision) -> Status:
    return Status(revision.state or "not_assessable", str(revision.get_state_display()))


def _facts(history: queries.MeasureHistory) -> list[tuple[str, object]]:
    shown, goal = history.shown, history.goal
    begins, ends = shown.begins_year or "", shown.ends_year or ""
    return [
        (
            _("Ziel"),
            in_plan_language(Link(f"{goal.goal.code}: {goal.title}", goal.goal.get_absolute_url()))
            if goal
            else None,
        ),
        (_("Handlungsfeld"), in_plan_language(goal.field.name) if goal and goal.field else None),
        (_("Federführung"), in_plan_language(shown.lead)),
        (_("Zeitraum"), spoken_span(str(begins), str(ends)) or _("nicht angegeben")),
        (_("Kosten"), parts.euros(shown.cost_cents)),
    ]


def _editions(history: queries.MeasureHistory) -> Table:
    columns = [
        Column("edition", _("Fassung")),
        Column("title", _("Titel"), is_original=True),
        Column("text", _("Wortlaut"), is_original=True),
        Column("lead", _("Federführung"), is_original=True),
        Column("costs", _("Kosten"), is_numeric=True),
        Column("state", _("Stand")),
    ]
    return Table(
        _("Die Maßnahme in den Fassungen"),
        columns,
        [
            [
                Link(str(each.edition), each.edition.get_absolute_url()),
                each.title,
                each.text,
                each.lead,
                parts.euros(each.cost_cents),
                _state(each),
            ]
            for each in history.revisions
        ],
    )


def _projects(projects: Sequence[Project]) -> Table:
    columns = [
        Column("project", _("Projekt"), is_original=True),
        Column("carrier", _("Träger"), is_original=True),
        Column("span", _("Zeitraum")),
        Column("source", _("Beleg")),
    ]
    return Table(
        _("Projekte zu dieser Maßnahme"),
        columns,
        [
            [
                Link(each.name, each.get_absolute_url()),
                each.carrier,
                spoken_span(each.begins, each.ends),
                Evidence(each.source, each.is_demonstration),
            ]
            for each in projects
        ],
        empty=Empty(
            _("Noch kein Projekt."),
            _("Führt ein Projekt diese Maßnahme aus, steht es hier."),
        ),
    )
