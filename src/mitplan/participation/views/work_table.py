"""The work table: many points at once with a report row by row, saved selections, topics and advice."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitplan.accounts.models import Role
from mitplan.common.exports import table_response, wanted_ending
from mitplan.conference.permissions import allow
from mitplan.participation import actions
from mitplan.participation.forms import work_table as forms
from mitplan.participation.forms.decisions import values_of_text_block
from mitplan.participation.models import AdviceRequest, AgendaPoint, Point, SavedFilter
from mitplan.participation.queries import decisions, objections, points, routing
from mitplan.participation.views.access import person
from mitplan.participation.views.points import columns, looking
from mitplan.plan.models import FieldOfAction
from mitplan.ui.tables import Column, Empty, Table, chosen_sort, downloads
from mitplan.ui.values import Link, Status

MOST_AT_ONCE = 500
INSIDE = (Role.SECRETARIAT, Role.DEPARTMENT_CONTACT, Role.DEPARTMENT_LEAD)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one point of many."""

    number: str
    is_done: bool
    sentence: str


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.SECRETARIAT)
def together(request: HttpRequest) -> HttpResponse:
    """What is to be done with these points, and what became of each?"""
    chosen = _chosen(request)
    sittings = objections.sittings_to_come(timezone.localdate())
    is_sent = request.method == "POST" and "act" in request.POST
    form = forms.TogetherForm(request.POST if is_sent else None, routing.departments(), sittings)
    report: list[Done] = []
    if is_sent and form.is_valid():
        report = [_done(request, number, form) for number in chosen[:MOST_AT_ONCE]]
    context = {
        "form": form,
        "chosen": chosen,
        "too_many": len(chosen) > MOST_AT_ONCE,
        "most": MOST_AT_ONCE,
        "done": sum(each.is_done for each in report),
        "report": _report(report) if report else None,
        "back": f"{reverse('participation:points')}?{request.GET.urlencode()}",
    }
    status = 422 if form.errors else 200
    return render(request, "participation/together.html", context, status=status)


def _chosen(request: HttpRequest) -> list[str]:
    """Return the numbers that were ticked, or of all points of the selection."""
    data = request.POST if request.method == "POST" else request.GET
    if "alle" not in data:
        return list(dict.fromkeys(data.getlist("anliegen")))
    form, sight = looking(request)
    sort = chosen_sort(request, columns(), "number")
    found = points.found_points(form.wish(), sight, sort)
    return [number for number in found.values_list("number", flat=True) if number]


def _done(request: HttpRequest, number: str, form: forms.TogetherForm) -> Done:
    point = decisions.point_by_number(number)
    if point is None:
        return Done(number, is_done=False, sentence=_("Dieses Anliegen gibt es nicht."))
    act = _ACTS[form.cleaned_data["act"]]
    try:
        return Done(number, is_done=True, sentence=act(request, point, form))
    except ValidationError as problem:
        return Done(number, is_done=False, sentence=" ".join(problem.messages))


def _route(request: HttpRequest, point: Point, _form: forms.TogetherForm) -> str:
    asked = actions.route_by_topic(point=point, by=person(request), at=timezone.now())
    names = ", ".join(str(each.department) for each in asked)
    return _("zugeleitet: %(names)s") % {"names": names} if asked else _("war schon zugeleitet")


def _ask(request: HttpRequest, point: Point, form: forms.TogetherForm) -> str:
    data = form.cleaned_data
    asked = [each.department for each in point.advice_requests.select_related("department")]
    departments = [data["department"]] if data["department"] else asked
    if not departments:
        raise ValidationError(
            _("Noch keinem Ressort zugeleitet. Bitte zuerst zuleiten oder ein Ressort wählen.")
        )
    for each in departments:
        actions.ask_advice(
            point=point,
            department=each,
            due_on=data["due_on"],
            by=person(request),
            at=timezone.now(),
        )
    return _("erbeten von %(names)s") % {"names": ", ".join(map(str, departments))}


def _decide(request: HttpRequest, point: Point, form: forms.TogetherForm) -> str:
    if point.latest_decision_id:
        raise ValidationError(_("Darüber ist schon entschieden; bitte einzeln neu entscheiden."))
    values = values_of_text_block(form.cleaned_data["block"])
    decision = actions.decide(point=point, values=values, by=person(request), at=timezone.now())
    return str(decision.get_outcome_display())


def _lay_before(request: HttpRequest, point: Point, form: forms.TogetherForm) -> str:
    put = actions.put_on_agenda(
        points=[point],
        sitting=form.cleaned_data["sitting"],
        cause=AgendaPoint.Cause.CONTESTED,
        by=person(request),
        at=timezone.now(),
    )
    if not put:
        return _("steht schon auf dieser Tagesordnung")
    return str(put[0].agenda_item)


_ACTS: dict[str, Callable[[HttpRequest, Point, forms.TogetherForm], str]] = {
    forms.ROUTE: _route,
    forms.ASK: _ask,
    forms.DECIDE: _decide,
    forms.LAY_BEFORE: _lay_before,
}


def _report(report: list[Done]) -> Table:
    return Table(
        _("Was aus jedem Anliegen wurde"),
        [
            Column("number", _("Nummer")),
            Column("state", _("Ergebnis")),
            Column("sentence", _("Hinweis")),
        ],
        [
            [
                Link(each.number, reverse("participation:decide", args=[each.number])),
                Status("done", _("erledigt")) if each.is_done else Status("blocked", _("nicht")),
                each.sentence,
            ]
            for each in report
        ],
    )


