"""Submissions: the list of a round, the page of each, and recording what came on paper."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mitplan.accounts.models import Role
from mitplan.common.exports import table_response, wanted_ending
from mitplan.conference.permissions import allow, allow_everyone
from mitplan.participation import actions, queries
from mitplan.participation.forms.cosigners import CoSignerForm
from mitplan.participation.forms.records import LetterForm, RecordedPointForm
from mitplan.participation.models import Consultation, Point, Submission
from mitplan.participation.permissions import (
    may_run_consultations,
    may_see_unpublished,
)
from mitplan.participation.policies import ConsultationState
from mitplan.participation.queries import (
    cosigners,
    drafts,
    letters,
    points,
    rebasings,
    submissions,
)
from mitplan.participation.queries.consultations import organisations_for
from mitplan.participation.queries.points import Sight
from mitplan.participation.queries.submissions import SubmissionRow
from mitplan.participation.views.access import is_tombstone, may_read, not_yet, person
from mitplan.ui.tables import Column, Empty, Table, chosen_sort, downloads, paginate
from mitplan.ui.values import Link, Status

FIRST_ROWS, MOST_ROWS = 3, 60


def opened(number: int) -> Consultation:
    """Return a round that was opened, or 404."""
    related = Consultation.objects.select_related("edition__plan")
    found = related.filter(number=number, opened_at__isnull=False).first()
    if found is None:
        raise Http404
    return found


def _columns() -> list[Column]:
    return [
        Column("number", _("Nummer"), is_sortable=True),
        Column("organisation", _("Organisation"), is_sortable=True, is_original=True),
        Column("received", _("Eingang"), is_sortable=True),
        Column("route", _("Weg")),
        Column("points", _("Anliegen"), is_sortable=True, is_numeric=True),
        Column("note", _("Hinweis")),
    ]


@require_safe
@allow_everyone
def submission_list(request: HttpRequest, number: int) -> HttpResponseBase:
    """Who has handed in, and when?"""
    consultation = opened(number)
    state = queries.state_of(consultation, timezone.now())
    sees = may_see_unpublished(request.user) or state != ConsultationState.OPEN
    sort = chosen_sort(request, _columns(), "number")
    found = submissions.found_submissions(consultation, sort)
    if not sees:
        found = found.none()
    if wanted_ending(request):
        return _file(request, number, submissions.submission_rows(found))
    page = paginate(request, found, per_page=50)
    table = Table(
        _("Stellungnahmen"),
        _columns(),
        [
            _cells(row)
            for row in submissions.submission_rows(cast("QuerySet[Submission]", page.object_list))
        ],
        sort=sort,
        page=page,
        downloads=downloads(request),
        empty=_empty(sees=sees),
    )
    context = {
        "consultation": consultation,
        "table": table,
        "runs": may_run_consultations(request.user),
    }
    return render(request, "participation/submissions.html", context)


def _empty(*, sees: bool) -> Empty:
    if sees:
        return Empty(_("Noch keine Stellungnahme."), _("Was eingeht, steht hier mit Nummer."))
    return Empty(
        _("Die Frist läuft noch."),
        _("Nach dem letzten Tag stehen hier alle Stellungnahmen mit Nummer und Prüfsumme."),
    )


def _cells(row: SubmissionRow) -> list[object]:
    return [
        Link(row.number, reverse("participation:submission", args=[row.number])),
        row.organisation,
        row.received_at,
        row.route,
        row.points,
        _note(row),
    ]


def _note(row: SubmissionRow) -> object:
    if row.is_withdrawn:
        return Status("withdrawn", _("zurückgezogen"))
    words = [_("keine Anmerkungen")] if row.has_no_remarks else []
    if row.is_late:
        words.append(_("verspätet"))
    return ", ".join(words)


def _file(request: HttpRequest, number: int, rows: list[SubmissionRow]) -> HttpResponseBase:
    header = [
        _("Nummer"),
        _("Organisation"),
        _("Gruppe"),
        _("Eingang"),
        _("Weg"),
        _("Anliegen"),
        _("entschieden"),
        _("Hinweis"),
        _("Prüfsumme"),
    ]
    lines = (
        [
            row.number,
            row.organisation,
            row.category,
            row.received_at,
            row.route,
            row.points,
            row.decided,
            getattr(_note(row), "label", _note(row)),
            row.sha256,
        ]
        for row in rows
    )
    return table_response(request, f"stellungnahmen-{number}", header, lines)


@require_safe
@allow_everyone
def submission(request: HttpRequest, number: str) -> HttpResponse:
    """What did this organisation hand in?"""
    row = submissions.submission_by_number(number)
    if row is None:
        raise Http404
    if not may_read(request, row):
        return not_yet(request, row)
    consultation = row.consultation
    published = consultation.results_published_at is not None
    sight = Sight(published or may_see_unpublished(request.user), frozenset(), frozenset())
    cards = drafts.cards_of(consultation, _points_of(row))
    runs = may_run_consultations(request.user)
    carried = rebasings.newest_rebasings_in(row, sees_all=may_see_unpublished(request.user))
    context = {
        "submission": row,
        "is_tombstone": is_tombstone(request, row),
        "consultation": consultation,
        "cards": [
            (card, *points.standing_of(card.point, sight), carried.get(card.point.pk))
            for card in cards
        ],
        "runs": runs,
        "cosigners": cosigners.cosigners_of(row),
        "cosigner_form": _cosigner_form(row) if runs else None,
        "redactions": row.redactions.filter(point=None).order_by("-pk"),
        "files": letters.files_in(row) if runs else [],
        "waits_to_be_split": runs and row.number in letters.waiting_letters(consultation),
    }
    return render(request, "participation/submission.html", context)


def _cosigner_form(row: Submission) -> CoSignerForm | None:
    """Return the question who else signed, as long as somebody may be added."""
    if row.withdrawn_at or row.consultation.results_published_at:
        return None
    return CoSignerForm(None, cosigners.organisations_to_sign(row))


def _points_of(row: Submission) -> list[Point]:
    found = drafts.points_in(row)
    for point in found:
        point.submission = row
    return found


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def record(request: HttpRequest, number: int) -> HttpResponse:
    """What came by letter, mail or word of mouth?"""
    consultation = opened(number)
    data = request.POST if request.method == "POST" else None
    form = LetterForm(data, organisations_for(consultation).order_by("name"))
    rows = _rows(request, consultation)
    if data and "mehr" not in data:
        recorded = _record(request, consultation, form, rows)
        if recorded:
            messages.success(
                request,
                _("Stellungnahme %(number)s ist erfasst.") % {"number": recorded.number},
            )
            return redirect(recorded)
    context = {"consultation": consultation, "form": form, "rows": rows, "count": len(rows)}
    is_refused = data is not None and "mehr" not in data
    return render(request, "participation/record.html", context, status=422 if is_refused else 200)


def _rows(request: HttpRequest, consultation: Consultation) -> list[RecordedPointForm]:
    """Return the rows for points; asking for more keeps what was written."""
    wanted = request.POST.get("zeilen", "")
    count = min(int(wanted), MOST_ROWS) if wanted.isdecimal() else FIRST_ROWS
    if "mehr" in request.POST:
        count = min(count + FIRST_ROWS, MOST_ROWS)
    data = request.POST if request.method == "POST" else None
    fields = drafts.fields_of(consultation)
    rows = [
        RecordedPointForm(data, number, consultation.edition, fields)
        for number in range(1, count + 1)
    ]
    if "mehr" in request.POST:
        for row in rows:
            if row.is_blank:
                row.is_bound = False
    return rows


def _record(
    request: HttpRequest,
    consultation: Consultation,
    form: LetterForm,
    rows: list[RecordedPointForm],
) -> Submission | None:
    for row in rows:
        row.empty_permitted = row.is_blank
    written = [row for row in rows if not row.is_blank]
    if not all([form.is_valid(), *[row.is_valid() for row in written]]):
        return None
    try:
        return actions.record_submission(
            consultation=consultation,
            organisation=form.chosen_organisation,
            route=Submission.Route(form.cleaned_data["route"]),
            letter=form.cleaned_data["letter"],
            points=[row.values() for row in written],
            cosigners=form.chosen_cosigners,
            by=person(request),
            at=timezone.now(),
        )
    except ValidationError as problem:
        form.add_error(None, problem)
        return None
