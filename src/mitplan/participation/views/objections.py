"""Where submitters read what became of their points and say whether they accept it; points of an agenda."""

from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mitplan.common.exports import table_response, wanted_ending
from mitplan.conference.models import AgendaItem
from mitplan.conference.permissions import allow_everyone
from mitplan.conference.queries.sittings import spoken_day
from mitplan.participation import actions
from mitplan.participation.forms.objections import AnswerForm, answer_forms
from mitplan.participation.models import AgendaPoint, Objection
from mitplan.participation.permissions import may_see_unpublished
from mitplan.participation.queries import consultations, objections, points, replies
from mitplan.participation.queries.points import Sight
from mitplan.participation.queries.replies import Reply
from mitplan.participation.views.desk import Desk
from mitplan.participation.views.replies import letter_file
from mitplan.ui.tables import Column, Empty, Table, downloads
from mitplan.ui.values import Link, Status


def _reply_at(desk: Desk) -> Reply | None:
    """Return what an organisation is answered, once it is public."""
    if desk.consultation.results_published_at is None:
        return None
    published = frozenset({desk.consultation.pk})
    sight = Sight(sees_all=False, closed=published, published=published)
    return replies.reply_to(desk.consultation, desk.seat.organisation.pk, sight)


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """What became of each of our points, and do we accept it?"""
    found = _reply_at(desk)
    if found is None:
        return render(request, "participation/reply.html", {"desk": desk})
    # Whoever only signed reads the answer; whether it is accepted says who handed in.
    own = [line.point for line in found.lines if desk.seat.holds(line.point.submission)]
    given = objections.answers_to(own)
    data = request.POST if request.method == "POST" else None
    forms = answer_forms(data, own, given)
    if data is not None and _answered(request, desk, forms):
        return redirect(request.path)
    context = {"desk": desk, "reply": found, "consultation": desk.consultation}
    context |= _answering(desk, found, forms) | {"has_own": bool(own)}
    is_wrong = any(each.errors for each in forms.values())
    return render(request, "participation/reply.html", context, status=422 if is_wrong else 200)


def _answering(desk: Desk, found: Reply, forms: Mapping[int, AnswerForm]) -> dict[str, object]:
    last_day = objections.last_day_for(desk.consultation, desk.seat.organisation)
    is_over = last_day is None or timezone.localdate() > last_day
    silent = sum(each.given is None for each in forms.values())
    return {
        "answered": [(line, forms.get(line.point.pk)) for line in found.lines],
        "last_day": last_day,
        "may_answer": desk.seat.may_hand_in and not is_over,
        "is_over": is_over,
        "silent": silent,
    }


def _answered(request: HttpRequest, desk: Desk, forms: Mapping[int, AnswerForm]) -> bool:
    """Keep all answers or none; what was said before and is unchanged stays as it was."""
    if not all([each.is_valid() for each in forms.values()]):  # noqa: C419 – every form says what it lacks
        return False
    anew = [each for each in forms.values() if each.is_answered_anew]
    try:
        with transaction.atomic():
            for each in anew:
                _answer(desk, each)
    except ValidationError as problem:
        anew[0].add_error(None, problem)
        return False
    if anew:
        messages.success(request, _("Ihre Antwort ist gespeichert."))
    else:
        messages.info(request, _("Es gab nichts Neues zu speichern."))
    return True


def _answer(desk: Desk, form: AnswerForm) -> None:
    actions.answer_decision(
        point=form.point,
        stance=Objection.Stance(form.cleaned_data["stance"]),
        reason=form.cleaned_data["reason"],
        seat=desk.seat,
        at=timezone.now(),
    )


@require_safe
def own_letter(request: HttpRequest, desk: Desk) -> HttpResponseBase:  # noqa: ARG001 – the same for all who may
    """How does the letter to us read as a Word file?"""
    with replies.in_the_language_of_letters():
        found = _reply_at(desk)
        if found is None:
            raise Http404
        return letter_file(found)


@require_safe
@allow_everyone
def agenda_points(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Which points stand under this item of the agenda?"""
    related = AgendaItem.objects.select_related("sitting__body")
    item = get_object_or_404(related, pk=pk)
    rounds = consultations.rounds(timezone.localdate())
    sight = Sight.of(rounds, sees_all=may_see_unpublished(request.user))
    rows = _agenda_rows(item, sight)
    if wanted_ending(request):
        columns = [_("Nummer"), _("Organisation"), _("Anlass"), _("Begründung"), _("Stand")]
        plain = (
            [number, who, cause, why, word] for number, _url, who, cause, why, _v, word in rows
        )
        return table_response(request, f"top-{item.pk}-anliegen", columns, plain)
    context = {
        "item": item,
        "sitting": item.sitting,
        "day": spoken_day(item.sitting),
        "table": _agenda_table(request, rows),
    }
    return render(request, "participation/agenda_points.html", context)


AgendaRow = tuple[str, str, str, str, str, str, str]


def _agenda_rows(item: AgendaItem, sight: Sight) -> list[AgendaRow]:
    """Return number, address, organisation, cause, reason, and where it stands, of what one may see."""
    found = objections.standing_on(item)
    if not sight.sees_all:
        found = found.filter(point__submission__consultation__in=sight.closed)
    return [_agenda_row(each, sight) for each in found]


def _agenda_row(each: AgendaPoint, sight: Sight) -> AgendaRow:
    point = each.point
    value, word = points.standing_of(point, sight)
    decision = point.latest_decision
    answer = getattr(decision, "objection", None) if decision else None
    return (
        point.number or "",
        point.get_absolute_url(),
        point.submission.organisation_name,
        each.get_cause_display(),
        answer.reason if answer and each.cause == AgendaPoint.Cause.MAINTAINED else "",
        value,
        word,
    )


def _agenda_table(request: HttpRequest, rows: list[AgendaRow]) -> Table:
    return Table(
        _("Anliegen zu diesem Tagesordnungspunkt"),
        [
            Column("number", _("Nummer")),
            Column("organisation", _("Organisation"), is_original=True),
            Column("cause", _("Anlass")),
            Column("reason", _("Begründung"), is_original=True),
            Column("outcome", _("Stand")),
        ],
        [
            [Link(number, url), who, cause, why, Status(value, word)]
            for number, url, who, cause, why, value, word in rows
        ],
        downloads=downloads(request),
        empty=Empty(
            _("Kein Anliegen steht unter diesem Punkt."),
            _(
                "Aufrechterhaltene Anliegen kommen von selbst auf die Tagesordnung; strittige setzt "
                "die Geschäftsstelle beim Entscheiden darauf."
            ),
        ),
    )
