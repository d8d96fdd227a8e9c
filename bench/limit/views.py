"""The same answers as Mitplan's pages, and nothing more."""

import io
import zipfile
from html import escape

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from bench.limit.models import Item

SHEET_ROWS = 5_000


def start(request: HttpRequest) -> HttpResponse:
    return render(request, "start.html")


def rows(request: HttpRequest, amount: int) -> HttpResponse:
    return _list(request, Item.objects.order_by("pk")[:amount])


def numbers(_request: HttpRequest) -> HttpResponse:
    """Answer with all rows as numbers for programs."""
    return JsonResponse({"numbers": list(Item.objects.values_list("pk", "chapter", "title"))})


def sheet(_request: HttpRequest) -> HttpResponse:
    """Answer with the least a spreadsheet program opens: one sheet of texts."""
    known = list(Item.objects.values_list("title", "text"))
    rows = (known[at % len(known)] for at in range(SHEET_ROWS))
    cells = "".join(f"<row>{_cell(title)}{_cell(text)}</row>" for title, text in rows)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", f"<sheetData>{cells}</sheetData>")
    return HttpResponse(packed.getvalue(), content_type="application/zip")


def _cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def point(request: HttpRequest, pk: int) -> HttpResponse:
    return _list(request, [Item.objects.get(pk=pk)])


def chapter(request: HttpRequest, number: int) -> HttpResponse:
    return _list(request, Item.objects.filter(chapter=number).order_by("pk"))


def whole(request: HttpRequest) -> HttpResponse:
    return _list(request, Item.objects.filter(chapter__gt=0).order_by("pk"))


@transaction.atomic
def hand_in(request: HttpRequest) -> HttpResponse:
    """Write the point, its audit entry and its notice."""
    text = request.POST["text"]
    for title in ("point", "audit", "notice"):
        Item.objects.create(title=title, text=text)
    return redirect("/")


def _list(request: HttpRequest, items: object) -> HttpResponse:
    return render(request, "list.html", {"items": items})
