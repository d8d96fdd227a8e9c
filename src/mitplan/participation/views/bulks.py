"""Many letters at once: hand them over, and see what becomes of each."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mitplan.accounts.models import Role
from mitplan.conference.permissions import allow
from mitplan.participation import actions, jobs
from mitplan.participation.forms.uploads import BulkForm, sent_files
from mitplan.participation.models import Bulk, BulkLetter
from mitplan.participation.queries import bulks
from mitplan.participation.views.access import asks_for_part, person
from mitplan.participation.views.submissions import opened
from mitplan.ui.tables import Column, Table
from mitplan.ui.values import Link, Status


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def bulk_list(request: HttpRequest, number: int) -> HttpResponse:
    """Which letters came in a pile, and how do we take in many at once?"""
    consultation = opened(number)
    form = BulkForm(request.POST or None, sent_files(request))
    if form.is_valid():
        try:
            begun = actions.begin_bulk(
                consultation=consultation,
                name=form.file_name,
                data=form.content,
                by=person(request),
                at=timezone.now(),
            )
        except ValidationError as problem:
            form.add_error("file", problem)
        else:
            _go_on(begun)
            return redirect("participation:bulk", number, begun.pk)
    context = {"consultation": consultation, "form": form, "bulks": bulks.bulks_of(consultation)}
    return render(request, "participation/bulks.html", context, status=422 if form.errors else 200)


def _go_on(bulk: Bulk) -> None:
    """Have the letters taken in that wait; each is a job of its own, so that a restart loses none."""
    waiting = bulk.letters.filter(state=BulkLetter.State.WAITING).order_by("position")
    for letter in waiting.values_list("pk", flat=True):
        jobs.take_bulk_letter.enqueue(letter)


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def bulk(request: HttpRequest, number: int, bulk: int) -> HttpResponse:
    """What became of each letter of this pile?"""
    related = Bulk.objects.select_related("consultation__edition__plan")
    row = get_object_or_404(related, pk=bulk, consultation__number=number)
    if request.method == "POST":
        _go_on(row)
        messages.success(request, _("Was noch wartet, wird jetzt eingelesen."))
        return redirect("participation:bulk", number, bulk)
    rows = bulks.letter_rows(row)
    waiting = sum(each.state == bulks.STATES[BulkLetter.State.WAITING] for each in rows)
    context = {
        "consultation": row.consultation,
        "bulk": row,
        "done": len(rows) - waiting,
        "total": len(rows),
        "waiting": waiting,
        "address": reverse("participation:bulk", args=[number, bulk]),
        "table": _table(rows),
    }
    page = "parts/bulk.html" if asks_for_part(request) else "bulk.html"
    return render(request, f"participation/{page}", context)


def _table(rows: list[bulks.LetterRow]) -> Table:
    columns = [
        Column("name", _("Datei")),
        Column("state", _("Stand")),
        Column("submission", _("Stellungnahme")),
        Column("sentence", _("Hinweis")),
    ]
    return Table(
        _("Schreiben des Stapels"),
        columns,
        [
            [
                each.name,
                Status(each.state, each.label),
                Link(each.submission, each.url) if each.submission else None,
                each.sentence,
            ]
            for each in rows
        ],
    )
