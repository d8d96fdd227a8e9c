"""The people of an organisation: who acts for whom, and whom one invites."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mitplan.accounts.models import Role
from mitplan.conference import actions
from mitplan.conference.forms.editing import hand_back
from mitplan.conference.forms.team import AcceptForm, ColleagueForm, DelegationForm
from mitplan.conference.models import ColleagueInvitation, Delegation, Mandate, Organisation
from mitplan.conference.permissions import (
    allow,
    allow_everyone,
    belongs_to,
    may_edit_members,
    may_manage_team,
)
from mitplan.conference.queries import team as queries
from mitplan.conference.views.sheets import SignedInRequest

OF_THE_TEAM = (Role.MANDATE_HOLDER, Role.CONTRIBUTOR, Role.SECRETARIAT)


@require_http_methods(["GET", "POST"])
@allow(*OF_THE_TEAM)
@never_cache
def team(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who writes and acts for our organisation, and when?"""
    found = get_object_or_404(Organisation, pk=pk)
    if not belongs_to(request.user, found) and not may_edit_members(request.user):
        raise PermissionDenied
    mandates = queries.team_of(found, timezone.localdate())
    deputies = [each for each in mandates if each.kind == Mandate.Kind.DEPUTY]
    sent = request.POST if request.method == "POST" else None
    delegation = DelegationForm(sent if sent and "vertreten" in sent else None, deputies)
    colleague = ColleagueForm(sent if sent and "einladen" in sent else None)
    if delegation.is_bound and delegation.is_valid() and _delegate(request, delegation):
        return redirect("conference:team", pk)
    if colleague.is_bound and colleague.is_valid() and _invite(request, found, colleague):
        return redirect("conference:team", pk)
    context = {
        "organisation": found,
        "mandates": mandates,
        "delegations": queries.delegations_of(found),
        "invitations": queries.waiting_colleagues(found),
        "delegation": delegation if deputies else None,
        "colleague": colleague,
        "may_manage": may_manage_team(request.user, found),
    }
    status = 422 if delegation.errors or colleague.errors else 200
    return render(request, "conference/team.html", context, status=status)


def _delegate(request: SignedInRequest, form: DelegationForm) -> bool:
    data = form.cleaned_data
    try:
        actions.delegate(
            deputy=form.chosen,
            begins_on=data["begins_on"],
            ends_on=data["ends_on"],
            cause=data["cause"],
            by=request.user,
            at=timezone.now(),
        )
    except ValidationError as problem:
        hand_back(form, problem)
        return False
    messages.success(request, _("Die Vertretung ist eingetragen."))
    return True


def _invite(request: SignedInRequest, organisation: Organisation, form: forms.Form) -> bool:
    try:
        actions.invite_colleague(
            organisation=organisation, **form.cleaned_data, by=request.user, at=timezone.now()
        )
    except ValidationError as problem:
        hand_back(form, problem)
        return False
    messages.success(request, _("Die Einladung ist verschickt."))
    return True


@require_POST
@allow(*OF_THE_TEAM)
def revoke_delegation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Do we take these days back?"""
    found = get_object_or_404(Delegation.objects.select_related("deputy__organisation"), pk=pk)
    actions.revoke_delegation(delegation=found, by=request.user, at=timezone.now())
    messages.success(request, _("Die Vertretung ist zurückgenommen."))
    return redirect("conference:team", found.deputy.organisation_id)


@require_POST
@allow(*OF_THE_TEAM)
def revoke_colleague(request: SignedInRequest, pk: int) -> HttpResponse:
    """Do we take this invitation back?"""
    found = get_object_or_404(ColleagueInvitation, pk=pk)
    try:
        actions.revoke_colleague(invitation=found, by=request.user, at=timezone.now())
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    else:
        messages.success(request, _("Die Einladung ist zurückgenommen. Ihr Link gilt nicht mehr."))
    return redirect("conference:team", found.organisation_id)


@require_http_methods(["GET", "POST"])
@allow_everyone
@never_cache
def accept_colleague(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Do I take on the mandate I am invited to?"""
    found = queries.colleague_by_key(pk, key)
    if found is None:
        return render(request, "conference/accept_colleague.html", {}, status=404)
    form = AcceptForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            found = actions.accept_colleague(
                invitation=found, name=form.cleaned_data["name"], at=timezone.now()
            )
        except ValidationError as problem:
            hand_back(form, problem)
    is_over = found.revoked_at is not None or timezone.localdate() > found.valid_until
    context = {"invitation": found, "form": form, "is_over": is_over and not found.accepted_at}
    status = 422 if form.errors else 200
    return render(request, "conference/accept_colleague.html", context, status=status)
