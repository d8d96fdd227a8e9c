"""Points that say the same, and points that contradict each other."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from mitplan.accounts.models import Role
from mitplan.common.exports import table_response, wanted_ending
from mitplan.conference.permissions import allow
from mitplan.participation import actions
from mitplan.participation.forms.decisions import first_values
from mitplan.participation.forms.groups import SideForm
from mitplan.participation.models import Consultation, Point, PointPair
from mitplan.participation.queries import decisions, groups
from mitplan.participation.queries.decisions import Preview
from mitplan.participation.queries.groups import Suggested
from mitplan.participation.views.access import person
from mitplan.ui.tables import downloads, paginate

PER_PAGE = 20
SUGGESTED, GROUPED, CONTRADICTING = "vorschlaege", "gruppen", "widersprueche"


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def point_groups(request: HttpRequest, number: int) -> HttpResponseBase:
    """Which points say the same, and which contradict each other?"""
    related = Consultation.objects.select_related("edition__plan")
    consultation = get_object_or_404(related, number=number, opened_at__isnull=False)
    if request.method == "POST":
        return _act(request, consultation)
    suggested = groups.suggestions(consultation)
    if wanted_ending(request):
        return table_response(
            request, f"gruppen-{number}", _header(), _rows(consultation, suggested)
        )
    return _page(request, consultation, suggested)


def _page(
    request: HttpRequest, consultation: Consultation, suggested: list[Suggested]
) -> HttpResponse:
    made = groups.groups_of(consultation)
    pairs = groups.contradictions_in(consultation)
    lists: dict[str, list] = {SUGGESTED: suggested, GROUPED: made, CONTRADICTING: pairs}
    shown = request.GET.get("ansicht", "")
    shown = shown if shown in lists else SUGGESTED
    page = paginate(request, lists[shown], per_page=PER_PAGE)
    names = {
        SUGGESTED: _("vorgeschlagen"),
        GROUPED: _("Gruppen"),
        CONTRADICTING: _("Widersprüche"),
    }
    context = {
        "consultation": consultation,
        "shown": shown,
        "choices": [(key, names[key], len(each)) for key, each in lists.items()],
        "page": page,
        "suggestions": groups.members_of(list(page.object_list)) if shown == SUGGESTED else [],
        "threshold": groups.THRESHOLD,
        "contained": groups.CONTAINED_THRESHOLD,
        "is_over": consultation.results_published_at is not None,
        "links": downloads(request),
    }
    return render(request, "participation/point_groups.html", context)


def _act(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Do what the button says with the points that were ticked, and say what was done."""
    try:
        done = _done(request, consultation)
    except ValidationError as problem:
        for text in problem.messages:
            messages.error(request, text)
    else:
        messages.success(request, done)
    query = request.GET.urlencode()
    return redirect(f"{request.path}?{query}" if query else request.path)


def _done(request: HttpRequest, consultation: Consultation) -> str:
    by, at = person(request), timezone.now()
    points = list(_points(request, consultation))
    if "heraus" in request.POST:
        for each in points[:1]:
            actions.leave_group(point=each, by=by, at=at)
        return _("Das Anliegen steht wieder für sich.")
    if "getrennt" in request.POST:
        actions.keep_apart(consultation=consultation, points=points, by=by, at=at)
        return _("Notiert: nicht gleichlautend. Das wird nicht wieder vorgeschlagen.")
    if "widerspruch" in request.POST:
        first, second = _two(points)
        reason = request.POST.get("worin", "")
        actions.link_contradiction(first=first, second=second, reason=reason, by=by, at=at)
        return _("Notiert: Über beide wird jetzt zusammen entschieden.")
    actions.make_group(consultation=consultation, points=points, by=by, at=at)
    return _("Zusammengefasst: Eine Entscheidung gilt jetzt für alle %(count)s Anliegen.") % {
        "count": len(points)
    }


