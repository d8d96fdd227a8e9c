"""Answering with Word: bring a file, see what becomes of it, take it in."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from mitplan.accounts.models import Role
from mitplan.conference.permissions import allow
from mitplan.participation import actions
from mitplan.participation.forms.uploads import FileForm, OfficeFileForm, RouteForm, sent_files
from mitplan.participation.models import Submission, Upload
from mitplan.participation.permissions import seat_of
from mitplan.participation.queries import consultations, packs, uploads
from mitplan.participation.queries.uploads import Examined, Offer
from mitplan.participation.views import take_part
from mitplan.participation.views.access import person
from mitplan.participation.views.desk import Desk
from mitplan.participation.views.submissions import opened
from mitplan.plan.queries import document_of

CHOSEN = "uebernehmen"


@require_http_methods(["GET", "POST"])
def word(request: HttpRequest, desk: Desk) -> HttpResponse:
    """How do we answer with Word?"""
    if desk.handed_in:
        return redirect(desk.address("quittung/"))
    if not desk.is_open:
        return take_part.closed(request, desk)
    form = FileForm(request.POST or None, sent_files(request))
    if form.is_valid():
        try:
            uploads.examine(desk.consultation, form.file_name, form.content)
            kept = actions.keep_upload(
                consultation=desk.consultation,
                name=form.file_name,
                data=form.content,
                seat=desk.seat,
                at=timezone.now(),
            )
        except ValidationError as problem:
            form.add_error("file", problem)
        else:
            return redirect(desk.address(f"word/datei/{kept.pk}/"))
    files = uploads.files_of(desk.consultation, desk.seat.organisation)
    context = {
        "desk": desk,
        "form": form,
        "chapters": packs.chapters_of(document_of(desk.consultation.edition)),
        "files": files,
        "window": consultations.window_of(
            desk.consultation, desk.seat.organisation, timezone.localdate()
        ),
    }
    return render(request, "participation/word.html", context, status=422 if form.errors else 200)


@require_POST
def remove_letter(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Do we take the letter out of our draft again?"""
    if desk.draft is None:
        raise Http404
    try:
        actions.save_letter(
            submission=desk.draft,
            letter="",
            contact=desk.draft.contact,
            seat=desk.seat,
            at=timezone.now(),
        )
    except ValidationError as problem:
        return take_part.refused(request, desk, problem)
    messages.success(request, _("Entfernt."))
    return redirect(desk.address("abgeben/"))


@require_http_methods(["GET", "POST"])
def check_upload(request: HttpRequest, desk: Desk, upload: int) -> HttpResponse:
    """What becomes of our file?"""
    row = uploads.upload_of(desk.consultation, desk.seat.organisation, upload)
    if row is None:
        raise Http404
    if desk.handed_in:
        return redirect(desk.address("quittung/"))
    if not desk.is_open:
        return take_part.closed(request, desk)
    if "verwerfen" in request.POST:
        actions.discard_upload(upload=row, seat=desk.seat)
        messages.success(request, _("Die Datei ist verworfen; nichts wurde übernommen."))
        return redirect(desk.address("word/"))
    problems: list[str] = []
    if request.method == "POST":
        try:
            taken = actions.take_in(
                upload=row, keys=request.POST.getlist(CHOSEN), seat=desk.seat, at=timezone.now()
            )
        except ValidationError as problem:
            problems = problem.messages
        else:
            messages.success(request, _told(taken))
            return redirect(desk.address("abgeben/"))
    context = {"desk": desk, "back": desk.address("word/"), **_preview(request, row).context}
    return _page(request, context, problems)


def _told(taken: actions.Taken) -> str:
    words = [
        ngettext(
            "%(count)s Anliegen aus Ihrer Datei steht jetzt im Entwurf.",
            "%(count)s Anliegen aus Ihrer Datei stehen jetzt im Entwurf.",
            taken.points,
        )
        % {"count": taken.points}
    ]
    if not taken.points:
        words = [_("Das Schreiben steht jetzt im Entwurf.")]
    return " ".join([*words, _("Abgegeben ist noch nichts: Bitte prüfen und abgeben.")])


