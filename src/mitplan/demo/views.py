"""Pages of the demonstration: its tour, its change of roles, its replay."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from mitplan.accounts.models import User
from mitplan.common.exports import table_response, wanted_ending
from mitplan.conference.permissions import Visitor, allow_everyone, roles_of
from mitplan.demo import tables
from mitplan.demo.context import TOUR
from mitplan.demo.queries import tour as tours
from mitplan.demo.queries.replay import documented_course
from mitplan.demo.roles import DemoRole, person_in

View = Callable[..., HttpResponseBase]


def in_demonstration(view: View) -> View:
    """Let a page exist only where the site is a demonstration."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401
        if not settings.DEMONSTRATION:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@csrf_exempt  # a token on each public page would keep it out of every cache; a role here harms nobody
@require_POST
@allow_everyone
@in_demonstration
def switch_role(request: HttpRequest) -> HttpResponse:
    """As whom shall the demonstration be seen?"""
    person = _chosen_person(request.POST.get("role", ""))
    step = request.session.get(TOUR)
    if isinstance(person, User):
        login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    else:
        logout(request)
    if step:
        request.session[TOUR] = step
    address = _safe_address(request)
    if not _is_there_for(address, person):
        messages.info(request, _("Die Seite von eben gibt es in dieser Rolle nicht."))
        return redirect("web:start")
    return redirect(address)


def _chosen_person(role: str) -> Visitor:
    person = person_in(DemoRole(role)) if role in DemoRole.values else None
    if person is None:
        raise Http404
    return person


def _safe_address(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if allowed else reverse("web:start")


def _is_there_for(address: str, person: Visitor) -> bool:
    """Tell whether a page lets a role in at all; what it shows there is its own business."""
    try:
        view = resolve(urlsplit(address).path).func
    except Resolver404:
        return False
    wanted = getattr(view, "roles", None)
    return wanted is None or not roles_of(person).isdisjoint(wanted)


@require_safe
@allow_everyone
@in_demonstration
def tour(request: HttpRequest) -> HttpResponse:
    """How does one demand become words of the plan?"""
    request.session.pop(TOUR, None)
    return render(request, "demo/tour.html", {"steps": tours.steps()})


@require_safe
@allow_everyone
@in_demonstration
def tour_step(request: HttpRequest, number: int) -> HttpResponse:
    """What happens in this step, and on which page?"""
    step, path = tours.step(number), tours.path_of_demand()
    if step is None or path is None:
        raise Http404
    request.session[TOUR] = number
    context = {
        "step": step,
        "steps": tours.steps(),
        "role": DemoRole(step.role).label,
        "address": tours.with_step(path.address(step.page), number),
        "is_first": number == 1,
        "is_last": number == len(tours.steps()),
    }
    return render(request, "demo/tour_step.html", context)


@require_safe
@allow_everyone
@in_demonstration
def replay(request: HttpRequest) -> HttpResponseBase:
    """How was the first plan made, and where would Mitplan have spoken up?"""
    days = documented_course()
    if wanted_ending(request):
        return table_response(
            request, "rueckblick-2015-2017", tables.COURSE_HEADER, tables.course(days)
        )
    context = {"days": days, "gates": tables.gates(request, days)}
    return render(request, "demo/replay.html", context)