@require_POST
@allow(*INSIDE)
def save_filter(request: HttpRequest) -> HttpResponse:
    """Under which name do we keep this selection?"""
    form = forms.SavedFilterForm(request.POST)
    back = f"{reverse('participation:points')}?{request.POST.get('query', '')}"
    if not form.is_valid():
        messages.error(
            request, _("Bitte der Auswahl einen Namen geben, höchstens 80 Zeichen lang.")
        )
        return redirect(back)
    try:
        actions.save_filter(**form.cleaned_data, by=person(request), at=timezone.now())
    except ValidationError as problem:
        for text in problem.messages:
            messages.error(request, text)
    else:
        messages.success(request, _("Die Auswahl ist gespeichert."))
    return redirect(back)


@require_safe
@allow(*INSIDE)
def saved_filter(request: HttpRequest, pk: int) -> HttpResponse:
    """Which points does this saved selection show?"""
    kept = get_object_or_404(SavedFilter, pk=pk)
    if not kept.is_shared and kept.user_id != person(request).pk:
        raise PermissionDenied
    return redirect(f"{reverse('participation:points')}?{kept.query}")


@require_POST
@allow(*INSIDE)
def forget_filter(request: HttpRequest, pk: int) -> HttpResponse:
    """Do we need this selection no more?"""
    kept = get_object_or_404(SavedFilter, pk=pk)
    actions.forget_filter(kept=kept, by=person(request), at=timezone.now())
    messages.success(request, _("Die Auswahl ist gelöscht."))
    return redirect("participation:points")


@require_safe
@allow(Role.SECRETARIAT)
def topics(request: HttpRequest) -> HttpResponseBase:
    """Which department answers for which topic?"""
    rows = [
        (each, ", ".join(sorted(str(route.department) for route in each.topic_routes.all())))
        for each in routing.topics()
    ]
    if wanted_ending(request):
        names = [_("Plan"), _("Handlungsfeld"), _("Ressorts")]
        plain = ((str(each.plan), each.name, answering) for each, answering in rows)
        return table_response(request, "ressorts-und-themen", names, plain)
    table = Table(
        _("Ressorts und Themen"),
        [
            Column("field", _("Handlungsfeld"), is_original=True),
            Column("plan", _("Plan"), is_original=True),
            Column("departments", _("Ressorts"), is_original=True),
        ],
        [
            [
                Link(each.name, reverse("participation:topic_routes", args=[each.pk])),
                str(each.plan),
                answering or _("noch keines"),
            ]
            for each, answering in rows
        ],
        downloads=downloads(request),
        empty=Empty(
            _("Noch kein Handlungsfeld."),
            _("Handlungsfelder entstehen mit dem Plan, sobald seine Ziele sie nennen."),
        ),
    )
    return render(request, "participation/topics.html", {"table": table})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.SECRETARIAT)
def topic_routes(request: HttpRequest, pk: int) -> HttpResponse:
    """Who answers for this topic?"""
    field = get_object_or_404(FieldOfAction.objects.select_related("plan"), pk=pk)
    chosen = field.topic_routes.values_list("department_id", flat=True)
    data = request.POST if request.method == "POST" else None
    form = forms.TopicForm(data, routing.departments(), chosen)
    if form.is_valid():
        actions.set_topic_routes(
            field=field,
            departments=form.cleaned_data["departments"],
            by=person(request),
            at=timezone.now(),
        )
        messages.success(request, _("Die Zuständigkeit ist gespeichert."))
        return redirect("participation:topics")
    return render(request, "participation/topic_routes.html", {"field": field, "form": form})


@require_POST
@allow(Role.SECRETARIAT)
def ask_advice(request: HttpRequest, number: str) -> HttpResponse:
    """Whose advice on this point do we need, and by when?"""
    point = get_object_or_404(Point, number=number)
    form = forms.AskForm(request.POST, routing.departments())
    if not form.is_valid():
        messages.error(request, _("Bitte Ressort und Tag angeben."))
        return redirect(_deciding(request, number))
    try:
        asked = actions.ask_advice(
            point=point, **form.cleaned_data, by=person(request), at=timezone.now()
        )
    except ValidationError as problem:
        for text in problem.messages:
            messages.error(request, text)
    else:
        said = _("Das Votum von %(name)s ist erbeten.")
        messages.success(request, said % {"name": asked.department})
    return redirect(_deciding(request, number))


@require_POST
@allow(Role.SECRETARIAT)
def stop_asking(request: HttpRequest, number: str, asked: int) -> HttpResponse:
    """Do we need the advice of this department no more?"""
    related = AdviceRequest.objects.select_related("point", "department")
    row = get_object_or_404(related, pk=asked, point__number=number)
    actions.stop_asking(asked=row, by=person(request), at=timezone.now())
    messages.success(request, _("%(name)s ist nicht mehr beteiligt.") % {"name": row.department})
    return redirect(_deciding(request, number))


def _deciding(request: HttpRequest, number: str) -> str:
    address = reverse("participation:decide", args=[number])
    return f"{address}?{urlencode(request.GET, doseq=True)}" if request.GET else address
