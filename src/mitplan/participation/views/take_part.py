"""Taking part, from the link in a mail to the receipt: write, look over, hand in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitplan.participation import actions
from mitplan.participation.forms.take_part import (
    AnswersForm,
    InsertionForm,
    RemarkForm,
    TopicForm,
)
from mitplan.participation.models import Point
from mitplan.participation.queries import consultations, drafts, remarks, texts
from mitplan.participation.queries.drafts import numbers_of
from mitplan.participation.queries.remarks import Preview, Wish
from mitplan.participation.queries.texts import TextPassage
from mitplan.participation.views.access import asks_for_part, saves_itself
from mitplan.participation.views.desk import Desk, Written, written_at
from mitplan.participation.views.slots import BEHIND, HERE, Margin, Slot, preview_part
from mitplan.plan.models import Passage

REMARK_FORMS: dict[str, type[RemarkForm | InsertionForm]] = {
    HERE: RemarkForm,
    BEHIND: InsertionForm,
}


@require_safe
def write(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What do we want to say to this text?"""
    if desk.handed_in:
        return redirect(desk.address("quittung/"))
    if not desk.is_open:
        return closed(request, desk)
    wanted = request.GET.get("stelle", "")
    place = BEHIND if request.GET.get("art") == BEHIND else HERE
    opened = _slot(request, desk, int(wanted), place) if wanted.isdecimal() else None
    return _writing_page(request, desk, opened=opened)


