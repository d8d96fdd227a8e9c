"""Consultations: which there are, what one asks, and the steps of the secretariat."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitplan.accounts.models import Role
from mitplan.conference.permissions import allow, allow_everyone, has_role
from mitplan.participation import actions
from mitplan.participation.forms.consultations import (
    QUESTIONS,
    AudienceForm,
    ConsultationForm,
    QuestionForm,
    fill_in,
)
from mitplan.participation.forms.groups import PublishForm
from mitplan.participation.models import Audience, Consultation
from mitplan.participation.permissions import may_run_consultations, may_see_unpublished
from mitplan.participation.policies import CONSULTATION, ConsultationState
from mitplan.participation.queries import (
    consultations,
    deferred,
    drafts,
    extensions,
    groups,
    letters,
)
from mitplan.participation.queries.consultations import ConsultationRow
from mitplan.participation.views.access import person
from mitplan.plan.models import Edition


@require_safe
@allow_everyone
def consultation_list(request: HttpRequest) -> HttpResponse:
    """To which texts can one say something, and which rounds are over?"""
    runs = may_run_consultations(request.user)
    rows = consultations.consultation_rows(timezone.now(), with_prepared=runs)
    context = {
        "open": [row for row in rows if row.state == ConsultationState.OPEN],
        "others": [row for row in rows if row.state != ConsultationState.OPEN],
        "runs": runs,
        "takes_part": _takes_part(request),
    }
    return render(request, "participation/consultations.html", context)


def _takes_part(request: HttpRequest) -> bool:
    return has_role(request.user, Role.MANDATE_HOLDER, Role.CONTRIBUTOR)


def _row(request: HttpRequest, number: int) -> ConsultationRow:
    row = consultations.consultation_row(number, timezone.now())
    hidden = row is not None and row.state == ConsultationState.PREPARED
    if row is None or (hidden and not may_run_consultations(request.user)):
        raise Http404
    return row


@require_safe
@allow_everyone
def consultation(request: HttpRequest, number: int) -> HttpResponse:
    """What is this round about, until when, and how far is it?"""
    row = _row(request, number)
    runs = may_run_consultations(request.user)
    context = {
        "row": row,
        "consultation": row.consultation,
        "windows": consultations.windows_of(row.consultation, timezone.localdate()),
        "questions": drafts.questions_of(row.consultation),
        "extensions": extensions.extension_rows(row.consultation),
        "requests": extensions.extension_requests(row.consultation),
        "is_public": row.state == ConsultationState.OPEN and _is_public(row.consultation),
        "runs": runs,
        "carried": deferred.carried_into(row.consultation),
        "letters": letters.waiting_letters(row.consultation) if runs else [],
        "takes_part": _takes_part(request),
        "sees_submissions": may_see_unpublished(request.user)
        or row.state in (ConsultationState.CLOSED, ConsultationState.PUBLISHED),
    }
    return render(request, "participation/consultation.html", context)


def _is_public(consultation: Consultation) -> bool:
    return any(each.kind == Audience.Kind.PUBLIC for each in consultation.audiences.all())


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def new_consultation(request: HttpRequest) -> HttpResponse:
    """Which text do we open, to whom, until when, and what do we ask?"""
    return _preparing(request, None)


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def change_consultation(request: HttpRequest, number: int) -> HttpResponse:
    """What do we still change before this round is opened?"""
    row = _row(request, number)
    try:
        CONSULTATION.require(row.state, "change")
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
        return redirect(row.consultation)
    return _preparing(request, row.consultation)


@require_POST
@allow(Role.SECRETARIAT)
def discard_consultation(request: HttpRequest, number: int) -> HttpResponse:
    """Do we throw this prepared round away?"""
    row = _row(request, number)
    try:
        actions.discard_consultation(
            consultation=row.consultation, by=person(request), at=timezone.now()
        )
    except ValidationError as problem:
        for text in problem.messages:
            messages.error(request, text)
        return redirect(row.consultation)
    messages.success(request, _("Die vorbereitete Beteiligungsrunde ist verworfen."))
    return redirect("participation:consultations")


def _preparing(request: HttpRequest, consultation: Consultation | None) -> HttpResponse:
    opens_on = _wished_day(request) or consultations.next_working_day(timezone.localdate())
    proposed = consultations.proposed_days(opens_on)
    data = request.POST if request.method == "POST" else None
    editions = Edition.objects.select_related("plan").order_by("plan__title", "-number")
    form = ConsultationForm(data, editions)
    circles = [
        AudienceForm(data, kind, proposed.opens_on, proposed.closes_on) for kind in Audience.Kind
    ]
    questions = [QuestionForm(data, number) for number in QUESTIONS]
    if consultation:
        fill_in(consultation, form, circles, questions)
    if data and _all_valid(form, *circles, *questions):
        prepared = _prepare(request, consultation, form, circles, questions)
        if prepared:
            messages.success(request, _("Die Beteiligungsrunde ist vorbereitet."))
            return redirect("participation:open", prepared.number)
    context = {
        "form": form,
        "circles": circles,
        "questions": questions,
        "proposed": proposed,
        "has_editions": editions.exists(),
    }
    return render(
        request,
        "participation/new_consultation.html",
        context,
        status=422 if data else 200,
    )


def _all_valid(*forms: Form) -> bool:
    """Ask every form, so that all mistakes are shown at once."""
    return all([form.is_valid() for form in forms])  # noqa: C419 – a generator would stop early


def _wished_day(request: HttpRequest) -> date | None:
    try:
        return parse_date(request.GET.get("ab", ""))
    except ValueError:
        return None


def _prepare(
    request: HttpRequest,
    consultation: Consultation | None,
    form: ConsultationForm,
    circles: list[AudienceForm],
    questions: list[QuestionForm],
) -> Consultation | None:
    by, at = person(request), timezone.now()
    try:
        asked = [question.values(form.chosen_edition) for question in questions]
        values = form.values(
            [each.values for each in circles if each.values],
            [question for question in asked if question],
        )
        if consultation:
            return actions.change_consultation(
                consultation=consultation, values=values, by=by, at=at
            )
        return actions.prepare_consultation(
            edition=values.edition,
            title=values.title,
            audiences=values.audiences,
            questions=values.questions,
            introduction=values.introduction,
            short_reason=values.short_reason,
            late_rule=values.late_rule,
            by=by,
            at=at,
        )
    except ValidationError as problem:
        form.add_error(None, problem.messages)
        return None


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def open_round(request: HttpRequest, number: int) -> HttpResponse:
    """Do we open this round now, and what will happen then?"""
    row = _row(request, number)
    problems: list[str] = []
    if request.method == "POST":
        try:
            actions.open_consultation(
                consultation=row.consultation, by=person(request), at=timezone.now()
            )
        except ValidationError as problem:
            problems = problem.messages
        else:
            messages.success(request, _("Die Beteiligungsrunde ist eröffnet."))
            return redirect("participation:invitations", number)
    context = {
        "row": row,
        "consultation": row.consultation,
        "windows": consultations.windows_of(row.consultation, timezone.localdate()),
        "questions": drafts.questions_of(row.consultation),
        "problems": problems,
        "is_prepared": row.state == ConsultationState.PREPARED,
    }
    return render(request, "participation/open.html", context, status=422 if problems else 200)


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """Do we publish now what became of every point?"""
    row = _row(request, number)
    form = PublishForm(request.POST if request.method == "POST" else None)
    problems: list[str] = []
    if form.is_bound and form.is_valid():
        try:
            actions.publish_results(
                consultation=row.consultation,
                reason=form.cleaned_data["reason"],
                by=person(request),
                at=timezone.now(),
            )
        except ValidationError as problem:
            problems = problem.messages
        else:
            messages.success(request, _("Die Ergebnisse sind veröffentlicht."))
            return redirect(row.consultation)
    context = {
        "row": row,
        "consultation": row.consultation,
        "problems": problems,
        "unequal": groups.unequal_answers(row.consultation),
        "form": form,
    }
    return render(request, "participation/publish.html", context, status=422 if problems else 200)
