"""Pages on which the secretariat and chairs prepare sittings and record what was resolved."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mitplan.accounts.models import Role
from mitplan.conference import actions
from mitplan.conference.forms.editing import (
    AgendaItemForm,
    PaperForm,
    ResolutionForm,
    SittingForm,
)
from mitplan.conference.models import AgendaItem, Body, Sitting
from mitplan.conference.permissions import allow, may_run_sittings, require
from mitplan.conference.queries.sittings import day_of, spoken_day
from mitplan.conference.views.sheets import Sheet, SignedInRequest, answer


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT, Role.CHAIR)
def new_sitting(request: SignedInRequest, pk: int) -> HttpResponse:
    """When does this body meet, where, and about what?"""
    body = get_object_or_404(Body, pk=pk)
    require(allowed=may_run_sittings(request.user, body))
    act = partial(actions.call_sitting, body=body, by=request.user, at=timezone.now())
    sheet = Sheet(
        title=_("Sitzung anlegen"),
        about=body.name,
        back=body.get_absolute_url(),
        button=_("Anlegen"),
        done=_("Die Sitzung ist angelegt. Fügen Sie nun die Tagesordnung hinzu."),
    )
    return answer(request, SittingForm(request.POST or None), sheet, act)


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT, Role.CHAIR)
def edit_sitting(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is to be corrected about this sitting?"""
    sitting = _sitting(request, pk)
    act = partial(actions.change_sitting, sitting=sitting, by=request.user, at=timezone.now())
    sheet = _sheet(sitting, _("Angaben ändern"), _("Speichern"), _("Die Angaben sind gespeichert."))
    return answer(request, SittingForm(request.POST or None, instance=sitting), sheet, act)


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT, Role.CHAIR)
def new_agenda_item(request: SignedInRequest, pk: int) -> HttpResponse:
    """What comes on the agenda of this sitting?"""
    sitting = _sitting(request, pk)

    def act(**values: object) -> Sitting:
        at = timezone.now()
        actions.add_agenda_item(sitting=sitting, **values, by=request.user, at=at)  # type: ignore[arg-type]  # cleaned by the form
        return sitting

    numbers = sitting.agenda_items.order_by("-number").values_list("number", flat=True)
    initial = {"number": (numbers.first() or 0) + 1, "role": AgendaItem.Role.DISCUSSION}
    form = AgendaItemForm(request.POST or None, initial=initial)
    sheet = _sheet(sitting, _("TOP hinzufügen"), _("Hinzufügen"), _("Der Punkt ist hinzugefügt."))
    return answer(request, form, sheet, act)


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT, Role.CHAIR)
def edit_agenda_item(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is to be corrected about this item?"""
    item = _item(request, pk)
    sitting = item.sitting

    def act(**values: object) -> Sitting:
        actions.change_agenda_item(item=item, **values, by=request.user, at=timezone.now())
        return sitting

    title = _("TOP %(number)s ändern") % {"number": item.number}
    sheet = _sheet(sitting, title, _("Speichern"), _("Der Punkt ist geändert."))
    return answer(request, AgendaItemForm(request.POST or None, instance=item), sheet, act)


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT, Role.CHAIR)
def new_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which paper is laid before the sitting under this item, and when was it sent?"""
    item = _item(request, pk)

    def act(**values: object) -> Sitting:
        actions.lay_paper(item=item, **values, by=request.user, at=timezone.now())  # type: ignore[arg-type]  # cleaned by the form
        return item.sitting

    title = _("Vorlage zu TOP %(number)s hinzufügen") % {"number": item.number}
    sheet = _sheet(item.sitting, title, _("Hinzufügen"), _("Die Vorlage ist hinzugefügt."))
    form = PaperForm(request.POST or None, request.FILES or None)
    return answer(request, form, sheet, act)


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT, Role.CHAIR)
def new_resolution(request: SignedInRequest, pk: int) -> HttpResponse:
    """What did the body resolve under this item, with which votes?"""
    item = _item(request, pk)

    def act(**values: object) -> Sitting:
        actions.record_resolution(item=item, **values, by=request.user, at=timezone.now())  # type: ignore[arg-type]  # cleaned by the form
        return item.sitting

    title = _("Beschluss zu TOP %(number)s eintragen") % {"number": item.number}
    sheet = _sheet(item.sitting, title, _("Beschluss eintragen"), _("Der Beschluss steht fest."))
    form = ResolutionForm(request.POST or None, initial={"decided_on": day_of(item.sitting)})
    return answer(request, form, sheet, act)


def _sitting(request: SignedInRequest, pk: int) -> Sitting:
    sitting = get_object_or_404(Sitting.objects.select_related("body"), pk=pk)
    require(allowed=may_run_sittings(request.user, sitting.body))
    return sitting


def _item(request: SignedInRequest, pk: int) -> AgendaItem:
    item = get_object_or_404(AgendaItem.objects.select_related("sitting__body"), pk=pk)
    require(allowed=may_run_sittings(request.user, item.sitting.body))
    return item


def _sheet(sitting: Sitting, title: str, button: str, done: str) -> Sheet:
    return Sheet(
        title=title,
        about=f"{sitting}, {spoken_day(sitting)}",
        back=sitting.get_absolute_url(),
        button=button,
        done=done,
    )
