"""Taking points on which work goes on into the round that is prepared."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from mitplan.accounts.models import Role
from mitplan.common.exports import table_response, wanted_ending
from mitplan.conference.permissions import allow
from mitplan.participation import actions, queries
from mitplan.participation.forms.work_table import CarryForm
from mitplan.participation.models import Consultation, Point
from mitplan.participation.policies import CONSULTATION
from mitplan.participation.queries import deferred
from mitplan.participation.views.access import person
from mitplan.ui.tables import Column, Empty, Table, downloads
from mitplan.ui.values import Link


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.SECRETARIAT)
def carry_points(request: HttpRequest, number: int) -> HttpResponseBase:
    """On which points does work go on, and which does this round take along?"""
    related = Consultation.objects.select_related("edition__plan")
    consultation = get_object_or_404(related, number=number)
    found = deferred.to_take_along(consultation)
    if wanted_ending(request):
        names = [_("Nummer"), _("Organisation"), _("Anliegen"), _("Zuständig"), _("Wiedervorlage")]
        return table_response(request, "weiterbearbeitet", names, map(_plain, found))
    form = CarryForm(request.POST if request.method == "POST" else None, found)
    if form.is_valid() and _carried(request, consultation, form):
        return redirect(consultation)
    chosen = set(consultation.carried_points.values_list("point_id", flat=True))
    state = queries.state_of(consultation, timezone.now())
    may_change = CONSULTATION.can(state, "change")
    context = {
        "consultation": consultation,
        "form": form,
        "may_change": may_change,
        "table": _table(request, list(found), chosen if may_change else None),
    }
    status = 422 if form.errors else 200
    return render(request, "participation/carry_points.html", context, status=status)


def _plain(point: Point) -> tuple[object, ...]:
    decision = point.latest_decision
    return (
        point.number,
        point.submission.organisation_name,
        point.text or point.proposed_text,
        decision.owner if decision else "",
        decision.review_on if decision else None,
    )


def _carried(request: HttpRequest, consultation: Consultation, form: CarryForm) -> bool:
    try:
        actions.carry_points(
            consultation=consultation,
            points=form.cleaned_data["points"],
            by=person(request),
            at=timezone.now(),
        )
    except ValidationError as problem:
        form.add_error(None, problem)
        return False
    messages.success(request, _("Die Auswahl ist gespeichert."))
    return True


def _table(request: HttpRequest, found: list[Point], chosen: set[int] | None) -> Table:
    return Table(
        _("Anliegen, an denen weitergearbeitet wird"),
        [
            Column("number", _("Nummer")),
            Column("gist", pgettext("Einzahl", "Anliegen"), is_original=True),
            Column("organisation", _("Organisation"), is_original=True),
            Column("owner", _("Zuständig"), is_original=True),
            Column("review_on", _("Wiedervorlage")),
        ],
        [_row(each, chosen) for each in found],
        downloads=downloads(request),
        empty=Empty(
            _("Kein Anliegen wird weiterbearbeitet."),
            _(
                "Wer ein Anliegen mit «wird weiterbearbeitet» entscheidet, nennt Zuständigkeit und "
                "Wiedervorlage; hier kommt es dann in die nächste Beteiligungsrunde."
            ),
        ),
    )


def _row(point: Point, chosen: set[int] | None) -> list[object]:
    number, text, who, owner, review_on = _plain(point)
    link: object = Link(str(number), point.get_absolute_url())
    if chosen is not None:
        link = format_html(
            '<input type="checkbox" name="points" value="{}" form="mitnehmen" aria-label="{}"{}> {}',
            point.pk,
            _("Anliegen %(number)s mitnehmen") % {"number": number},
            " checked" if point.pk in chosen else "",
            Link(str(number), point.get_absolute_url()).__html__(),
        )
    return [link, text, who, owner, review_on]
