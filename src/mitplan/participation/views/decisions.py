"""Deciding on points, taking a decision back, advising, and the text blocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mitplan.accounts.models import Role
from mitplan.conference.permissions import allow, require
from mitplan.participation import actions, queries
from mitplan.participation.forms.decisions import (
    AdviceForm,
    DecisionForm,
    first_values,
    values_of_block,
    values_of_decision,
)
from mitplan.participation.forms.work_table import AskForm
from mitplan.participation.models import Decision, Point, TextBlock
from mitplan.participation.permissions import departments_advised_for, may_decide
from mitplan.participation.queries import decisions, objections, points, routing, texts
from mitplan.participation.queries.decisions import Preview
from mitplan.participation.queries.effects import Effect
from mitplan.participation.queries.groups import contradictions_of, grouped_with
from mitplan.participation.queries.texts import Difference, TextPassage
from mitplan.participation.views.access import person
from mitplan.participation.views.points import columns, looking
from mitplan.participation.views.slots import difference_part
from mitplan.ui.tables import chosen_sort

DIGITS = 9
INTERNAL = allow(Role.SECRETARIAT, Role.DEPARTMENT_CONTACT, Role.DEPARTMENT_LEAD)


def _point(number: str) -> Point:
    found = decisions.point_by_number(number)
    if found is None:
        raise Http404
    return found


def _address(number: str, request: HttpRequest, **more: str) -> str:
    """Return where to decide on a point; the filters of the list stay in the address."""
    query = request.GET.copy()
    query.pop("baustein-waehlen", None)
    query.pop("zuletzt", None)
    query.update(more)
    address = reverse("participation:decide", args=[number])
    return f"{address}?{query.urlencode()}" if query else address


@dataclass
class Case:
    """A point with all that is needed to decide on it."""

    point: Point
    preview: Preview
    wording: TextPassage | None
    parts: Sequence[Effect]

    @classmethod
    def of(cls, number: str) -> "Case":
        """Return the case of a point, or say that there is none."""
        point = _point(number)
        preview = decisions.preview_of(point)
        parts = decisions.parts_to_choose(point, preview)
        return cls(point, preview, decisions.newest_passage(point), parts)

    def first_values(self) -> dict[str, object]:
        """Return what the form proposes before anybody decides."""
        is_plain = decisions.is_plain(self.preview)
        first = first_values(self.point, self.wording, self.preview.passage, is_plain=is_plain)
        return first | (values_of_decision(self.taken_back) if self.taken_back else {})

    @cached_property
    def taken_back(self) -> Decision | None:
        """The decision that was undone, so that nothing of it has to be written again."""
        if self.point.latest_decision_id:
            return None
        return next(iter(decisions.decisions_on(self.point)), None)


@require_http_methods(["GET", "POST"])
@INTERNAL
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """What becomes of this point?"""
    case = Case.of(number)
    if request.method == "GET":
        return _deciding_page(request, case, _decision_form(request, case))
    require(allowed=may_decide(request.user))
    if "vorschau" in request.GET:
        return _difference(request, case)
    form = _decision_form(request, case)
    if not form.is_valid():
        return _deciding_page(request, case, form, status=422)
    surroundings = _surroundings(request, number)
    try:
        actions.decide(
            point=case.point, values=form.values(), by=person(request), at=timezone.now()
        )
    except ValidationError as problem:
        form.add_error(None, problem)
        return _deciding_page(request, case, form, status=422)
    return _decided(request, number, surroundings)


def _decision_form(request: HttpRequest, case: Case) -> DecisionForm:
    initial = case.first_values()
    if key := request.GET.get("baustein-waehlen"):
        block = TextBlock.objects.filter(key=key).first()
        initial |= values_of_block(block) if block else {}
    return DecisionForm(
        request.POST if request.method == "POST" else None,
        case.point,
        decisions.recent_resolutions(),
        initial,
        case.parts,
    )


def _blank_form(case: Case) -> DecisionForm:
    resolutions = decisions.recent_resolutions()
    return DecisionForm(None, case.point, resolutions, case.first_values(), case.parts)


def _surroundings(request: HttpRequest, number: str) -> points.Surroundings:
    form, sight = looking(request)
    sort = chosen_sort(request, columns(), "number")
    return points.around(points.found_points(form.wish(), sight, sort), number, sight)


def _decided(request: HttpRequest, number: str, surroundings: points.Surroundings) -> HttpResponse:
    """Lead on to the next open point; stay where the new words contradict others."""
    point = _point(number)
    outcome = point.latest_decision.get_outcome_display() if point.latest_decision else ""
    messages.success(
        request,
        _("Anliegen %(number)s: %(outcome)s.") % {"number": number, "outcome": outcome},
    )
    if "weiter" not in request.POST or decisions.conflict_of(point):
        return redirect(_address(number, request))
    if not surroundings.next_undecided:
        messages.success(request, _("In dieser Auswahl ist über alles entschieden."))
        return redirect(_address(number, request))
    return redirect(_address(surroundings.next_undecided, request, zuletzt=number))


def _difference(request: HttpRequest, case: Case) -> HttpResponse:
    """Answer with the difference that the editor's words would make."""
    number = request.POST.get("passage", "").strip().removeprefix("t")
    wanted = int(number) if number.isdecimal() else None
    passage = case.wording
    if wanted and (passage is None or passage.number != wanted):
        passage = decisions.newest_passage(case.point, wanted)
    text = request.POST.get("final_text", "")
    return difference_part(request, _made(passage, text, inserts="insert" in request.POST))


