"""The page of the departments."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mitplan.common.exports import table_response, wanted_ending
from mitplan.conference.permissions import allow_everyone, may_edit_members
from mitplan.conference.queries import departments as queries
from mitplan.conference.views.parts import evidence
from mitplan.ui.tables import Column, Empty, Table, downloads


@require_safe
@allow_everyone
def departments(request: HttpRequest) -> HttpResponseBase:
    """Which departments are there, and what were they called in each legislature?"""
    found = queries.departments_by_legislature()
    if wanted_ending(request):
        return table_response(request, "ressorts", queries.HEADER, map(queries.row, found.names))
    context = {
        "table": _table(request, found),
        "unnamed": [line.department for line in found.lines if not any(line.names)],
        "legislatures": found.legislatures,
        "contacts": queries.contacts() if may_edit_members(request.user) else [],
    }
    return render(request, "conference/departments.html", context)


def _table(request: HttpRequest, found: queries.Departments) -> Table:
    lines = [line for line in found.lines if any(line.names)]
    followed = any(line.department.successor for line in lines)
    columns = [
        Column("department", _("Ressort"), is_original=True),
        *(Column(f"w{each.number}", each.label, is_original=True) for each in found.legislatures),
        *([Column("successor", _("Nachfolger"), is_original=True)] if followed else []),
        Column("source", _("Beleg")),
    ]
    return Table(
        _("Namen der Ressorts in den Wahlperioden"),
        columns,
        [_row(line, followed=followed) for line in lines],
        downloads=downloads(request),
        empty=Empty(
            _("Noch keine Ressorts."),
            _("Hier steht, wie jedes Ressort in jeder Wahlperiode hieß."),
        ),
    )


def _row(line: queries.DepartmentLine, *, followed: bool) -> list[object]:
    successor = line.department.successor
    name = successor.name if successor else None
    return [
        line.department.name,
        *line.names,
        *([name] if followed else []),
        evidence(line.department),
    ]
