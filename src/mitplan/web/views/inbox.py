"""The inbox: what is due, and what happened since the last visit."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mitplan.accounts.models import Role
from mitplan.common.models import OutgoingMail
from mitplan.conference.permissions import allow
from mitplan.publishing.views.access import person
from mitplan.web.actions import visits
from mitplan.web.queries.news import news_for
from mitplan.web.queries.tasks import tasks_for

SINCE = "since"
"""Where the session remembers the visit before this one."""


@require_safe
@allow(Role.PERSON)
def tasks(request: HttpRequest) -> HttpResponse:
    """What is due, by when, and what happened since I was here last?"""
    now = timezone.now()
    since = _since(request, now)
    today = timezone.localdate(now)
    found = tasks_for(person(request), now)
    context = {
        "overdue": [task for task in found if task.is_overdue(today)],
        "tasks": [task for task in found if not task.is_overdue(today)],
        "since": since,
        "news": news_for(person(request), since) if since else [],
    }
    return render(request, "web/tasks.html", context)


def _since(request: HttpRequest, now: datetime) -> datetime | None:
    """Return when the person was here before this visit."""
    before = visits.note_visit(user=person(request), at=now)
    if visits.is_new_visit(before, now):
        request.session[SINCE] = before.isoformat() if before else ""
        return before
    kept = request.session.get(SINCE)
    return before if kept is None else parse_datetime(kept)


@require_safe
@allow(Role.SECRETARIAT, Role.ADMINISTRATOR)
def undelivered(request: HttpRequest) -> HttpResponse:
    """Which mails did not arrive, and why?"""
    mails = OutgoingMail.objects.filter(
        state__in=OutgoingMail.UNDELIVERED, invitation__isnull=True, dispatch__isnull=True
    ).order_by("-queued_at")
    return render(request, "web/undelivered.html", {"mails": mails})


@require_POST
@allow(Role.SECRETARIAT, Role.ADMINISTRATOR)
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Shall this mail be sent once more?"""
    mail = get_object_or_404(OutgoingMail, pk=pk, invitation__isnull=True)
    visits.send_again(mail=mail, by=person(request), at=timezone.now())
    messages.success(request, _("Die Nachricht wird noch einmal versandt."))
    return redirect("web:undelivered")
