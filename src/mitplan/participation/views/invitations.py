"""Inviting: by ticking, by list, once more, and as a letter."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mitplan.accounts.models import Role
from mitplan.common.exports import table_response, wanted_ending
from mitplan.conference.permissions import allow
from mitplan.participation import actions
from mitplan.participation.actions.consultations import note_letter_sent
from mitplan.participation.forms.invitations import InvitationForm, LetterSentForm, ListForm
from mitplan.participation.forms.uploads import sent_files
from mitplan.participation.models import Consultation, Invitation
from mitplan.participation.policies import ConsultationState
from mitplan.participation.queries import consultations
from mitplan.participation.queries import invitations as queries
from mitplan.participation.queries.consultations import ConsultationRow
from mitplan.participation.views.access import person


def _row(number: int) -> ConsultationRow:
    row = consultations.consultation_row(number, timezone.now())
    if row is None:
        raise Http404
    return row


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def invitations(request: HttpRequest, number: int) -> HttpResponseBase:
    """Who is invited, did it arrive, and whom do we still invite?"""
    row = _row(number)
    if wanted_ending(request):
        return _invitation_file(request, row.consultation)
    groups = queries.candidates(row.consultation)
    ticked = queries.ticked(groups, request.GET.get("auswahl", ""), timezone.localdate())
    data = request.POST if request.method == "POST" else None
    form = InvitationForm(data, groups, ticked)
    if data and form.is_valid() and _invite(request, row.consultation, form):
        return redirect("participation:invitations", number)
    context = {
        "row": row,
        "consultation": row.consultation,
        "form": form,
        "groups": [
            (group.category, [(each, form.is_chosen(each)) for each in group.organisations])
            for group in groups
        ],
        "table": queries.invitation_rows(row.consultation, settings.PUBLIC_URL),
        "may_invite": row.state == ConsultationState.OPEN,
        "today": timezone.localdate(),
    }
    return render(
        request, "participation/invitations.html", context, status=422 if form.errors else 200
    )


def _invite(request: HttpRequest, consultation: Consultation, form: InvitationForm) -> bool:
    try:
        sent = actions.invite(
            consultation=consultation,
            organisations=form.organisations,
            route=Invitation.Route(form.cleaned_data["route"]),
            sent_on=form.cleaned_data["sent_on"],
            by=person(request),
            at=timezone.now(),
        )
    except ValidationError as problem:
        form.add_error(None, problem)
        return False
    messages.success(request, _("%(count)s eingeladen.") % {"count": len(sent)})
    return True


def _invitation_file(request: HttpRequest, consultation: Consultation) -> HttpResponseBase:
    """Answer with who was invited as a file; the personal links stay on the page."""
    columns = [
        *(_("Organisation"), _("Gruppe"), _("Eingeladen"), _("Weg"), _("Zuletzt versandt")),
        *(_("Versandt durch"), _("Wie oft versandt"), _("Zustellung"), _("Meldung des Servers")),
        *(_("Geöffnet"), _("Stellungnahme")),
    ]
    rows = (
        [
            *(each.organisation, each.category, each.invited_at, each.route, each.last_sent_on),
            *(each.last_sent_by, len(each.dispatches) or 1, each.delivery[1], each.problem),
            *(each.first_opened_at, each.received_number),
        ]
        for each in queries.invitation_rows(consultation, settings.PUBLIC_URL)
    )
    facts = [(_("Prüfsumme der Fassung"), consultation.edition.content_hash)]
    return table_response(request, f"einladungen-{consultation.number}", columns, rows, facts=facts)


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def invitation_list(request: HttpRequest, number: int) -> HttpResponse:
    """Whom does this list name, and can they all be invited?"""
    row = _row(number)
    data = request.POST if request.method == "POST" else None
    form = ListForm(data, sent_files(request))
    rows: list[queries.ImportedRow] = []
    if data and form.is_valid():
        by_mail = form.cleaned_data["route"] == Invitation.Route.MAIL
        rows = queries.imported_rows(row.consultation, form.rows, by_mail=by_mail)
        if not rows:
            form.add_error("file", _("Die Liste ist leer."))
    context = {
        "consultation": row.consultation,
        "form": form,
        "rows": rows,
        "new": [each for each in rows if each.is_new],
        "problems": sum(bool(each.problem) for each in rows),
        "route": form.cleaned_data.get("route") if rows else "",
        "may_invite": row.state == ConsultationState.OPEN,
    }
    return render(
        request, "participation/invitation_list.html", context, status=422 if form.errors else 200
    )


def _invitation(number: int, pk: int) -> Invitation:
    related = Invitation.objects.select_related("consultation__edition__plan", "organisation")
    return get_object_or_404(related, pk=pk, consultation__number=number)


@require_POST
@allow(Role.SECRETARIAT)
def send_again(request: HttpRequest, number: int, invitation: int) -> HttpResponse:
    """Does this organisation need its link once more?"""
    row = _invitation(number, invitation)
    try:
        actions.send_invitation_again(invitation=row, by=person(request), at=timezone.now())
    except ValidationError as problem:
        for text in problem.messages:
            messages.error(request, text)
    else:
        messages.success(
            request, _("Noch einmal gesendet an %(name)s.") % {"name": row.organisation.name}
        )
    return redirect("participation:invitations", number)


@require_POST
@allow(Role.SECRETARIAT)
def letter_sent(request: HttpRequest, number: int, invitation: int) -> HttpResponse:
    """On which day did this invitation leave as a letter?"""
    row = _invitation(number, invitation)
    form = LetterSentForm(request.POST)
    try:
        note_letter_sent(invitation=row, sent_on=form.day(), by=person(request), at=timezone.now())
    except ValidationError as problem:
        for text in problem.messages:
            messages.error(request, text)
    else:
        messages.success(
            request, _("Als Brief vermerkt: %(name)s.") % {"name": row.organisation.name}
        )
    return redirect("participation:invitations", number)
