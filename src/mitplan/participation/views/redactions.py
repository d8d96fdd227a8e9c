"""Blacking out words of a submission."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mitplan.accounts.models import Role
from mitplan.conference.permissions import allow
from mitplan.participation import actions
from mitplan.participation.forms.redactions import RedactionForm
from mitplan.participation.models import Redaction, Submission
from mitplan.participation.queries import redactions
from mitplan.participation.views.access import person


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.SECRETARIAT)
def redact(request: HttpRequest, number: str) -> HttpResponse:
    """Which words of this submission may the public not read, and why?"""
    related = Submission.objects.select_related("consultation__edition__plan")
    submission = get_object_or_404(related, number=number)
    points = list(submission.points.filter(number__isnull=False).order_by("position"))
    data = request.POST if request.method == "POST" else None
    form = RedactionForm(data, submission.letter, points)
    if form.is_valid() and _redacted(request, submission, form):
        return redirect("participation:redact", number)
    context = {
        "submission": submission,
        "form": form,
        "points": points,
        "redactions": redactions.redactions_of(submission),
    }
    status = 422 if form.errors else 200
    return render(request, "participation/redact.html", context, status=status)


def _redacted(request: HttpRequest, submission: Submission, form: RedactionForm) -> bool:
    try:
        actions.redact(
            submission=submission,
            point=form.point,
            values=form.values(),
            by=person(request),
            at=timezone.now(),
        )
    except ValidationError as problem:
        form.add_error(None, problem)
        return False
    messages.success(request, _("Geschwärzt. Der ursprüngliche Text bleibt hier lesbar."))
    return True


@require_POST
@allow(Role.SECRETARIAT)
def erase_original(request: HttpRequest, number: str, redaction: int) -> HttpResponse:
    """Does the law demand that what stood there is erased for good?"""
    row = get_object_or_404(Redaction, pk=redaction, submission__number=number)
    try:
        actions.erase_original(redaction=row, by=person(request), at=timezone.now())
    except ValidationError as problem:
        for text in problem.messages:
            messages.error(request, text)
    else:
        messages.success(request, _("Der ursprüngliche Text ist endgültig gelöscht."))
    return redirect("participation:redact", number)
