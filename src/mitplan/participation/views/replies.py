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
from mitplan.common.exports import table_response, wanted_ending
from mitplan.conference.models import Organisation
from mitplan.conference.permissions import allow
from mitplan.participation import actions, jobs, queries
from mitplan.participation.forms.replies import ReplyTemplateForm
from mitplan.participation.models import Consultation, SentReply
from mitplan.participation.queries import replies, reply_templates, sent_replies
from mitplan.participation.queries.sent_replies import ReplyRow
from mitplan.participation.views.access import person
from mitplan.participation.views.points_table import DOCX
from mitplan.ui.tables import Column, Empty, Table, downloads
from mitplan.ui.values import Link, Status, spoken_date


def _consultation_or_404(number: int) -> Consultation:
    found = Consultation.objects.select_related("edition__plan").filter(opened_at__isnull=False)
    return get_object_or_404(found, number=number)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.SECRETARIAT)
def reply_letters(request: HttpRequest, number: int) -> HttpResponseBase:
    """What do we answer each submitter, did it arrive, and what came back?"""
    consultation = _consultation_or_404(number)
    rows = sent_replies.reply_rows(consultation)
    if wanted_ending(request):
        return _file(request, consultation, rows)
    form = ReplyTemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and _stored(request, form, consultation):
        return redirect("participation:reply_letters", number)
    context = {
        "consultation": consultation,
        "form": form,
        "template": reply_templates.template_of(consultation),
        "placeholders": [
            (f"{{{name}}}", text) for name, text in reply_templates.placeholders().items()
        ],
        "undecided": queries.undecided_points(consultation).count(),
        "letters": len(rows),
        "unsent": sum(not each.sent for each in rows),
        "undelivered": sum(each.is_undelivered for each in rows),
        "table": _table(request, consultation, rows),
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


def _table(request: HttpRequest, consultation: Consultation, rows: Sequence[ReplyRow]) -> Table:
    return Table(
        _("Wer Antwort bekommt"),
        [
            Column("organisation", _("Organisation"), is_original=True),
            Column("points", _("Anliegen"), is_numeric=True),
            Column("sent", _("Versandt")),
            Column("delivery", _("Zustellung")),
            Column("answers", _("Rückmeldung")),
            Column("word", _("Brief")),
        ],
        [_submitter_row(consultation, each) for each in rows],
        downloads=downloads(request),
        empty=Empty(
            _("Noch niemand."),
            _(
                "Sobald Stellungnahmen mit Anliegen eingegangen sind, steht hier, wer Antwort bekommt."
            ),
        ),
    )


def _submitter_row(consultation: Consultation, each: ReplyRow) -> tuple[object, ...]:
    who = each.submitter
    address = reverse("participation:reply_letter", args=[consultation.number, who.pk])
    word = Link(_("als Word-Datei"), f"{address}?format=docx")
    sent = spoken_date(timezone.localdate(each.latest.sent_at)) if each.latest else ""
    delivery = Status(each.delivery[0], str(each.delivery[1]))
    return Link(who.name, address), who.points, sent, delivery, _answers_in_words(each), word


def _answers_in_words(row: ReplyRow) -> str:
    """Say what came back; silence is said, too."""
    counted = [
        (row.maintained, _("%(count)s aufrechterhalten")),
        (row.accepted, _("%(count)s angenommen")),
        (row.silent, _("%(count)s ohne Rückmeldung")),
    ]
    return ", ".join(words % {"count": count} for count, words in counted if count)


def _file(
    request: HttpRequest, consultation: Consultation, rows: Sequence[ReplyRow]
) -> HttpResponseBase:
    columns = [
        *(_("Organisation"), _("Anliegen"), _("Versandt"), _("Weg"), _("Adresse"), _("Zustellung")),
        *(_("Meldung des Servers"), _("Frist"), _("angenommen"), _("aufrechterhalten")),
        _("ohne Rückmeldung"),
    ]
    return table_response(
        request, f"antworten-{consultation.number}", columns, map(_file_row, rows)
    )


def _file_row(row: ReplyRow) -> tuple[object, ...]:
    sent = row.latest
    mail = sent.mail if sent else None
    return (
        row.submitter.name,
        row.submitter.points,
        sent.sent_at if sent else None,
        sent.get_route_display() if sent else "",
        mail.to if mail else "",
        str(row.delivery[1]),
        mail.problem if mail else "",
        sent.last_day if sent else None,
        row.accepted,
        row.maintained,
        row.silent,
    )


@require_safe
@allow(Role.SECRETARIAT)
def reply_letter(request: HttpRequest, number: int, organisation: int) -> HttpResponse:
    """What do we answer this submitter?"""
    consultation = _consultation_or_404(number)
    if request.GET.get("format") == "docx":
        with replies.in_the_language_of_letters():
            return letter_file(_reply_or_404(consultation, organisation))
    reply = _reply_or_404(consultation, organisation)
    context = _reply_context(reply) | {
        "is_published": consultation.results_published_at,
        "organisation": organisation,
        "sent": consultation.sent_replies.filter(organisation=organisation)
        .select_related("mail", "sent_by")
        .order_by("-pk"),
    }
    return render(request, "participation/reply_letter.html", context)


def _reply_or_404(consultation: Consultation, organisation: int) -> replies.Reply:
    found = replies.reply_to(consultation, organisation, replies.EVERYTHING)
    if found is None:
        raise Http404
    return found


def letter_file(reply: replies.Reply) -> HttpResponse:
    """Answer with the letter to a submitter as a Word file."""
    content = reply_templates.content_of(reply_templates.template_of(reply.consultation))
    letter = replies.letter(reply, reply_templates.opened(content), timezone.localdate())
    response = HttpResponse(letter, content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="{reply.filename}"'
    return response


def _reply_context(reply: replies.Reply) -> dict[str, object]:
    return {
        "reply": reply,
        "consultation": reply.consultation,
        "answered": [(line, None) for line in reply.lines],
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


@require_POST
@allow(Role.SECRETARIAT)
def send_replies(request: HttpRequest, number: int) -> HttpResponse:
    """Shall everybody who got no answer yet get it by mail now?"""
    consultation = _consultation_or_404(number)
    waiting = [each.submitter.pk for each in sent_replies.reply_rows(consultation) if not each.sent]
    sent, problems = 0, []
    for organisation in Organisation.objects.filter(pk__in=waiting).order_by("name"):
        try:
            _send(request, consultation, organisation, SentReply.Route.MAIL)
        except ValidationError as problem:
            problems += problem.messages
        else:
            sent += 1
    if sent:
        sentence = ngettext(
            "%(count)s Antwort ist versandt.", "%(count)s Antworten sind versandt.", sent
        )
        messages.success(request, sentence % {"count": sent})
    for text in dict.fromkeys(problems):
        messages.error(request, text)
    return redirect("participation:reply_letters", number)


@require_POST
@allow(Role.SECRETARIAT)
def send_reply(request: HttpRequest, number: int, organisation: int) -> HttpResponse:
    """Shall this submitter get its answer, or get it once more?"""
    consultation = _consultation_or_404(number)
    row = get_object_or_404(Organisation, pk=organisation)
    route = request.POST.get("weg", "")
    route = route if route in SentReply.Route.values else SentReply.Route.MAIL
    try:
        _send(request, consultation, row, SentReply.Route(route))
    except ValidationError as problem:
        for text in problem.messages:
            messages.error(request, text)
    else:
        said = _("Die Antwort an %(name)s ist auf dem Weg.")
        messages.success(request, said % {"name": row.name})
    return redirect("participation:reply_letter", number, organisation)


def _send(
    request: HttpRequest,
    consultation: Consultation,
    organisation: Organisation,
    route: SentReply.Route,
) -> None:
    actions.send_reply(
        consultation=consultation,
        organisation=organisation,
        route=route,
        by=person(request),
        at=timezone.now(),
    )
