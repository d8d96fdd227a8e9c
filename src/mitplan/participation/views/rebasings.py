"""When the text has moved on: what became of a proposal, and what its submitters say to it."""

from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitplan.accounts.models import Role
from mitplan.common.exports import table_response, wanted_ending
from mitplan.conference.permissions import allow
from mitplan.participation import actions, jobs
from mitplan.participation.forms.rebasings import ReworkForm
from mitplan.participation.models import Point, Rebasing
from mitplan.participation.permissions import Seat, seat_of
from mitplan.participation.queries import decisions, effects, rebasings, remarks, texts
from mitplan.participation.queries.effects import Effect
from mitplan.participation.queries.rebasings import RebasingRow
from mitplan.participation.queries.remarks import Preview
from mitplan.participation.views.access import asks_for_part, person
from mitplan.participation.views.desk import Desk
from mitplan.participation.views.slots import preview_part
from mitplan.ui.tables import Column, Empty, Table, chosen_sort, downloads, paginate
from mitplan.ui.values import Link, Status


@dataclass(frozen=True)
class Place:
    """A proposal on the newest edition, who answers for it, and where one goes from there."""

    rebasing: Rebasing
    seat: Seat
    back: str

    @property
    def point(self) -> Point:
        """The point whose proposal it is."""
        return self.rebasing.point


@require_http_methods(["GET", "POST"])
def adjust(request: HttpRequest, desk: Desk, point: int) -> HttpResponse:
    """Does our proposal still fit the new text?"""
    if desk.handed_in is None:
        raise Http404
    number = get_object_or_404(desk.handed_in.points, pk=point).number
    rebasing = _newest(number or "", sees_all=False)
    return _adjusting(request, Place(rebasing, desk.seat, desk.address("quittung/")))


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def adjust_for(request: HttpRequest, number: str) -> HttpResponse:
    """What did the organisation tell us about its proposal on the new text?"""
    rebasing = _newest(number, sees_all=True)
    seat = seat_of(person(request), rebasing.point.submission.organisation)
    return _adjusting(request, Place(rebasing, seat, rebasing.point.get_absolute_url()))


def _newest(number: str, *, sees_all: bool) -> Rebasing:
    point = decisions.point_by_number(number)
    found = rebasings.rebasings_of(point, sees_all=sees_all) if point else []
    if point is None or not found:
        raise Http404
    found[0].point = point
    return found[0]


def _adjusting(request: HttpRequest, place: Place) -> HttpResponse:
    if "bestaetigen" in request.POST:
        return _confirm(request, place)
    found = effects.effects_of(place.rebasing.reworked or place.rebasing.amendment)
    data = request.POST if request.method == "POST" else None
    form = ReworkForm(data, place.rebasing, found)
    if data is None or "vorschau" in request.POST or "vorschau" in request.GET:
        return _page(request, place, form, found)
    if form.is_valid():
        try:
            actions.rework_proposal(
                rebasing=place.rebasing, values=form.values(), seat=place.seat, at=timezone.now()
            )
        except ValidationError as problem:
            form.add_problem(problem)
        else:
            messages.success(request, _("Ihr Vorschlag steht jetzt auf der neuen Fassung."))
            return redirect(place.back)
    return _page(request, place, form, found, status=422)


def _confirm(request: HttpRequest, place: Place) -> HttpResponse:
    try:
        actions.confirm_rebasing(rebasing=place.rebasing, seat=place.seat, at=timezone.now())
    except ValidationError as problem:
        found = effects.effects_of(place.rebasing.amendment)
        form = ReworkForm(None, place.rebasing, found)
        return _page(request, place, form, found, problems=problem.messages, status=422)
    messages.success(request, _("Der Vorschlag ist bestätigt."))
    return redirect(place.back)


