"""Neuer Plan in fünf Schritten: from an empty house to the first consultation."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from mitplan.accounts.models import Role
from mitplan.conference.permissions import allow, allow_everyone, is_staff
from mitplan.plan.models import Edition
from mitplan.publishing.views.access import person, put_back
from mitplan.web.actions import setup as actions
from mitplan.web.forms.setup import FoundingForm, MembersForm, WindowForm
from mitplan.web.forms.text import TextForm
from mitplan.web.queries.setup import (
    Progress,
    SetupStep,
    members,
    progress,
    proposed_window,
)

PREVIEWED = 25
"""How many passages the preview shows; the whole text stands in the form."""

BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True, slots=True)
class StepLink:
    """A step as the line above the page shows it."""

    label: str
    url: str
    is_current: bool


def _page(
    request: HttpRequest, step: SetupStep, stand: Progress, *, status: int = 200, **context: object
) -> HttpResponse:
    links = [
        StepLink(str(each.label), each.url if stand.can_take(each) else "", each == step)
        for each in SetupStep
    ]
    template = f"web/new_{step.name.lower()}.html"
    return render(request, template, {"steps": links, "stand": stand, **context}, status=status)


@require_safe
@allow_everyone
def new_plan(request: HttpRequest) -> HttpResponse:
    """Which of the five steps is next?"""
    stand = progress()
    if not stand.is_founded:
        return redirect(SetupStep.ORGANISATION.url)
    if is_staff(request.user):
        return redirect(stand.next.url)
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.get_full_path())


@require_http_methods(["GET", "HEAD", "POST"])
@allow_everyone
def organisation(request: HttpRequest) -> HttpResponse:
    """Who runs the house, and who may sign in first?"""
    stand = progress()
    if stand.is_founded:
        return redirect("web:new_plan")
    form = FoundingForm(request.POST or None)
    if form.is_valid():
        try:
            user = actions.found_house(values=form.values(), at=timezone.now())
        except ValidationError as problem:
            put_back(form, problem)
        else:
            login(request, user, backend=BACKEND)
            messages.success(request, _("Ihr Konto ist angelegt, und Sie sind angemeldet."))
            return redirect(SetupStep.TEXT.url)
    status = 422 if form.errors else 200
    return _page(request, SetupStep.ORGANISATION, stand, form=form, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.SECRETARIAT)
def text(request: HttpRequest) -> HttpResponse:
    """What is the plan called, and what does its first text say?"""
    stand = progress()
    form = TextForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        status = 422 if form.errors else 200
        return _page(request, SetupStep.TEXT, stand, form=form, status=status)
    wants_saving = "save" in request.POST and not request.FILES
    try:
        _begin(request, form, actions.begin_plan if wants_saving else actions.try_plan)
    except ValidationError as problem:
        put_back(form, problem)
        return _page(request, SetupStep.TEXT, stand, form=form, status=422)
    if not wants_saving:
        return _preview(request, form, stand)
    messages.success(request, _("Der Text ist eingelesen."))
    return redirect(SetupStep.MEMBERS.url)


def _begin(request: HttpRequest, form: TextForm, action: actions.Begin) -> None:
    data = form.cleaned_data
    action(
        title=data["title"],
        kind=Edition.Kind(data["kind"]),
        dated_on=data["dated_on"],
        passages=data["passages"],
        by=person(request),
        at=timezone.now(),
    )


def _preview(request: HttpRequest, form: TextForm, stand: Progress) -> HttpResponse:
    passages = form.cleaned_data["passages"]
    return _page(
        request,
        SetupStep.TEXT,
        stand,
        form=TextForm(initial=form.cleaned_data),
        passages=passages[:PREVIEWED],
        total=len(passages),
        is_cut=len(passages) > PREVIEWED,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.SECRETARIAT)
def new_members(request: HttpRequest) -> HttpResponse:
    """Who belongs to the conference?"""
    stand = progress()
    if not stand.can_take(SetupStep.MEMBERS):
        return redirect("web:new_plan")
    form = MembersForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            admitted = actions.admit_members(
                rows=form.cleaned_data["members"], by=person(request), at=timezone.now()
            )
        except ValidationError as problem:
            put_back(form, problem)
        else:
            messages.success(request, _admitted(admitted))
            return redirect(SetupStep.CONSULTATION.url)
    known = members().order_by("category", "name").values_list("name", "category", "email")
    status = 422 if form.errors else 200
    return _page(request, SetupStep.MEMBERS, stand, form=form, known=known, status=status)


def _admitted(count: int) -> str:
    sentence = ngettext(
        "%(count)s Mitglied ist aufgenommen.", "%(count)s Mitglieder sind aufgenommen.", count
    )
    return sentence % {"count": count}


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.SECRETARIAT)
def consultation(request: HttpRequest) -> HttpResponse:
    """When may the conference say what it thinks of the text?"""
    stand = progress()
    if stand.plan is None or not stand.can_take(SetupStep.CONSULTATION):
        return redirect("web:new_plan")
    form = WindowForm(request.POST or None, initial=_proposal(stand.plan.title))
    if form.is_valid():
        try:
            actions.begin_consultation(
                plan=stand.plan, values=form.values(), by=person(request), at=timezone.now()
            )
        except ValidationError as problem:
            put_back(form, problem)
        else:
            messages.success(request, _("Die Beteiligung ist vorbereitet."))
            return redirect(SetupStep.DONE.url)
    status = 422 if form.errors else 200
    return _page(request, SetupStep.CONSULTATION, stand, form=form, status=status)


def _proposal(plan: str) -> dict[str, object]:
    opens_on, closes_on = proposed_window(timezone.localdate())
    return {
        "title": _("Beteiligung zum Plan: %(plan)s") % {"plan": plan},
        "opens_on": opens_on,
        "closes_on": closes_on,
        "opens_now": "",
    }


@require_safe
@allow(Role.SECRETARIAT)
def done(request: HttpRequest) -> HttpResponse:
    """What stands now, and how does it go on?"""
    stand = progress()
    if not stand.can_take(SetupStep.DONE):
        return redirect("web:new_plan")
    return _page(request, SetupStep.DONE, stand)