def closed(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Say that the time is over, and show the draft that was not handed in."""
    cards = drafts.cards_of(desk.consultation, written_at(desk).points)
    window = consultations.window_of(
        desk.consultation, desk.seat.organisation, timezone.localdate()
    )
    context = {"desk": desk, "cards": cards, "window": window}
    return render(request, "participation/closed.html", context)


def _writing_page(
    request: HttpRequest,
    desk: Desk,
    *,
    opened: Slot | None = None,
    answers: AnswersForm | None = None,
    topic: TopicForm | None = None,
    status: int = 200,
) -> HttpResponse:
    written = written_at(desk)
    questions = drafts.questions_of(desk.consultation)
    passages = texts.passages_of(desk.consultation.edition)
    fields = drafts.fields_of(desk.consultation)
    by_pk = {passage.pk: passage for passage in passages}
    answers = answers or AnswersForm(questions, written.answers)
    context = {
        "desk": desk,
        "plan_name": desk.consultation.edition.plan.title,
        "window": consultations.window_of(
            desk.consultation, desk.seat.organisation, timezone.localdate()
        ),
        "answers": answers,
        "questions": [
            (question, by_pk.get(question.passage_id), answers[str(question.number)])
            for question in questions
        ],
        "topics": [(point, TopicForm(fields, point=point)) for point in written.topics],
        "topic": topic or TopicForm(fields),
        "count": len(written.points),
        **_text(request, desk, written, passages, opened),
    }
    return render(request, "participation/task.html", context, status=status)


def _text(
    request: HttpRequest,
    desk: Desk,
    written: Written,
    passages: list[TextPassage],
    opened: Slot | None,
) -> dict[str, object]:
    """Return the text with what stands beside it, and the proposal more passages are collected for."""
    collecting = written.proposal(_collected(request))
    margin = Margin(
        request,
        desk,
        written.remarks,
        written.unremarked,
        passages,
        opened=opened,
        collecting=collecting.pk if collecting else None,
    )
    return {
        "headings": [each for each in passages if each.kind == "heading" and each.level > 1],
        "collecting": collecting,
        "passages": margin.beside(),
    }


def _collected(request: HttpRequest) -> int | None:
    """Return the point whose proposal more passages are collected for."""
    wanted = request.GET.get("vorschlag", "")
    return int(wanted) if wanted.isdecimal() else None


def _slot(request: HttpRequest, desk: Desk, number: int, place: str) -> Slot | None:
    """Return the open form at a passage, with what was sent if something was."""
    edition = desk.consultation.edition
    try:
        at = remarks.place_at(edition, desk.draft, number, inserts=place == BEHIND)
    except Passage.DoesNotExist:
        return None
    kind = REMARK_FORMS[place]
    initial = kind.initial_of(at.standing, at.passage.text)
    is_part = at.standing is not None and at.standing.index > 0
    initial["belongs_to"] = at.standing.point.pk if at.standing and is_part else _collected(request)
    data = request.POST if request.method == "POST" else None
    form = kind(data, at, initial, f"t{number}")
    return Slot(at, place, form, _preview(desk, at, form))


def _preview(desk: Desk, at: remarks.Place, form: RemarkForm | InsertionForm) -> Preview:
    """Return what the words in the form would change."""
    edition = desk.consultation.edition
    if form.is_bound:
        return remarks.preview_of(edition, at, form.wish) if form.is_valid() else Preview()
    change = at.standing.change if at.standing else None
    if change is None:
        return Preview()
    wish = Wish(change.proposal, change.text, change.target, change.new_kind)
    return remarks.preview_of(edition, at, wish)


@require_http_methods(["GET", "POST"])
def remark(request: HttpRequest, desk: Desk, passage: int) -> HttpResponse:
    """What do we want to say at this passage?"""
    return _at_passage(request, desk, passage, HERE)


@require_http_methods(["GET", "POST"])
def insertion(request: HttpRequest, desk: Desk, passage: int) -> HttpResponse:
    """What is missing behind this passage?"""
    return _at_passage(request, desk, passage, BEHIND)


def _at_passage(request: HttpRequest, desk: Desk, number: int, place: str) -> HttpResponse:
    if request.method == "GET":
        return _opened_slot(request, desk, number, place)
    slot = _slot(request, desk, number, place)
    if slot is None:
        raise Http404
    if not slot.form.is_valid():
        return _slot_again(request, desk, slot, status=422)
    if "vorschau" in request.POST or "vorschau" in request.GET:
        return _slot_again(request, desk, slot)
    return _save_remark(request, desk, slot)


def _opened_slot(request: HttpRequest, desk: Desk, number: int, place: str) -> HttpResponse:
    if not asks_for_part(request):
        return redirect(f"{desk.address()}?stelle={number}&art={place}#t{number}")
    slot = _slot(request, desk, number, place)
    if slot is None:
        raise Http404
    return render(request, "participation/parts/slot_open.html", {"desk": desk, "slot": slot})


def _slot_again(request: HttpRequest, desk: Desk, slot: Slot, *, status: int = 200) -> HttpResponse:
    """Show the form once more, with the difference; htmx asks for the difference alone."""
    if asks_for_part(request) and "vorschau" in request.GET:
        return preview_part(request, slot.preview)
    if asks_for_part(request):
        context = {"desk": desk, "slot": slot}
        return render(request, "participation/parts/slot_open.html", context, status=status)
    return _writing_page(request, desk, opened=slot, status=status)


def _save_remark(request: HttpRequest, desk: Desk, slot: Slot) -> HttpResponse:
    passage = get_object_or_404(Passage.objects.select_related("plan"), pk=slot.passage.pk)
    try:
        point = actions.save_remark(
            consultation=desk.consultation,
            passage=passage,
            values=slot.form.values(),
            seat=desk.seat,
            at=timezone.now(),
        )
    except ValidationError as problem:
        slot.form.add_error(None, problem)
        return _slot_again(request, desk, slot, status=422)
    if saves_itself(request):
        return HttpResponse(status=204)
    if point is None and slot.is_new:
        slot.form.add_error(
            None, _("Bitte ändern Sie den Wortlaut oder schreiben Sie einen Kommentar.")
        )
        return _slot_again(request, desk, slot, status=422)
    if asks_for_part(request):
        return _closed_slot(request, desk, slot.passage.number)
    messages.success(request, _("Gespeichert."))
    return redirect(f"{desk.address()}#t{slot.passage.number}")


def _closed_slot(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """Return the slot of one passage as it stands beside the text, and the count of points."""
    desk.looks_again()
    written = written_at(desk)
    numbers = {number}.union(*map(numbers_of, written.remarks))
    passages = texts.passages_by_number(desk.consultation.edition, numbers)
    if number not in passages:
        raise Http404
    margin = Margin(request, desk, written.remarks, written.unremarked, passages.values())
    context = {
        "slot": margin.slot(passages[number]),
        "desk": desk,
        "count": len(written.points),
    }
    return render(request, "participation/parts/slot_closed.html", context)


@require_http_methods(["GET", "POST"])
def no_remark(request: HttpRequest, desk: Desk, passage: int) -> HttpResponse:
    """Have we no remarks at this passage?"""
    if request.method == "GET":
        return (
            _closed_slot(request, desk, passage)
            if asks_for_part(request)
            else redirect(f"{desk.address()}#t{passage}")
        )
    row = get_object_or_404(Passage, plan_id=desk.consultation.edition.plan_id, number=passage)
    now = timezone.now()
    try:
        actions.save_no_remark(
            submission=actions.begin_submission(
                consultation=desk.consultation, seat=desk.seat, at=now
            ),
            passage=row,
            holds="zurueck" not in request.POST,
            seat=desk.seat,
            at=now,
        )
    except ValidationError as problem:
        return refused(request, desk, problem)
    if asks_for_part(request):
        return _closed_slot(request, desk, passage)
    return redirect(f"{desk.address()}#t{passage}")


def refused(request: HttpRequest, desk: Desk, problem: ValidationError) -> HttpResponse:
    """Say why nothing was saved."""
    if saves_itself(request):
        return HttpResponse("\n".join(problem.messages), status=422, content_type="text/plain")
    context = {"desk": desk, "problems": problem.messages}
    return render(request, "participation/refused.html", context, status=422)


@require_POST
def answer(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What do we answer to the questions?"""
    form = AnswersForm(drafts.questions_of(desk.consultation), {}, request.POST)
    if not form.is_valid():
        return _writing_page(request, desk, answers=form, status=422)
    try:
        actions.save_answers(
            consultation=desk.consultation,
            answers=form.values(),
            seat=desk.seat,
            at=timezone.now(),
        )
    except ValidationError as problem:
        return refused(request, desk, problem)
    if saves_itself(request):
        return HttpResponse(status=204)
    messages.success(request, _("Ihre Antworten sind gespeichert."))
    return redirect(f"{desk.address()}#themen")


@require_POST
def add_topic(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Which topic of our own do we add?"""
    return _save_topic(request, desk, None)


@require_POST
def topic(request: HttpRequest, desk: Desk, point: int) -> HttpResponse:
    """How do we word this topic of our own?"""
    return _save_topic(request, desk, _own_point(desk, point))


def _own_point(desk: Desk, pk: int) -> Point:
    if desk.draft is None:
        raise Http404
    related = desk.draft.points.select_related("submission", "passage", "edition")
    return get_object_or_404(related, pk=pk)


def _save_topic(request: HttpRequest, desk: Desk, point: Point | None) -> HttpResponse:
    form = TopicForm(drafts.fields_of(desk.consultation), request.POST, point)
    if not form.is_valid():
        if saves_itself(request):
            return HttpResponse(status=204)
        return _writing_page(request, desk, topic=form, status=422)
    try:
        saved = actions.save_topic(
            consultation=desk.consultation,
            values=form.values(),
            seat=desk.seat,
            at=timezone.now(),
            point=point,
        )
    except ValidationError as problem:
        return refused(request, desk, problem)
    if saves_itself(request):
        # From now on the page saves to the address of what it created.
        own = {"Location": desk.address(f"thema/{saved.pk}/")}
        return HttpResponse(status=204) if point else HttpResponse(status=201, headers=own)
    messages.success(request, _("Das Thema ist gespeichert."))
    return redirect(f"{desk.address()}#thema-{saved.pk}")


@require_POST
def remove(request: HttpRequest, desk: Desk, point: int) -> HttpResponse:
    """Do we take this point out again?"""
    row = _own_point(desk, point)
    number = row.passage.number if row.passage and not row.question_id else None
    place = request.POST.get("stelle", "")
    try:
        if place.isdecimal():
            number = int(place)
            _take_out(desk, row, number, inserts=request.POST.get("art") == BEHIND)
        else:
            actions.remove_point(point=row, seat=desk.seat, at=timezone.now())
    except ValidationError as problem:
        return refused(request, desk, problem)
    if asks_for_part(request) and number:
        return _closed_slot(request, desk, number)
    messages.success(request, _("Entfernt."))
    if request.POST.get("weiter") == "abgeben":
        return redirect(desk.address("abgeben/"))
    return redirect(f"{desk.address()}#{f't{number}' if number else 'themen'}")


def _take_out(desk: Desk, point: Point, number: int, *, inserts: bool) -> None:
    """Take the change of one passage out of a proposal."""
    passage = get_object_or_404(Passage, plan_id=point.edition.plan_id, number=number)
    actions.take_out_change(
        submission=point.submission,
        passage=passage,
        inserts=inserts,
        seat=desk.seat,
        at=timezone.now(),
    )