@dataclass(frozen=True)
class _Preview:
    """A file with what would become of it."""

    upload: Upload
    examined: Examined
    offers: Sequence[Offer]
    chosen: frozenset[str] | None

    @property
    def context(self) -> dict[str, object]:
        """What the page shows."""
        letter_known = uploads.letter_is_known(self.upload, self.examined)
        new = [each for each in self.offers if each.is_new]
        return {
            "upload": self.upload,
            "examined": self.examined,
            "placed": [
                (each, self._is_ticked(each)) for each in self.offers if self._has_place(each)
            ],
            "unplaced": [
                (each, self._is_ticked(each)) for each in self.offers if not self._has_place(each)
            ],
            "new_count": len(new),
            "letter_known": letter_known,
            "pack_of_another": uploads.pack_of_another(self.upload, self.examined),
            "has_news": bool(new) or bool(self.examined.letter and not letter_known),
            "can_take": self.upload.taken_at is None
            and (
                any(not each.is_known_point for each in self.offers)
                or bool(self.examined.letter and not letter_known)
            ),
        }

    @staticmethod
    def _has_place(offer: Offer) -> bool:
        return offer.finding.passage is not None

    def _is_ticked(self, offer: Offer) -> bool:
        return offer.is_ticked if self.chosen is None else offer.finding.key in self.chosen


def _preview(request: HttpRequest, upload: Upload) -> _Preview:
    examined = uploads.examine(upload.consultation, upload.name, bytes(upload.content))
    sent = frozenset(request.POST.getlist(CHOSEN)) if request.method == "POST" else None
    return _Preview(upload, examined, uploads.offers(upload, examined), sent)


def _page(
    request: HttpRequest, context: dict[str, object], problems: Sequence[str]
) -> HttpResponse:
    context["problems"] = problems
    return render(
        request, "participation/check_upload.html", context, status=422 if problems else 200
    )


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def record_file(request: HttpRequest, number: int) -> HttpResponse:
    """Which file reached us, and from whom?"""
    consultation = opened(number)
    organisations = consultations.organisations_for(consultation).order_by("name")
    form = OfficeFileForm(request.POST or None, sent_files(request), organisations)
    if form.is_valid():
        try:
            uploads.examine(consultation, form.file_name, form.content)
            kept = actions.keep_upload(
                consultation=consultation,
                name=form.file_name,
                data=form.content,
                seat=seat_of(person(request), form.chosen_organisation),
                at=timezone.now(),
            )
        except ValidationError as problem:
            form.add_error("file", problem)
        else:
            return redirect("participation:check_file", number, kept.pk)
    context = {"consultation": consultation, "form": form}
    return render(
        request, "participation/record_file.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def check_file(request: HttpRequest, number: int, upload: int) -> HttpResponse:
    """What becomes of the file that reached us?"""
    related = Upload.objects.select_related("consultation__edition__plan", "organisation")
    row = get_object_or_404(related, pk=upload, consultation__number=number)
    form = RouteForm(request.POST if request.method == "POST" else None)
    if "verwerfen" in request.POST:
        actions.discard_upload(upload=row, seat=seat_of(person(request), row.organisation))
        messages.success(request, _("Die Datei ist verworfen; nichts wurde übernommen."))
        return redirect("participation:record_file", number)
    problems: list[str] = []
    if form.is_bound and form.is_valid():
        try:
            recorded = actions.record_upload(
                upload=row,
                keys=request.POST.getlist(CHOSEN),
                route=Submission.Route(form.cleaned_data["route"]),
                by=person(request),
                at=timezone.now(),
            )
        except ValidationError as problem:
            problems = problem.messages
        else:
            messages.success(
                request,
                _("Stellungnahme %(number)s ist erfasst.") % {"number": recorded.number},
            )
            return redirect(recorded)
    elif form.is_bound:
        problems = [_("Bitte angeben, auf welchem Weg die Datei kam.")]
    context = {
        "consultation": row.consultation,
        "route": form,
        "back": reverse("participation:record_file", args=[number]),
        **_preview(request, row).context,
    }
    return _page(request, context, problems)
