"""Who acts on a page, and how the page was asked for."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from mitplan.accounts.models import User
from mitplan.participation import queries
from mitplan.participation.models import Submission
from mitplan.participation.permissions import may_read_submission, may_read_withdrawn
from mitplan.participation.policies import ConsultationState


def person(request: HttpRequest) -> User:
    """Return who acts; a page for everybody may be asked to act by nobody."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def asks_for_part(request: HttpRequest) -> bool:
    """Tell whether htmx asks for a part of the page."""
    return request.headers.get("HX-Request") == "true"


def saves_itself(request: HttpRequest) -> bool:
    """Tell whether the page saves by itself, with nobody waiting for an answer."""
    return request.headers.get("X-Requested-With") == "autosave"


def may_read(request: HttpRequest, submission: Submission) -> bool:
    """Tell whether the person asking may read a submission now."""
    state = queries.state_of(submission.consultation, timezone.now())
    return may_read_submission(request.user, submission, is_open=state == ConsultationState.OPEN)


def is_tombstone(request: HttpRequest, submission: Submission) -> bool:
    """Tell whether the person asking sees of a submission only that it was there and is withdrawn."""
    return bool(submission.withdrawn_at) and not may_read_withdrawn(request.user, submission)


def not_yet(request: HttpRequest, submission: Submission) -> HttpResponse:
    """Say that what was handed in is public after the last day."""
    context = {
        "consultation": submission.consultation,
        "closes_on": queries.audiences_of(submission.consultation)[-1].ends_on,
    }
    return render(request, "participation/not_yet.html", context, status=403)
