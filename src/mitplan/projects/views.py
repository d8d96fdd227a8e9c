"""Pages of the projects."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mitplan.common.exports import table_response, wanted_ending
from mitplan.common.partial_dates import spoken_span
from mitplan.conference.permissions import allow_everyone
from mitplan.projects import queries
from mitplan.projects.forms import ProjectFilter
from mitplan.projects.models import Project
from mitplan.projects.queries import State
from mitplan.ui.tables import Column, Empty, Table, chosen_sort, downloads, paginate
from mitplan.ui.values import Evidence, Link, Status, in_plan_language

PER_PAGE = 50
SYMBOLS = {
    State.CURRENT: "running",
    State.FUTURE: "future",
    State.ENDED: "ended",
    State.OPEN: "no_data",
}


@require_safe
@allow_everyone
def projects(request: HttpRequest) -> HttpResponseBase:
    """Which projects are there, and which of them run now?"""
    today = timezone.localdate()
    form = ProjectFilter(request.GET)
    found = queries.selected_projects(form.selection(), today)
    if wanted_ending(request) or request.GET.get("format") == "json":
        return _file(request, found.prefetch_related("districts").order_by("name", "pk"), today)
    table = _table(request, found, today)
    counts = queries.counts_by_state(found, today)
    context = {
        "form": form,
        "table": table,
        "total": sum(counts.values()),
        "counts": [(_status(state), number) for state, number in counts.items()],
    }
    return render(request, "projects/projects.html", context)


def _table(request: HttpRequest, found: QuerySet[Project], today: date) -> Table:
    columns = [
        Column("name", _("Projekt"), is_sortable=True, is_original=True),
        Column("carrier", _("Träger"), is_sortable=True, is_original=True),
        Column("level", _("Ebene"), is_sortable=True),
        Column("field", _("Thema"), is_sortable=True),
        Column("begins", _("Zeitraum"), is_sortable=True),
        Column("state", _("Stand")),
        Column("funding", _("Förderung")),
        Column("source", _("Beleg")),
    ]
    sort = chosen_sort(request, columns, "name")
    page = paginate(request, found.order_by(sort, "pk"), per_page=PER_PAGE)
    return Table(
        _("Projekte"),
        columns,
        [_row(project, today) for project in page],
        sort=sort,
        page=page,
        downloads=downloads(request, "json"),
        empty=Empty(
            _("Kein Projekt passt."),
            _("Hier stehen Projekte von Land, Kommunen und Zivilgesellschaft, mit Quelle."),
            Link(_("Alle Projekte zeigen"), request.path),
        ),
    )


def _row(project: Project, today: date) -> list[object]:
    state = queries.state_of(project.begins, project.ends, today)
    return [
        Link(project.name, project.get_absolute_url()),
        project.carrier,
        project.get_level_display(),
        project.field,
        spoken_span(project.begins, project.ends),
        _status(state),
        queries.funding(project),
        Evidence(project.source, project.is_demonstration),
    ]


def _status(state: State) -> Status:
    return Status(SYMBOLS[state], str(state.label))


def _file(request: HttpRequest, found: QuerySet[Project], today: date) -> HttpResponseBase:
    rows = queries.rows(found, today)
    if wanted_ending(request):
        return table_response(request, "projekte", queries.HEADER, rows)
    listed = [dict(zip(queries.HEADER, row, strict=True)) for row in rows]
    return JsonResponse({"projekte": listed}, json_dumps_params={"ensure_ascii": False})


@require_safe
@allow_everyone
def project_map(request: HttpRequest) -> HttpResponseBase:
    """Where do the projects work?"""
    form = ProjectFilter(request.GET)
    found = queries.selected_projects(form.selection(), timezone.localdate())
    counts = queries.counts_by_district(found)
    if wanted_ending(request):
        rows = ((each.ags, each.name, each.region, each.projects) for each in counts)
        header = ("Schlüssel", "Kreis", "Regierungsbezirk", "Projekte")
        return table_response(request, "projekte-nach-kreisen", header, rows)
    context = {
        "form": form,
        "map": queries.map_of(counts),
        "table": _district_table(request, counts),
    }
    return render(request, "projects/map.html", context)


def _district_table(request: HttpRequest, counts: Sequence[queries.DistrictCount]) -> Table:
    columns = [
        Column("district", _("Kreis"), is_original=True),
        Column("region", _("Regierungsbezirk"), is_original=True),
        Column("projects", _("Projekte"), is_numeric=True),
    ]
    address = reverse("projects:projects")
    return Table(
        _("Projekte nach Kreisen"),
        columns,
        [
            [Link(each.name, f"{address}?kreis={each.ags}"), each.region, each.projects]
            for each in counts
        ],
        downloads=downloads(request),
        empty=Empty(
            _("Noch keine Kreise."),
            _("Sind Kreise eingetragen, steht hier, wie viele Projekte in jedem arbeiten."),
        ),
    )


@require_safe
@allow_everyone
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """What is this project: who runs it, when, where, with what money?"""
    found = get_object_or_404(Project, pk=pk)
    state = queries.state_of(found.begins, found.ends, timezone.localdate())
    context = {
        "project": found,
        "facts": _facts(found),
        "state": _status(state),
        "districts": found.districts.order_by("short_name"),
        "measures": queries.measures_of(found),
    }
    return render(request, "projects/project.html", context)


def _facts(project: Project) -> list[tuple[str, object]]:
    return [
        (_("Träger"), in_plan_language(project.carrier)),
        (_("Ebene"), project.get_level_display()),
        (_("Thema"), in_plan_language(project.field)),
        (_("Ort"), in_plan_language(project.place)),
        (_("Zeitraum"), spoken_span(project.begins, project.ends) or _("nicht genannt")),
        (_("Förderung"), queries.funding(project) or _("nicht bekannt")),
        (_("Ausgezeichnet"), str(project.award_year) if project.award_year else None),
    ]
