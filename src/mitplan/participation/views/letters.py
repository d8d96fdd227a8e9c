"""Cutting a letter into points, and the files a submission came with."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mitplan.accounts.models import Role
from mitplan.conference.permissions import allow
from mitplan.participation import actions
from mitplan.participation.forms.letters import BlockForm
from mitplan.participation.models import Submission, Upload
from mitplan.participation.queries import drafts, letters, submissions
from mitplan.participation.views.access import person

MOST_DIGITS = 5


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def split_letter(request: HttpRequest, number: str) -> HttpResponse:
    """Which demands stand in this letter, and what of it holds none?"""
    row = submissions.submission_by_number(number)
    if row is None or not row.letter:
        raise Http404
    form = BlockForm(
        request.POST if request.method == "POST" else None,
        row.consultation.edition,
        drafts.fields_of(row.consultation),
    )
    problems: list[str] = []
    if form.is_bound and form.is_valid():
        try:
            done = _act(request, row, form)
        except ValidationError as problem:
            problems = problem.messages
        else:
            messages.success(request, done)
            return redirect("participation:split_letter", number)
    context = {
        "submission": row,
        "consultation": row.consultation,
        "letter": letters.letter_of(row),
        "is_over": row.consultation.results_published_at is not None,
        "form": form,
        "problems": problems,
        "chosen": request.POST.getlist("block"),
    }
    is_refused = bool(problems or form.errors)
    return render(
        request, "participation/split_letter.html", context, status=422 if is_refused else 200
    )


def _act(request: HttpRequest, row: Submission, form: BlockForm) -> str:
    """Do what the button says, and say what was done."""
    by, at = person(request), timezone.now()
    sent = request.POST.getlist("block")
    positions = [int(each) for each in sent if each.isdecimal() and len(each) <= MOST_DIGITS]
    if "abschliessen" in request.POST:
        actions.close_split(submission=row, by=by, at=at)
        return _("Das Schreiben ist fertig aufgeteilt.")
    if "ohne" in request.POST or "zurueck" in request.POST:
        actions.mark_blocks(
            submission=row,
            positions=positions,
            is_without_demand="ohne" in request.POST,
            excerpt=form.cleaned_data["excerpt"],
            by=by,
            at=at,
        )
        return _("Gespeichert.")
    point = actions.make_point_of_blocks(
        submission=row,
        positions=positions,
        values=form.values(),
        excerpt=form.cleaned_data["excerpt"],
        by=by,
        at=at,
    )
    return _("Anliegen %(number)s ist angelegt.") % {"number": point.number}


@require_safe
@allow(Role.SECRETARIAT)
def submission_file(request: HttpRequest, number: str, upload: int) -> HttpResponse:  # noqa: ARG001 – a view
    """What exactly did this organisation send?"""
    row = get_object_or_404(Upload, pk=upload, submission__number=number)
    disposition = content_disposition_header(as_attachment=True, filename=row.name)
    headers = {"Content-Disposition": disposition or "attachment"}
    return HttpResponse(
        bytes(row.content), content_type="application/octet-stream", headers=headers
    )
