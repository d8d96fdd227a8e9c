"""The start page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mitplan.conference.permissions import allow_everyone
from mitplan.plan.permissions import may_import_editions
from mitplan.publishing.queries.reading import state_of_the_record
from mitplan.publishing.views.kept import kept
from mitplan.web.queries.setup import house_is_founded
from mitplan.web.queries.start import start as start_of


@require_safe
@allow_everyone
def start(request: HttpRequest) -> HttpResponse:
    """What is this plan, where does it stand, and what can I do now?"""
    today = timezone.localdate()
    return kept(request, (state_of_the_record(), today), lambda: _page(request))


def _page(request: HttpRequest) -> HttpResponse:
    found = start_of(timezone.localdate())
    if found:
        return render(request, "web/start.html", {"start": found, "plan_name": found.plan.title})
    if not house_is_founded():
        return redirect("web:new_plan")
    return render(request, "web/no_plan.html", {"may_import": may_import_editions(request.user)})
