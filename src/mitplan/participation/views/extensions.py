"""More time: asked for by organisations, given and refused by the secretariat."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mitplan.accounts.models import Role
from mitplan.conference.permissions import allow
from mitplan.participation import actions
from mitplan.participation.forms.extensions import (
    FOR_ALL,
    AnswerForm,
    ExtensionForm,
    RequestForm,
)
from mitplan.participation.models import Consultation, ExtensionRequest
from mitplan.participation.queries import consultations
from mitplan.participation.queries.extensions import extension_requests, extension_rows
from mitplan.participation.views.access import person
from mitplan.participation.views.desk import Desk


@require_http_methods(["GET", "POST"])
def ask_for_time(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Do we need more time, until when, and why?"""
    contact = desk.seat.user.email if desk.seat.user else desk.seat.organisation.email
    form = RequestForm(request.POST or None, initial={"contact": contact})
    if request.method == "POST" and form.is_valid():
        try:
            actions.request_extension(
                consultation=desk.consultation,
                seat=desk.seat,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(request, _("Der Antrag ist gestellt. Sie bekommen eine Antwort."))
            return redirect(desk.address("mehr-zeit/"))
    context = {
        "desk": desk,
        "form": form,
        "window": consultations.window_of(
            desk.consultation, desk.seat.organisation, timezone.localdate()
        ),
        "requests": [
            each
            for each in extension_requests(desk.consultation)
            if each.organisation_id == desk.seat.organisation.pk
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "participation/ask_for_time.html", context, status=status)


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def extend(request: HttpRequest, number: int) -> HttpResponse:
    """Do we give more time, to whom, and why?"""
    related = Consultation.objects.select_related("edition__plan").prefetch_related("audiences")
    consultation = get_object_or_404(related, number=number)
    organisations = consultations.organisations_for(consultation).order_by("name")
    form = ExtensionForm(request.POST or None, organisations)
    if request.method == "POST" and form.is_valid():
        try:
            _extend(request, consultation, form)
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(request, _("Die Frist ist verlängert."))
            return redirect(consultation)
    context = {
        "consultation": consultation,
        "form": form,
        "windows": consultations.windows_of(consultation, timezone.localdate()),
        "extensions": extension_rows(consultation),
        "waiting": [each for each in extension_requests(consultation) if not each.answered_at],
    }
    status = 422 if form.errors else 200
    return render(request, "participation/extend.html", context, status=status)


def _extend(request: HttpRequest, consultation: Consultation, form: ExtensionForm) -> None:
    data, by, at = form.cleaned_data, person(request), timezone.now()
    days = {"closes_on": data["closes_on"], "reason": data["reason"], "by": by, "at": at}
    if form.chosen:
        actions.extend_for_one(consultation=consultation, organisation=form.chosen, **days)
    else:
        actions.extend_for_all(consultation=consultation, **days)


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def answer_request(request: HttpRequest, number: int, wish: int) -> HttpResponse:
    """Do we grant this request, and with which reason?"""
    related = ExtensionRequest.objects.select_related("consultation__edition", "organisation")
    found = get_object_or_404(related, pk=wish, consultation__number=number)
    form = AnswerForm(request.POST or None, initial={"granted_until": found.wished_until})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.answer_extension_request(
                request=found,
                granted_until=data["granted_until"],
                answer=data["answer"],
                for_all=data["decision"] == FOR_ALL,
                by=person(request),
                at=timezone.now(),
            )
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(request, _("Der Antrag ist beantwortet."))
            return redirect(found.consultation)
    context = {
        "consultation": found.consultation,
        "wish": found,
        "form": form,
        "window": consultations.window_of(
            found.consultation, found.organisation, timezone.localdate()
        ),
    }
    status = 422 if form.errors else 200
    return render(request, "participation/answer_request.html", context, status=status)
