"""Reply letters: the template, one letter to look at, all as one file, and the page of the submitter."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitplan.accounts.models import Role
from mitplan.common import large_files
from mitplan.conference.permissions import allow
from mitplan.participation import actions, jobs, queries
from mitplan.participation.forms.replies import ReplyTemplateForm
from mitplan.participation.models import Consultation
from mitplan.participation.queries import replies, reply_templates
from mitplan.participation.queries.points import Sight
from mitplan.participation.views.access import person
from mitplan.participation.views.desk import Desk
from mitplan.participation.views.points_table import DOCX
from mitplan.ui.tables import Column, Empty, Table
from mitplan.ui.values import Link


def _consultation_or_404(number: int) -> Consultation:
    found = Consultation.objects.select_related("edition__plan").filter(opened_at__isnull=False)
    return get_object_or_404(found, number=number)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.SECRETARIAT)
def reply_letters(request: HttpRequest, number: int) -> HttpResponse:
    """What do we answer each submitter, and from which template?"""
    consultation = _consultation_or_404(number)
    form = ReplyTemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and _stored(request, form, consultation):
        return redirect("participation:reply_letters", number)
    found = replies.submitters(consultation)
    context = {
        "consultation": consultation,
        "form": form,
        "template": reply_templates.template_of(consultation),
        "placeholders": [
            (f"{{{name}}}", text) for name, text in reply_templates.placeholders().items()
        ],
        "undecided": queries.undecided_points(consultation).count(),
        "letters": len(found),
        "table": _submitters(consultation, found),
    }
    status = 422 if form.errors else 200
    return render(request, "participation/reply_letters.html", context, status=status)


def _stored(request: HttpRequest, form: ReplyTemplateForm, consultation: Consultation) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.store_reply_template(
            consultation=None if form.is_for_all else consultation,
            name=form.upload.name or "vorlage.docx",
            content=form.upload.read(),
            by=person(request),
            at=timezone.now(),
        )
    except ValidationError as problem:
        form.add_error("datei", problem.messages)
        return False
    messages.success(request, _("Die Vorlage ist geprüft und hinterlegt."))
    return True


def _submitters(consultation: Consultation, found: Sequence[replies.Submitter]) -> Table:
    return Table(
        _("Wer Antwort bekommt"),
        [
            Column("organisation", _("Organisation")),
            Column("points", _("Anliegen"), is_numeric=True),
            Column("word", _("Brief")),
        ],
        [_submitter_row(consultation, each) for each in found],
        empty=Empty(
            _("Noch niemand."),
            _(
                "Sobald Stellungnahmen mit Anliegen eingegangen sind, steht hier, wer Antwort bekommt."
            ),
        ),
    )


def _submitter_row(consultation: Consultation, each: replies.Submitter) -> tuple[object, ...]:
    address = reverse("participation:reply_letter", args=[consultation.number, each.pk])
    word = Link(_("als Word-Datei"), f"{address}?format=docx")
    return Link(each.name, address), each.points, word


@require_safe
@allow(Role.SECRETARIAT)
def reply_letter(request: HttpRequest, number: int, organisation: int) -> HttpResponse:
    """What do we answer this submitter?"""
    consultation = _consultation_or_404(number)
    if request.GET.get("format") == "docx":
        with replies.in_the_language_of_letters():
            return _letter(_reply_or_404(consultation, organisation))
    reply = _reply_or_404(consultation, organisation)
    context = _reply_context(reply) | {"is_published": consultation.results_published_at}
    return render(request, "participation/reply_letter.html", context)


def _reply_or_404(consultation: Consultation, organisation: int) -> replies.Reply:
    found = replies.reply_to(consultation, organisation, replies.EVERYTHING)
    if found is None:
        raise Http404
    return found


def _letter(reply: replies.Reply) -> HttpResponse:
    content = reply_templates.content_of(reply_templates.template_of(reply.consultation))
    letter = replies.letter(reply, reply_templates.opened(content), timezone.localdate())
    response = HttpResponse(letter, content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="{reply.filename}"'
    return response


def _reply_context(reply: replies.Reply) -> dict[str, object]:
    published = reply.consultation.results_published_at or timezone.now()
    return {
        "reply": reply,
        "consultation": reply.consultation,
        "last_day": replies.last_day_to_maintain(timezone.localdate(published)),
    }


@require_safe
@allow(Role.SECRETARIAT)
def reply_template(request: HttpRequest, number: int) -> HttpResponse:  # noqa: ARG001 – the same for all who may
    """How does the template look that is used now?"""
    template = reply_templates.template_of(_consultation_or_404(number))
    response = HttpResponse(reply_templates.content_of(template), content_type=DOCX)
    response["Content-Disposition"] = 'attachment; filename="vorlage-antwortschreiben.docx"'
    return response


@require_POST
@allow(Role.SECRETARIAT)
def make_reply_letters(request: HttpRequest, number: int) -> HttpResponse:
    """Shall the letters to all submitters be made?"""
    consultation = _consultation_or_404(number)
    if undecided := queries.undecided_points(consultation).count():
        sentence = ngettext(
            "Über %(count)s Anliegen ist noch nicht entschieden. Bitte zuerst entscheiden, dann antworten.",
            "Über %(count)s Anliegen ist noch nicht entschieden. Bitte zuerst entscheiden, dann antworten.",
            undecided,
        )
        messages.error(request, sentence % {"count": undecided})
        return redirect("participation:reply_letters", number)
    export = large_files.ask_for(
        kind="replies",
        title=_("Antwortschreiben: %(title)s") % {"title": consultation.title},
        filename=f"antwortschreiben-{number}.zip",
        parameters={
            "consultation": number,
            "back": reverse("participation:reply_letters", args=[number]),
        },
        enqueue=jobs.make_reply_letters.enqueue,
        by=person(request),
        at=timezone.now(),
    )
    return redirect(export)


@require_safe
def reply(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """What became of each of our points?"""
    if desk.consultation.results_published_at is None:
        return render(request, "participation/reply.html", {"desk": desk})
    published = frozenset({desk.consultation.pk})
    sight = Sight(sees_all=False, closed=published, published=published)
    found = replies.reply_to(desk.consultation, desk.seat.organisation.pk, sight)
    context = {"desk": desk} | (_reply_context(found) if found else {})
    return render(request, "participation/reply.html", context)
