"""Pages on which the secretariat keeps bodies, organisations and mandates."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mitplan.accounts.models import Role
from mitplan.conference import actions
from mitplan.conference.forms.editing import (
    AppointmentForm,
    BodyForm,
    EndMandateForm,
    MandateForm,
    OrganisationForm,
    TermForm,
)
from mitplan.conference.models import Body, Department, Mandate, Organisation
from mitplan.conference.permissions import allow
from mitplan.conference.views.sheets import Sheet, SignedInRequest, answer

OF_ORGANISATION = [Mandate.Kind.MEMBER, Mandate.Kind.DEPUTY, Mandate.Kind.CONTRIBUTOR]
OF_DEPARTMENT = [Mandate.Kind.DEPARTMENT_CONTACT, Mandate.Kind.DEPARTMENT_LEAD]


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def new_body(request: SignedInRequest) -> HttpResponse:
    """Which body is to be put on record?"""
    act = partial(actions.found_body, by=request.user, at=timezone.now())
    sheet = Sheet(
        title=_("Gremium anlegen"),
        about=_("Gremien"),
        back=reverse("conference:bodies"),
        button=_("Anlegen"),
        done=_("Das Gremium ist angelegt."),
    )
    return answer(request, BodyForm(request.POST or None), sheet, act)


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def edit_body(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is to be corrected about this body?"""
    body = get_object_or_404(Body, pk=pk)
    act = partial(actions.change_body, body=body, by=request.user, at=timezone.now())
    sheet = Sheet(
        title=_("Angaben ändern"),
        about=body.name,
        back=body.get_absolute_url(),
        button=_("Speichern"),
        done=_("Die Angaben sind gespeichert."),
    )
    return answer(request, BodyForm(request.POST or None, instance=body), sheet, act)


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def new_term(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which term of this body begins?"""
    body = get_object_or_404(Body, pk=pk)

    def act(**values: str) -> Body:
        actions.begin_term(body=body, **values, by=request.user, at=timezone.now())
        return body

    sheet = Sheet(
        title=_("Amtsperiode beginnen"),
        about=body.name,
        back=body.get_absolute_url(),
        button=_("Anlegen"),
        done=_("Die Amtsperiode ist angelegt. Organisationen können nun berufen werden."),
    )
    return answer(request, TermForm(request.POST or None), sheet, act)


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def new_organisation(request: SignedInRequest) -> HttpResponse:
    """Which organisation is to be put on record?"""
    act = partial(actions.add_organisation, by=request.user, at=timezone.now())
    sheet = Sheet(
        title=_("Organisation anlegen"),
        about=_("Mitglieder"),
        back=reverse("conference:members"),
        button=_("Anlegen"),
        done=_("Die Organisation ist angelegt. Berufen Sie sie nun in ein Gremium."),
    )
    return answer(request, OrganisationForm(request.POST or None), sheet, act)


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def edit_organisation(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is to be corrected about this organisation?"""
    found = get_object_or_404(Organisation, pk=pk)
    act = partial(
        actions.change_organisation, organisation=found, by=request.user, at=timezone.now()
    )
    form = OrganisationForm(request.POST or None, instance=found)
    return answer(request, form, _sheet(found, _("Angaben ändern"), _("Speichern")), act)


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def appoint(request: SignedInRequest, pk: int) -> HttpResponse:
    """In which body does this organisation get a seat?"""
    found = get_object_or_404(Organisation, pk=pk)

    def act(**values: object) -> Organisation:
        at = timezone.now()
        actions.appoint_organisation(organisation=found, **values, by=request.user, at=at)  # type: ignore[arg-type]  # cleaned by the form
        return found

    sheet = _sheet(found, _("In ein Gremium berufen"), _("Berufen"))
    return answer(request, AppointmentForm(request.POST or None), sheet, act)


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def new_mandate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who speaks for this organisation?"""
    found = get_object_or_404(Organisation, pk=pk)
    return _give_mandate(request, found, OF_ORGANISATION, found.get_absolute_url())


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def new_chair(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who chairs this body?"""
    body = get_object_or_404(Body, pk=pk)
    return _give_mandate(request, body, [Mandate.Kind.CHAIR], body.get_absolute_url())


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def new_contact(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who is the contact in this department?"""
    department = get_object_or_404(Department, pk=pk)
    return _give_mandate(request, department, OF_DEPARTMENT, reverse("conference:departments"))


def _give_mandate(
    request: SignedInRequest,
    speaks_for: Organisation | Department | Body,
    kinds: list[Mandate.Kind],
    back: str,
) -> HttpResponse:
    def act(**values: object) -> str:
        at = timezone.now()
        actions.give_mandate(speaks_for=speaks_for, **values, by=request.user, at=at)  # type: ignore[arg-type]  # cleaned by the form
        return back

    sheet = Sheet(
        title=_("Mandat eintragen"),
        about=speaks_for.name,
        back=back,
        button=_("Eintragen"),
        done=_("Das Mandat ist eingetragen."),
    )
    initial = {"begins_on": timezone.localdate().isoformat()}
    form = MandateForm(request.POST or None, kinds=kinds, initial=initial)
    return answer(request, form, sheet, act)


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def end_mandate(request: SignedInRequest, pk: int) -> HttpResponse:
    """When does this mandate end?"""
    mandate = get_object_or_404(
        Mandate.objects.select_related("user", "organisation", "department", "body"), pk=pk
    )
    home = mandate.organisation or mandate.body
    back = home.get_absolute_url() if home else reverse("conference:departments")

    def act(**values: object) -> str:
        at = timezone.now()
        actions.end_mandate(mandate=mandate, **values, by=request.user, at=at)  # type: ignore[arg-type]  # cleaned by the form
        return back

    sheet = Sheet(
        title=_("Mandat beenden"),
        about=str(mandate),
        back=back,
        button=_("Beenden"),
        done=_("Das Mandat ist beendet."),
    )
    initial = {"ends_on": timezone.localdate().isoformat()}
    return answer(request, EndMandateForm(request.POST or None, initial=initial), sheet, act)


def _sheet(organisation: Organisation, title: str, button: str) -> Sheet:
    return Sheet(
        title=title,
        about=organisation.name,
        back=organisation.get_absolute_url(),
        button=button,
        done=_("Die Angaben sind gespeichert."),
    )
