"""The pack of an organisation: what to take home, and where to bring it back."""

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import override
from django.views.decorators.http import require_safe

from mitplan.accounts.models import Role
from mitplan.conference.permissions import allow
from mitplan.participation.models import Invitation
from mitplan.participation.queries import packs
from mitplan.participation.queries.form_rows import LANGUAGE
from mitplan.participation.views.desk import Desk

_OFFICE = "application/vnd.openxmlformats-officedocument."
CONTENT_TYPES = {
    ".docx": _OFFICE + "wordprocessingml.document",
    ".xlsx": _OFFICE + "spreadsheetml.sheet",
    ".zip": "application/zip",
}
WHOLE = "paket.zip"


@require_safe
def pack_file(request: HttpRequest, desk: Desk, file: str) -> HttpResponse:
    """Which file do we take home to work in?"""
    return _answer(
        packs.pack_for(desk.consultation, desk.seat.organisation, _chosen(request)), file
    )


def _chosen(request: HttpRequest) -> list[int]:
    """Return the chapters that were asked for."""
    return [int(each) for each in request.GET.getlist("kapitel") if each.isdecimal()]


@require_safe
@allow(Role.SECRETARIAT)
def pack_of(request: HttpRequest, number: int, invitation: int) -> HttpResponse:
    """What does this organisation get to answer with Word?"""
    related = Invitation.objects.select_related("consultation__edition__plan", "organisation")
    row = get_object_or_404(related, pk=invitation, consultation__number=number)
    return _answer(packs.pack_for(row.consultation, row.organisation, _chosen(request)), WHOLE)


def _answer(pack: packs.Pack, file: str) -> HttpResponse:
    """Answer with a file of the pack; it speaks German, as the plan does, whatever the page speaks."""
    with override(LANGUAGE):
        if file == WHOLE:
            data = packs.packed(pack)
        elif file in packs.FILES:
            data = packs.FILES[file](pack)
        else:
            raise Http404
    response = HttpResponse(data, content_type=CONTENT_TYPES[Path(file).suffix])
    name = f"runde-{pack.consultation.number}-{slugify(pack.organisation.name)[:60]}-{file}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
