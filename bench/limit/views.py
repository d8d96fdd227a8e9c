"""The same answers as Mitplan's pages, and nothing more."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bench.limit.models import Item

ROWS = 25


def start(request: HttpRequest) -> HttpResponse:
    return render(request, "start.html")


def points(request: HttpRequest) -> HttpResponse:
    return _list(request, Item.objects.order_by("pk")[:ROWS])


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
