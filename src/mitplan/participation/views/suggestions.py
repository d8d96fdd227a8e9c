"""The store of topics: suggesting something at any time, with a mandate or without an account."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mitplan.accounts.models import Role, User
from mitplan.common.exports import table_response, wanted_ending
from mitplan.conference.models import Organisation
from mitplan.conference.permissions import allow, allow_everyone, mandates_of
from mitplan.participation import actions
from mitplan.participation.forms.suggestions import (
    PublicSuggestionForm,
    SuggestionForm,
    WithdrawForm,
)
from mitplan.participation.models import Consultation, Suggestion
from mitplan.participation.permissions import (
    drafting_seat_of,
    may_run_consultations,
    may_speak_for,
)
from mitplan.participation.queries import suggestions
from mitplan.participation.queries.suggestions import StoredRow
from mitplan.participation.views.access import person
from mitplan.ui.tables import Column, Empty, Table, downloads, paginate
from mitplan.ui.values import Link, Status


@require_safe
@allow_everyone
def store(request: HttpRequest) -> HttpResponseBase:
    """What was suggested outside the rounds, and what became of it?"""
    rows = suggestions.store_rows()
    if wanted_ending(request):
        return table_response(request, "themenspeicher", _heads(), map(_line, rows))
    context = {"table": _table(request, rows), "organisations": _mine(request)}
    return render(request, "participation/store.html", context)


def _heads() -> list[str]:
    return [
        *(_("Nummer"), _("Eingang"), _("Von"), _("Vorschlag"), _("Textstelle"), _("Stand")),
        *(_("Runde oder Wiedervorlage"), _("Adresse")),
    ]


def _line(row: StoredRow) -> list[object]:
    place = row.passage or ""
    return [row.number, row.came_at, row.who, row.text, place, row.state[1], row.since, row.url]


def _table(request: HttpRequest, rows: list[StoredRow]) -> Table:
    columns = [
        Column("number", _("Nummer")),
        Column("came", _("Eingang")),
        Column("who", _("Von"), is_original=True),
        Column("text", _("Vorschlag"), is_original=True),
        Column("state", _("Stand")),
        Column("since", _("Runde oder Wiedervorlage"), is_original=True),
    ]
    page = paginate(request, rows)
    return Table(
        _("Themenspeicher"),
        columns,
        [
            [
                Link(row.number, row.url),
                row.came_at,
                row.who,
                row.text,
                Status(*row.state),
                row.since,
            ]
            for row in page
        ],
        page=page,
        downloads=downloads(request),
        empty=Empty(
            _("Noch liegt nichts im Themenspeicher."),
            _("Was außerhalb einer Runde vorgeschlagen wird, steht hier bis zur nächsten."),
        ),
    )


def _mine(request: HttpRequest) -> list[Organisation]:
    found = {each.organisation for each in mandates_of(request.user) if each.organisation}
    return sorted(found, key=lambda each: each.name)


@require_http_methods(["GET", "POST"])
@allow_everyone
@never_cache
def suggest(request: HttpRequest) -> HttpResponse:
    """What do I want to suggest, without an account?"""
    form = PublicSuggestionForm(
        request.POST or None,
        list(suggestions.plans_with_text()),
        suggestions.public_round(timezone.localdate()),
        initial={"passage": request.GET.get("stelle", "")},
    )
    if request.method == "POST" and form.is_trapped:
        return redirect("participation:suggestion_sent")
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_suggestion(
                values=form.values(),
                sender=form.sender(),
                consultation=form.consultation,
                place=get_adapter().get_client_ip(request),
                at=timezone.now(),
            )
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            return redirect("participation:suggestion_sent")
    context = {"form": form, "trap": form.TRAP, "organisations": _mine(request)}
    status = 422 if form.errors else 200
    return render(request, "participation/suggest.html", context, status=status)


@require_safe
@allow_everyone
def suggestion_sent(request: HttpRequest) -> HttpResponse:
    """What happens now with my suggestion?"""
    context = {"days": suggestions.DAYS_TO_CONFIRM}
    return render(request, "participation/suggestion_sent.html", context)


@require_http_methods(["GET", "POST"])
@allow_everyone
@never_cache
def confirm_suggestion(request: HttpRequest, token: str) -> HttpResponse:
    """Is this suggestion mine, and shall it count?"""
    found = suggestions.suggestion_by_key(token)
    if found is None:
        return render(request, "participation/suggestion_too_old.html", status=404)
    if request.method == "POST" and not found.received_at:
        found = actions.confirm_suggestion(suggestion=found, at=timezone.now())
    # The mail program may have opened the link; only a person presses the button.
    return render(request, "participation/confirm_suggestion.html", {"suggestion": found})


@require_http_methods(["GET", "POST"])
@allow(Role.MANDATE_HOLDER, Role.CONTRIBUTOR)
def suggest_for(request: HttpRequest, organisation: int) -> HttpResponse:
    """What does our organisation suggest, outside any round?"""
    chosen = get_object_or_404(Organisation, pk=organisation)
    seat = drafting_seat_of(person(request), chosen)
    plans = list(suggestions.plans_with_text())
    form = SuggestionForm(request.POST or None, plans)
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.hand_in_suggestion(values=form.values(), seat=seat, at=timezone.now())
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(
                request,
                _("Der Vorschlag ist eingegangen, Nummer %(number)s.") % {"number": kept.number},
            )
            return redirect(kept)
    context = {"form": form, "organisation": chosen}
    status = 422 if form.errors else 200
    return render(request, "participation/suggest_for.html", context, status=status)


def _suggestion(number: str) -> Suggestion:
    related = ("plan", "passage__plan", "organisation", "taken_into", "point")
    found = Suggestion.objects.select_related(*related).filter(number=number).first()
    if found is None or found.consultation_id:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@allow_everyone
def suggestion(request: HttpRequest, number: str) -> HttpResponse:
    """What does this suggestion say, who made it, and what became of it?"""
    found = _suggestion(number)
    may_withdraw = not found.taken_into_id and not found.withdrawn_at and _may(request, found)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_suggestion(
            suggestion=found,
            by=person(request),
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
        )
        messages.success(request, _("Der Vorschlag ist zurückgezogen."))
        return redirect(found)
    context = {
        "suggestion": found,
        "who": suggestions.public_name(found),
        "form": form if may_withdraw else None,
        "sees_contact": may_run_consultations(request.user),
    }
    return render(request, "participation/suggestion.html", context)


def _may(request: HttpRequest, found: Suggestion) -> bool:
    if not isinstance(request.user, User):
        return False
    if may_run_consultations(request.user):
        return True
    return found.organisation is not None and may_speak_for(request.user, found.organisation)


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def take_suggestions(request: HttpRequest, number: int) -> HttpResponse:
    """Which suggestions from the store does this round take in?"""
    related = Consultation.objects.select_related("edition__plan")
    consultation = get_object_or_404(related, number=number)
    offered = suggestions.waiting().filter(plan=consultation.edition.plan)
    problems: list[str] = []
    if request.method == "POST":
        wanted = [int(each) for each in request.POST.getlist("vorschlag") if each.isdecimal()]
        try:
            taken = actions.take_suggestions(
                consultation=consultation,
                suggestions=offered.filter(pk__in=wanted),
                by=person(request),
                at=timezone.now(),
            )
        except ValidationError as problem:
            problems = problem.messages
        else:
            messages.success(request, _("%(count)s aufgenommen.") % {"count": len(taken)})
            return redirect(reverse("participation:take_suggestions", args=[number]))
    context = {
        "consultation": consultation,
        "offered": [(each, suggestions.public_name(each)) for each in offered],
        "taken": suggestions.stored(taken_into=consultation),
        "problems": problems,
    }
    status = 422 if problems else 200
    return render(request, "participation/take_suggestions.html", context, status=status)
