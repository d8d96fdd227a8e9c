"""The start page."""

from datetime import date

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from mitplan.conference.permissions import allow_everyone
from mitplan.plan.permissions import may_import_editions
from mitplan.publishing.queries.reading import state_of_the_record
from mitplan.publishing.views.kept import VERSION, kept
from mitplan.web.queries import start as queries
from mitplan.web.queries.setup import house_is_founded

Written = tuple[str, str]
"""The name of the plan, and what the page says about it."""


@require_safe
@allow_everyone
def start(request: HttpRequest) -> HttpResponse:
    """What is this plan, where does it stand, and what can I do now?"""
    stamp = (state_of_the_record(), timezone.localdate())
    return kept(request, stamp, lambda: _page(request, stamp), in_process=True)


def _page(request: HttpRequest, stamp: tuple[str, date]) -> HttpResponse:
    if written := _written(stamp):
        name, text = written
        return render(request, "web/start.html", {"plan_name": name, "text": text})
    if not house_is_founded():
        return redirect("web:new_plan")
    context = {"may_import": may_import_editions(request.user)}
    return render(request, "web/no_plan.html", context)


def _written(stamp: tuple[str, date]) -> Written | None:
    """Return what the page says, written anew only after an act or on another day."""
    key = f"start:{get_language()}:{settings.DEMONSTRATION}"
    known: tuple[object, Written] | None = caches["pages"].get(key)
    if known and known[0] == (*stamp, VERSION):
        return known[1]
    found = queries.start(stamp[1])
    if found is None:
        return None
    context = {"start": found, "demonstration": settings.DEMONSTRATION}
    written = (found.plan.title, render_to_string("web/parts/start.html", context))
    caches["pages"].set(key, ((*stamp, VERSION), written))
    return written
