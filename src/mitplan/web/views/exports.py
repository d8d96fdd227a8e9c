"""Files that were asked for: how far they are, and the file itself."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mitplan.accounts.models import Role
from mitplan.common import large_files
from mitplan.common.models import Export
from mitplan.conference.permissions import allow
from mitplan.publishing.views.access import person


def _own_or_404(request: HttpRequest, pk: int) -> Export:
    """Return a file somebody asked for; nobody else learns of it."""
    found = Export.objects.filter(pk=pk, asked_by=person(request)).first()
    if found is None:
        raise Http404
    return found


@require_safe
@allow(Role.PERSON)
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """How far is the file I asked for?"""
    found = _own_or_404(request, pk)
    is_part = request.headers.get("HX-Request") == "true"
    stands_still = found.is_under_way and (
        found.moved_at < timezone.now() - large_files.GIVEN_UP_AFTER
    )
    context = {"export": found, "stands_still": stands_still}
    template = "web/parts/export.html" if is_part else "web/export.html"
    return render(request, template, context)


@require_safe
@allow(Role.PERSON)
def export_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Where is the file I asked for?"""
    found = _own_or_404(request, pk)
    if not found.is_done or not found.file.storage.exists(found.file.name or ""):
        raise Http404
    large_files.fetched(export=found, at=timezone.now())
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=found.filename)
