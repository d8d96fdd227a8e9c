"""The end of taking part: look over, hand in, keep the receipt, withdraw."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitplan.participation import actions
from mitplan.participation.forms.take_part import HandInForm
from mitplan.participation.models import Point, Submission
from mitplan.participation.queries import consultations, drafts, rebasings
from mitplan.participation.queries.copies import copy_of
from mitplan.participation.queries.supports import supporters_in
from mitplan.participation.views import take_part
from mitplan.participation.views.desk import Desk, written_at


@require_http_methods(["GET", "POST"])
def hand_in(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Is this what we want to hand in?"""
    if desk.handed_in:
        return redirect(desk.address("quittung/"))
    if request.method == "GET" and not desk.is_open:
        return take_part.closed(request, desk)
    contact = desk.draft.contact if desk.draft else desk.seat.organisation.email
    if desk.seat.user and not desk.draft:
        contact = desk.seat.user.email
    form = HandInForm(request.POST or None, initial={"contact": contact})
    if request.method == "POST" and form.is_valid():
        try:
            _hand_in(desk, form, timezone.now(), has_no_remarks="keine-anmerkungen" in request.POST)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            return redirect(desk.address("quittung/"))
    supporters = supporters_in(desk.draft, desk.seat.user)
    context = {
        "desk": desk,
        "cards": [
            (card, supporters[card.point.pk])
            for card in drafts.cards_of(desk.consultation, written_at(desk).points)
        ],
        "form": form,
        "window": consultations.window_of(
            desk.consultation, desk.seat.organisation, timezone.localdate()
        ),
    }
    return render(
        request, "participation/hand_in.html", context, status=422 if form.errors else 200
    )


def _hand_in(desk: Desk, form: HandInForm, at: datetime, *, has_no_remarks: bool) -> None:
    draft = desk.draft or actions.begin_submission(
        consultation=desk.consultation, seat=desk.seat, at=at
    )
    actions.hand_in(
        submission=draft,
        seat=desk.seat,
        at=at,
        has_no_remarks=has_no_remarks,
        contact=form.cleaned_data["contact"],
    )


@require_safe
def receipt(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What have we handed in, and how can we prove it?"""
    submission = desk.handed_in
    if submission is None:
        return redirect(desk.address())
    cards = drafts.cards_of(desk.consultation, drafts.points_in(submission))
    context: dict[str, object] = {"desk": desk, "submission": submission, "cards": cards}
    if request.GET.get("format") == "txt":
        return _copy(submission, cards)
    carried = rebasings.newest_rebasings_in(submission, sees_all=False)
    context["rebasings"] = [
        (card.point, carried[card.point.pk]) for card in cards if card.point.pk in carried
    ]
    context["unchanged"] = any(each.waits_unchanged for each in carried.values())
    return render(request, "participation/receipt.html", context)


def _copy(submission: Submission, cards: list[drafts.PointCard]) -> HttpResponse:
    text = copy_of(submission, [(card.point, card.effects) for card in cards])
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    name = _("Stellungnahme-%(number)s.txt") % {"number": submission.number}
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def withdraw(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Do we withdraw what we handed in?"""
    submission = desk.handed_in
    if submission is None:
        raise Http404
    try:
        actions.withdraw_submission(submission=submission, seat=desk.seat, at=timezone.now())
    except ValidationError as problem:
        return take_part.refused(request, desk, problem)
    messages.success(
        request,
        _("Stellungnahme %(number)s ist zurückgezogen.") % {"number": submission.number},
    )
    return redirect(desk.address())


@require_POST
def support(request: HttpRequest, desk: Desk, point: int) -> HttpResponse:
    """Do I stand behind this point?"""
    row = get_object_or_404(Point, pk=point, submission=desk.draft)
    try:
        actions.support_point(
            point=row, holds="zuruecknehmen" not in request.POST, seat=desk.seat, at=timezone.now()
        )
    except ValidationError as problem:
        return take_part.refused(request, desk, problem)
    return redirect(f"{desk.address('abgeben/')}#a{row.pk}")