def _made(passage: TextPassage | None, text: str, *, inserts: bool) -> Difference:
    """Return what the editor's words make of a passage, or put behind it."""
    return texts.difference_between("" if passage is None or inserts else passage.text, text)


def _deciding_page(
    request: HttpRequest,
    case: Case,
    form: DecisionForm,
    advice: AdviceForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    number = case.point.number or ""
    around = _surroundings(request, number)
    departments = departments_advised_for(request.user)
    context = {
        "preview": case.preview,
        "similar": decisions.at_same_passages(case.point),
        "point": case.point,
        "grouped": grouped_with(case.point),
        "contradictions": contradictions_of([case.point]),
        "around": around,
        "here_address": _address(number, request),
        "rows": [(row, _address(row.number, request), row.number == number) for row in around.rows],
        "next_address": _address(around.next_undecided, request) if around.next_undecided else "",
        "list_address": _list_address(request),
        "form": form,
        **_work_on(request, case),
        "difference": _made(
            case.wording,
            str(form["final_text"].value() or ""),
            inserts=bool(form["insert"].value()),
        ),
        "blocks": _blocks(request, number),
        "may_decide": may_decide(request.user),
        "decides_after": queries.decides_after(case.point.submission, timezone.now()),
        "advice": advice or (AdviceForm(None, departments) if departments else None),
        "conflict": decisions.conflict_of(case.point),
        "last": request.GET.get("zuletzt", ""),
        "draft_address": reverse("publishing:draft", args=[case.point.edition.plan.slug]),
    }
    return render(request, "participation/decide.html", context, status=status)


def _work_on(request: HttpRequest, case: Case) -> dict[str, object]:
    """Return whose advice is asked, and what else the secretariat may do with a point."""
    point, today = case.point, timezone.localdate()
    context: dict[str, object] = {
        "asked": routing.advice_stands([point.pk], today).get(point.pk, []),
        "taken_back": case.taken_back,
    }
    if may_decide(request.user) and not point.withdrawn_at:
        context["ask"] = AskForm(None, routing.departments())
        context["agenda"] = objections.agenda_of(point)
    return context


def _blocks(request: HttpRequest, number: str) -> list[tuple[TextBlock, int | None, str]]:
    """Return the text blocks with the digit that picks each, and the address that does."""
    if not may_decide(request.user):
        return []
    return [
        (
            block,
            place if place <= DIGITS else None,
            _address(number, request, **{"baustein-waehlen": block.key}),
        )
        for place, block in enumerate(decisions.text_blocks(), start=1)
    ]


def _list_address(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("baustein-waehlen", None)
    query.pop("zuletzt", None)
    return f"{reverse('participation:points')}?{query.urlencode()}"


@require_POST
@allow(Role.SECRETARIAT)
def reopen(request: HttpRequest, number: str) -> HttpResponse:
    """Is this point to be open again?"""
    row = _point(number)
    try:
        actions.reopen_point(point=row, by=person(request), at=timezone.now())
    except ValidationError as problem:
        for text in problem.messages:
            messages.error(request, text)
    else:
        messages.success(request, _("Anliegen %(number)s ist wieder offen.") % {"number": number})
    return redirect(_address(number, request))


@require_POST
@INTERNAL
def advise(request: HttpRequest, number: str) -> HttpResponse:
    """What does our department recommend?"""
    case = Case.of(number)
    form = AdviceForm(request.POST, departments_advised_for(request.user))
    if form.is_valid():
        try:
            actions.give_advice(
                point=case.point, **form.values(), by=person(request), at=timezone.now()
            )
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Das Fachvotum ist gespeichert."))
            return redirect(_address(number, request))
    return _deciding_page(request, case, _blank_form(case), form, status=422)