def _points(request: HttpRequest, consultation: Consultation) -> Iterator[Point]:
    """Yield the points that were ticked, or named by their numbers."""
    named = [*request.POST.getlist("anliegen"), *request.POST.get("nummern", "").split()]
    numbers = [each.strip(" ,;") for each in named if each.strip(" ,;")]
    found = {
        each.number: each
        for each in groups.points_to_group(consultation).filter(number__in=numbers)
    }
    for number in dict.fromkeys(numbers):
        if number not in found:
            raise ValidationError(
                _("Ein Anliegen %(number)s gibt es in dieser Runde nicht."),
                params={"number": number},
            )
        yield found[number]


def _two(points: list[Point]) -> tuple[Point, Point]:
    try:
        first, second = points
    except ValueError:
        raise ValidationError(_("Bitte genau zwei Anliegen wählen.")) from None
    return first, second


def _header() -> list[str]:
    return [
        _("Art"),
        _("Gruppe"),
        _("Nummer"),
        _("Organisation"),
        pgettext("Einzahl", "Anliegen"),
        _("Übereinstimmung in Prozent"),
        _("gemeinsame Wörter"),
    ]


def _rows(consultation: Consultation, suggested: list[Suggested]) -> Iterator[tuple[object, ...]]:
    """Yield groups and suggestions, point by point."""
    for group, points in groups.groups_of(consultation):
        for each in points:
            name = each.submission.organisation_name
            yield _("Gruppe"), str(group), each.number, name, groups.said_by(each), "", ""
    for place, members in enumerate(groups.members_of(suggested), start=1):
        for member in members:
            point, name = member.point, member.point.submission.organisation_name
            words = groups.said_by(point)
            yield _("Vorschlag"), place, point.number, name, words, member.percent, member.shared


@dataclass(frozen=True)
class Side:
    """One of two points that contradict each other, with the form to decide on it."""

    point: Point
    preview: Preview
    form: SideForm
    group: list[Point]


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def contradiction(request: HttpRequest, pk: int) -> HttpResponse:
    """Which of two points that contradict each other holds, and why?"""
    pair = groups.contradiction(pk)
    if pair is None:
        raise Http404
    if "trennen" in request.POST:
        return _unlink(request, pair)
    sides = [_side(request, pair.first, "a"), _side(request, pair.second, "b")]
    problems: list[str] = []
    valid = [side.form.is_valid() for side in sides]
    if all(valid):
        values = {side.point.pk: side.form.values() for side in sides}
        try:
            actions.decide_contradiction(
                pair=pair, values=values, by=person(request), at=timezone.now()
            )
        except ValidationError as problem:
            problems = problem.messages
        else:
            messages.success(request, _("Über beide Anliegen ist entschieden."))
            return redirect(_back(pair))
    context = {"pair": pair, "sides": sides, "problems": problems, "back": _back(pair)}
    is_refused = bool(problems) or any(side.form.errors for side in sides)
    return render(
        request, "participation/contradiction.html", context, status=422 if is_refused else 200
    )


def _side(request: HttpRequest, row: Point, side: str) -> Side:
    point = decisions.point_by_number(row.number or "")
    if point is None:
        raise Http404
    preview = decisions.preview_of(point)
    is_plain = decisions.is_plain(preview)
    wording = decisions.newest_passage(point)
    initial = first_values(point, wording, preview.passage, is_plain=is_plain)
    data = request.POST if request.method == "POST" else None
    form = SideForm(data, side, point, decisions.recent_resolutions(), initial)
    return Side(point, preview, form, groups.grouped_with(point))


def _unlink(request: HttpRequest, pair: PointPair) -> HttpResponse:
    try:
        actions.unlink_contradiction(pair=pair, by=person(request), at=timezone.now())
    except ValidationError as problem:
        for text in problem.messages:
            messages.error(request, text)
        return redirect("participation:contradiction", pair.pk)
    messages.success(request, _("Die Anliegen gelten nicht mehr als Widerspruch."))
    return redirect(_back(pair))


def _back(pair: PointPair) -> str:
    number = pair.first.submission.consultation.number
    return f"{reverse('participation:point_groups', args=[number])}?ansicht={CONTRADICTING}"
