"""Editions as files."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from mitplan.conference.permissions import allow_everyone
from mitplan.plan.models import Edition
from mitplan.publishing.queries import files
from mitplan.publishing.views.access import edition_or_404
from mitplan.publishing.views.kept import kept

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

ODT = "application/vnd.oasis.opendocument.text"


@require_safe
@allow_everyone
def edition_file(request: HttpRequest, slug: str, number: str, ending: str) -> HttpResponse:
    """How can I take this edition with me?"""
    edition = edition_or_404(request, slug, int(number))
    return kept(request, edition.content_hash, lambda: _file(edition, ending))


def _file(edition: Edition, ending: str) -> HttpResponse:
    response = WRITERS[ending](edition)
    stamp = "" if edition.is_adopted else "-nicht-beschlossen"
    name = f"{edition.plan.slug}-fassung-{edition.number}{stamp}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _markdown(edition: Edition) -> HttpResponse:
    return HttpResponse(files.as_markdown(edition), content_type="text/markdown; charset=utf-8")


def _text(edition: Edition) -> HttpResponse:
    return HttpResponse(files.as_text(edition), content_type="text/plain; charset=utf-8")


def _docx(edition: Edition) -> HttpResponse:
    return HttpResponse(files.as_docx(edition), content_type=DOCX)


def _json(edition: Edition) -> HttpResponse:
    return JsonResponse(files.as_json(edition), json_dumps_params={"ensure_ascii": False})


def _odt(edition: Edition) -> HttpResponse:
    return HttpResponse(files.as_odt(edition), content_type=ODT)


WRITERS: dict[str, Callable[[Edition], HttpResponse]] = {
    "md": _markdown,
    "docx": _docx,
    "odt": _odt,
    "txt": _text,
    "json": _json,
}
