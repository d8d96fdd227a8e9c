"""The points table of a consultation: as a page, as a table file, as a Word file."""

import io
from itertools import groupby
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mitplan.accounts.models import Role
from mitplan.common import large_files
from mitplan.common.exports import (
    CONTENT_TYPES,
    facts_of,
    file_response,
    table_file,
    wanted_ending,
)
from mitplan.conference.permissions import EVERYONE, allow, allow_everyone, require
from mitplan.participation import jobs
from mitplan.participation.forms.points_table import INTERNAL, Asked, TableForm, asked
from mitplan.participation.models import Consultation, Point
from mitplan.participation.permissions import may_see_unpublished
from mitplan.participation.queries import points_table_files as files
from mitplan.participation.views.access import person
from mitplan.ui.tables import downloads, paginate

AT_ONCE = 500
"""How many points a Word file may hold that somebody waits for; a longer one is made by a job."""

PER_PAGE = 100
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@allow_everyone
def points_table(request: HttpRequest, number: int) -> HttpResponseBase:
    """How was each point weighed, by passage, organisation or field of action?"""
    table = _asked(request, number, request.GET)
    total = table.points.count()
    if ending := wanted_ending(request):
        return _file(request, table, total, ending)
    if request.GET.get("format") == "docx":
        return _word(request, table, total)
    return _page(request, table, total)


def _asked(request: HttpRequest, number: int, data: QueryDict) -> Asked:
    found = Consultation.objects.filter(number=number, opened_at__isnull=False)
    consultation = found.select_related("edition__plan").first()
    if consultation is None:
        raise Http404
    sees_inside = may_see_unpublished(request.user)
    require(allowed=sees_inside or data.get("ausgabe") != INTERNAL)
    return asked(consultation, data, timezone.localdate(), may_see_inside=sees_inside)


def _file(request: HttpRequest, table: Asked, total: int, ending: str) -> HttpResponseBase:
    sheet = files.sheet(table.variant, table.lines(), settings.PUBLIC_URL)
    facts = [*table.facts(total), *facts_of(request)[1:], _marks()]
    name = f"{files.name_of(table.variant)}.{ending}"
    return file_response(table_file(ending, sheet, facts), name, CONTENT_TYPES[ending])


def _marks() -> tuple[str, object]:
    return _("Zeichen"), _("{++kommt hinzu++} {--fällt weg--}")


def _word(request: HttpRequest, table: Asked, total: int) -> HttpResponseBase:
    if total > AT_ONCE:
        messages.info(
            request,
            _(
                "Eine Word-Datei mit so vielen Anliegen wird nebenher erstellt. Bitte unten bestellen."
            ),
        )
        return redirect(f"{request.path}?{_without_format(request).urlencode()}")
    target = io.BytesIO()
    files.write_docx(
        target,
        consultation=table.consultation,
        variant=table.variant,
        found=table.lines(),
        facts=table.facts(total),
        base=settings.PUBLIC_URL,
    )
    return file_response([target.getvalue()], f"{files.name_of(table.variant)}.docx", DOCX)


def _without_format(request: HttpRequest) -> QueryDict:
    query = request.GET.copy()
    query.pop("format", None)
    query.pop("seite", None)
    return query


def _page(request: HttpRequest, table: Asked, total: int) -> HttpResponse:
    page = paginate(request, table.points, per_page=PER_PAGE)
    shown = table.lines(cast("QuerySet[Point]", page.object_list))
    context = {
        "consultation": table.consultation,
        "title": files.title_of(table.consultation),
        "variant": table.variant,
        "form": TableForm(request.GET, may_see_inside=may_see_unpublished(request.user)),
        "kept": table.kept,
        "facts": table.facts(total),
        "groups": [
            (group, [(line, files.editions_of(line)) for line in lines])
            for group, lines in groupby(shown, key=lambda line: line.group)
        ],
        "page": page,
        "links": downloads(request),
        "query": _without_format(request).urlencode(),
        "is_large": total > AT_ONCE,
        "is_closed": table.sight.sees_all or table.consultation.pk in table.sight.closed,
    }
    return render(request, "participation/points_table.html", context)


@require_POST
@allow(*(EVERYONE - {Role.VISITOR}))
def order_points_table(request: HttpRequest, number: int) -> HttpResponse:
    """Shall a Word file with so many points be made beside the pages?"""
    table = _asked(request, number, QueryDict(request.POST.get("auswahl", "")))
    export = large_files.ask_for(
        kind="points_table",
        title=files.title_of(table.consultation),
        filename=f"{files.name_of(table.variant)}.docx",
        parameters={
            "consultation": number,
            "query": request.POST.get("auswahl", ""),
            "is_internal": table.variant.is_internal,
            "back": reverse("participation:points_table", args=[number]),
        },
        enqueue=jobs.make_points_table.enqueue,
        by=person(request),
        at=timezone.now(),
    )
    return redirect(export)