def _page(
    request: HttpRequest,
    place: Place,
    form: ReworkForm,
    found: list[Effect],
    *,
    problems: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    preview = _preview(place, form)
    if asks_for_part(request) and "vorschau" in request.GET:
        return preview_part(request, preview)
    context = {
        "place": place,
        "point": place.point,
        "preview": decisions.preview_of(place.point),
        "rebasing": place.rebasing,
        "sentence": rebasings.SENTENCES[place.rebasing.status],
        "effects": found,
        "form": form,
        "rework": preview,
        "problems": problems or form.problems,
        "may_answer": place.seat.may_hand_in and not place.point.withdrawn_at,
    }
    return render(request, "participation/adjust.html", context, status=status)


def _preview(place: Place, form: ReworkForm) -> Preview:
    """Return what the words in the form make of the new text."""
    if not form.is_bound or not form.is_valid():
        return Preview()
    edition = place.rebasing.edition
    return remarks.preview_of_wishes(edition, texts.passages_of(edition), form.values())


@require_POST
def confirm_unchanged(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Do we confirm all proposals that fit the new text as they are?"""
    if desk.handed_in is None:
        raise Http404
    waiting = rebasings.to_be_answered().filter(
        point__submission=desk.handed_in, status=Rebasing.Status.CLEAN
    )
    try:
        for rebasing in waiting:
            actions.confirm_rebasing(rebasing=rebasing, seat=desk.seat, at=timezone.now())
    except ValidationError as problem:
        for text in problem.messages:
            messages.error(request, text)
    else:
        messages.success(request, _("Die unveränderten Vorschläge sind bestätigt."))
    return redirect(desk.address("quittung/"))


def _columns() -> list[Column]:
    return [
        Column("point", pgettext("Einzahl", "Anliegen"), is_sortable=True),
        Column("organisation", _("Organisation"), is_sortable=True, is_original=True),
        Column("passage", _("Textstelle"), is_sortable=True, is_numeric=True),
        Column("edition", _("Fassung"), is_numeric=True),
        Column("status", _("Auf der neuen Fassung"), is_sortable=True),
        Column("answer", _("Antwort")),
    ]


@require_safe
@allow(Role.SECRETARIAT)
def rebasing_list(request: HttpRequest) -> HttpResponseBase:
    """How do the open proposals stand on the newest text, and which have lost their place?"""
    for plan in rebasings.plans_behind():
        jobs.carry_proposals.enqueue(plan)
    wanted = request.GET.get("stand", "")
    status = wanted if wanted in Rebasing.Status.values else ""
    sort = chosen_sort(request, _columns(), "point")
    found = rebasings.found_rebasings(status, sort)
    if wanted_ending(request):
        return _file(request, rebasings.rebasing_rows(found))
    page = paginate(request, found, per_page=50)
    rows = rebasings.rebasing_rows(cast("QuerySet[Rebasing]", page.object_list))
    table = Table(
        _("Offene Vorschläge auf der neuen Fassung"),
        _columns(),
        [_cells(row) for row in rows],
        sort=sort,
        page=page,
        downloads=downloads(request),
        empty=Empty(
            _("Kein offener Vorschlag."),
            _(
                "Wenn eine neue Fassung entsteht, steht hier zu jedem Vorschlag, über den noch nicht "
                "entschieden ist, ob er noch passt."
            ),
        ),
    )
    counts = rebasings.counts_by_status()
    context = {
        "table": table,
        "status": status,
        "choices": [(each.value, each.label, counts.get(each, 0)) for each in Rebasing.Status],
        "total": sum(counts.values()),
    }
    return render(request, "participation/rebasings.html", context)


def _answer(row: RebasingRow) -> str:
    if row.answered_at is None:
        return _("offen")
    return _("umgeschrieben") if row.is_reworked else _("bestätigt")


def _cells(row: RebasingRow) -> list[object]:
    return [
        Link(row.point, reverse("participation:adjust_for", args=[row.point])),
        row.organisation,
        row.passage,
        row.edition,
        Status(row.status, row.status_label),
        _answer(row),
    ]


def _file(request: HttpRequest, rows: list[RebasingRow]) -> HttpResponseBase:
    header = [column.label for column in _columns()]
    lines = (
        [
            row.point,
            row.organisation,
            row.passage,
            row.edition,
            row.status_label,
            _answer(row),
        ]
        for row in rows
    )
    return table_response(request, "vorschlaege-neue-fassung", header, lines)
