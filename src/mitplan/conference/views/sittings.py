"""Pages of the sittings."""

from pathlib import PurePath

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mitplan.common.exports import table_response, wanted_ending
from mitplan.conference.forms.filters import SittingFilter
from mitplan.conference.models import Paper, Sitting
from mitplan.conference.permissions import allow_everyone, is_staff, may_run_sittings
from mitplan.conference.queries import sittings as queries
from mitplan.conference.queries.calendar import calendar_of
from mitplan.conference.views.parts import sitting_table
from mitplan.ui.tables import downloads, paginate

PER_PAGE = 50
HEADER = (
    "Tag",
    "Gremium",
    "Art",
    "Ort",
    "Gegenstand",
    "Tagesordnungspunkte",
    "Beschlüsse",
    "Quelle",
    "Anmerkung",
)


@require_safe
@allow_everyone
def sittings(request: HttpRequest) -> HttpResponseBase:
    """When did the bodies meet, and when do they meet next?"""
    form = SittingFilter(request.GET)
    found = queries.selected_sittings(form.selection())
    if wanted_ending(request):
        return table_response(request, "sitzungen", HEADER, map(_file_row, found))
    if request.GET.get("format") == "ics":
        return _calendar(request, list(found), "sitzungen.ics")
    page = paginate(request, found, per_page=PER_PAGE)
    links = downloads(request, "ics")
    context = {
        "form": form,
        "table": sitting_table(_("Sitzungen"), list(page), page=page, downloads=links),
        "may_add": is_staff(request.user),
    }
    return render(request, "conference/sittings.html", context)


def _file_row(sitting: Sitting) -> tuple[object, ...]:
    return (
        sitting.on,
        sitting.body.name,
        sitting.kind,
        sitting.place,
        sitting.subject,
        sitting.items,  # type: ignore[attr-defined]  # annotated
        sitting.decisions,  # type: ignore[attr-defined]  # annotated
        sitting.source,
        sitting.note,
    )


@require_safe
@allow_everyone
def sitting(request: HttpRequest, pk: int) -> HttpResponse:
    """What was on the agenda of this sitting, when were the papers sent, what was resolved?"""
    found = get_object_or_404(Sitting.objects.select_related("body"), pk=pk)
    if request.GET.get("format") == "ics":
        if queries.day_of(found) is None:
            raise Http404
        return _calendar(request, [found], f"sitzung-{found.pk}.ics")
    agenda = queries.agenda_of(found)
    context = {
        "sitting": found,
        "day": queries.spoken_day(found),
        "has_day": queries.day_of(found) is not None,
        "facts": _facts(found),
        "agenda": agenda,
        "late": queries.late_papers(agenda),
        "may_edit": may_run_sittings(request.user, found.body),
    }
    return render(request, "conference/sitting.html", context)


def _facts(sitting: Sitting) -> list[tuple[str, object]]:
    return [
        (_("Art"), sitting.kind),
        (_("Ort"), sitting.place),
        (_("Gegenstand"), sitting.subject),
        (_("Anmerkung"), sitting.note),
    ]


def _calendar(request: HttpRequest, listed: list[Sitting], name: str) -> HttpResponse:
    text = calendar_of(listed, request.get_host(), timezone.now())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@allow_everyone
def paper_file(request: HttpRequest, pk: int) -> FileResponse:  # noqa: ARG001 – the same for everybody
    """What does this paper say?"""
    paper = get_object_or_404(Paper, pk=pk)
    stored = paper.file.name or ""
    if not stored or not paper.file.storage.exists(stored):
        raise Http404
    name = f"{slugify(paper.title) or 'vorlage'}{PurePath(stored).suffix}"
    return FileResponse(paper.file.open("rb"), as_attachment=True, filename=name)
