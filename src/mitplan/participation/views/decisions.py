"""Deciding on points, taking a decision back, advising, and the text blocks."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mitplan.accounts.models import Role
from mitplan.conference.permissions import allow, require
from mitplan.participation import actions
from mitplan.participation.forms.decisions import (
    AdviceForm,
    DecisionForm,
    TextBlockForm,
    first_values,
    values_of_block,
)
from mitplan.participation.models import Outcome, Point, TextBlock
from mitplan.participation.permissions import departments_advised_for, may_decide
from mitplan.participation.queries import decisions, points, texts
from mitplan.participation.views.access import person
from mitplan.participation.views.points import columns, looking
from mitplan.ui.tables import Column, Empty, Table, chosen_sort
from mitplan.ui.values import Link, Status

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


@require_http_methods(["GET", "POST"])
@INTERNAL
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """What becomes of this point?"""
    row = _point(number)
    if request.method == "POST":
        require(allowed=may_decide(request.user))
        if "vorschau" in request.GET:
            return _difference(request, row)
        form = _decision_form(request, row)
        if form.is_valid():
            surroundings = _surroundings(request, row)
            try:
                actions.decide(
                    point=row, values=form.values(), by=person(request), at=timezone.now()
                )
            except ValidationError as problem:
                form.add_error(None, problem)
            else:
                return _decided(request, row, surroundings)
        return _deciding_page(request, row, form, status=422)
    return _deciding_page(request, row, _decision_form(request, row))


def _decision_form(request: HttpRequest, row: Point) -> DecisionForm:
    consulted = decisions.preview_of(row).passage
    initial = first_values(row, decisions.newest_passage(row), consulted)
    if key := request.GET.get("baustein-waehlen"):
        block = TextBlock.objects.filter(key=key).first()
        initial |= values_of_block(block) if block else {}
    return DecisionForm(
        request.POST if request.method == "POST" else None,
        row,
        decisions.recent_resolutions(),
        initial,
    )


def _surroundings(request: HttpRequest, row: Point) -> points.Surroundings:
    form, sight = looking(request)
    sort = chosen_sort(request, columns(), "number")
    return points.around(points.found_points(form.wish(), sight, sort), row.number or "", sight)


def _decided(request: HttpRequest, row: Point, surroundings: points.Surroundings) -> HttpResponse:
    """Lead on to the next open point; stay where the new words contradict others."""
    decided = _point(row.number or "")
    outcome = decided.latest_decision
    messages.success(
        request,
        _("Anliegen %(number)s: %(outcome)s.")
        % {"number": row.number, "outcome": outcome.get_outcome_display() if outcome else ""},
    )
    if "weiter" not in request.POST or decisions.conflict_of(decided):
        return redirect(_address(row.number or "", request))
    if not surroundings.next_undecided:
        messages.success(request, _("In dieser Auswahl ist über alles entschieden."))
        return redirect(_address(row.number or "", request))
    return redirect(_address(surroundings.next_undecided, request, zuletzt=row.number or ""))


def _difference(request: HttpRequest, row: Point) -> HttpResponse:
    """Answer with the difference that the editor's words would make."""
    number = request.POST.get("passage", "").strip().removeprefix("t")
    passage = decisions.newest_passage(row, int(number) if number.isdecimal() else None)
    old = "" if passage is None or request.POST.get("insert") else passage.text
    new = request.POST.get("final_text", "").replace("\r\n", "\n").strip()
    segments = texts.difference_between(old, new)
    return render(request, "participation/parts/difference.html", {"segments": segments})


def _deciding_page(
    request: HttpRequest,
    row: Point,
    form: DecisionForm,
    advice: AdviceForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    surroundings = _surroundings(request, row)
    departments = departments_advised_for(request.user)
    context = {
        "preview": decisions.preview_of(row),
        "point": row,
        "around": surroundings,
        "here_address": _address(row.number or "", request),
        "rows": [
            (each, _address(each.number, request), each.number == row.number)
            for each in surroundings.rows
        ],
        "next_address": _address(surroundings.next_undecided, request)
        if surroundings.next_undecided
        else "",
        "list_address": _list_address(request),
        "form": form,
        "blocks": [
            (
                block,
                index if index <= DIGITS else "",
                _address(row.number or "", request, **{"baustein-waehlen": block.key}),
            )
            for index, block in enumerate(decisions.text_blocks(), start=1)
        ],
        "may_decide": may_decide(request.user),
        "advice": advice or (AdviceForm(None, departments) if departments else None),
        "conflict": decisions.conflict_of(row),
        "last": request.GET.get("zuletzt", ""),
        "draft_address": reverse("publishing:draft", args=[row.edition.plan.slug]),
        "wording_segments": _first_difference(form, row),
    }
    return render(request, "participation/decide.html", context, status=status)


def _first_difference(form: DecisionForm, row: Point) -> object:
    passage = decisions.newest_passage(row)
    text = str(form["final_text"].value() or "").replace("\r\n", "\n").strip()
    if passage is None:
        return texts.difference_between("", text)
    old = "" if form["insert"].value() else passage.text
    return texts.difference_between(old, text)


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
    row = _point(number)
    form = AdviceForm(request.POST, departments_advised_for(request.user))
    if form.is_valid():
        try:
            actions.give_advice(point=row, **form.values(), by=person(request), at=timezone.now())
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Das Fachvotum ist gespeichert."))
            return redirect(_address(number, request))
    return _deciding_page(request, row, _decision_form(request, row), form, status=422)


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def text_blocks(request: HttpRequest) -> HttpResponse:
    """With which sentences do we give reasons, and where?"""
    form = TextBlockForm(request.POST or None)
    if request.method == "POST" and _saved(request, form, None):
        return redirect("participation:text_blocks")
    listed = Table(
        _("Textbausteine"),
        [
            Column("title", _("Titel")),
            Column("outcome", _("Entscheidung")),
            Column("sentence", _("Satz")),
            Column("uses", _("verwendet"), is_numeric=True),
        ],
        [_block_row(block) for block in decisions.text_blocks()],
        empty=Empty(
            _("Noch kein Textbaustein."),
            _(
                "Ein Baustein füllt Entscheidung, Grund und Satz auf einmal aus. Legen Sie unten "
                "den ersten an."
            ),
        ),
    )
    context = {"table": listed, "form": form}
    return render(
        request, "participation/text_blocks.html", context, status=422 if form.errors else 200
    )


def _block_row(block: TextBlock) -> list[object]:
    uses: int = getattr(block, "uses", 0)
    where = f"{reverse('participation:points')}?baustein={block.key}"
    return [
        Link(block.title, reverse("participation:text_block", args=[block.key])),
        Status(block.outcome, str(Outcome(block.outcome).label)),
        block.sentence,
        Link(str(uses), where) if uses else 0,
    ]


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def text_block(request: HttpRequest, key: str) -> HttpResponse:
    """How does this text block read?"""
    block = get_object_or_404(TextBlock, key=key)
    form = TextBlockForm(request.POST or None, instance=block)
    if request.method == "POST" and _saved(request, form, block):
        return redirect("participation:text_blocks")
    context = {"block": block, "form": form}
    return render(
        request, "participation/text_block.html", context, status=422 if form.errors else 200
    )


def _saved(request: HttpRequest, form: TextBlockForm, block: TextBlock | None) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.save_text_block(
            values=form.values(), by=person(request), at=timezone.now(), block=block
        )
    except ValidationError as problem:
        form.add_error(None, problem)
        return False
    messages.success(request, _("Der Textbaustein ist gespeichert."))
    return True
