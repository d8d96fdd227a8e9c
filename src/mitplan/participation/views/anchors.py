"""The places of the plan that points speak about, and those that were lost."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mitplan.accounts.models import Role
from mitplan.common.exports import table_response, wanted_ending
from mitplan.conference.permissions import allow
from mitplan.participation import actions
from mitplan.participation.forms.anchors import AnchorForm
from mitplan.participation.models import Anchor, Point
from mitplan.participation.queries import anchors, decisions
from mitplan.participation.views.access import person
from mitplan.ui.tables import Column, Empty, Table, downloads, paginate
from mitplan.ui.values import Link


@require_safe
@allow(Role.SECRETARIAT)
def lost_anchors(request: HttpRequest) -> HttpResponseBase:
    """Which points speak about passages that are gone?"""
    columns = [
        Column("number", _("Nummer")),
        Column("organisation", _("Organisation"), is_original=True),
        Column("passage", _("Textstelle"), is_numeric=True),
        Column("quote", _("Bezugsstelle"), is_original=True),
    ]
    found = list(anchors.orphans())
    if wanted_ending(request):
        rows = (
            (each.point.number, each.point.submission.organisation_name, each.passage, each.quote)
            for each in found
        )
        return table_response(request, "verwaist", [column.label for column in columns], rows)
    page = paginate(request, found)
    table = Table(
        _("Verwaiste Bezugsstellen"),
        columns,
        [
            (
                Link(
                    str(each.point.number),
                    reverse("participation:anchors", args=[each.point.number]),
                ),
                each.point.submission.organisation_name,
                each.passage,
                each.quote[:180],
            )
            for each in page.object_list
        ],
        page=page,
        downloads=downloads(request),
        empty=Empty(
            _("Nichts ist verwaist."),
            _(
                "Wird eine Textstelle gestrichen, stehen hier die Anliegen, die von ihr sprechen. Dann sagen "
                "Sie, wohin sie jetzt gehören."
            ),
        ),
    )
    return render(request, "participation/lost_anchors.html", {"table": table})


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def point_anchors(request: HttpRequest, number: str) -> HttpResponse:
    """What in the plan does this point speak about, and does it still stand there?"""
    row = decisions.point_by_number(number)
    if row is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    settles = bool(data and data.get("place"))
    form = AnchorForm(row, data, settles=settles)
    if form.is_valid():
        try:
            _keep(request, row, form)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Die Bezugsstelle ist gespeichert."))
            return redirect("participation:anchors", number)
    places = anchors.places_of(row)
    context = {
        "point": row,
        "places": [
            (
                place,
                AnchorForm(
                    row,
                    initial={"place": place.number},
                    auto_id=f"p{place.number}_%s",
                    settles=True,
                ),
            )
            for place in places
        ],
        "form": AnchorForm(row) if settles else form,
        "refused": form if form.errors and settles else None,
    }
    return render(
        request, "participation/anchors.html", context, status=422 if form.errors else 200
    )


def _keep(request: HttpRequest, row: Point, form: AnchorForm) -> None:
    data, by, at = form.cleaned_data, person(request), timezone.now()
    kind, passage = Anchor.Kind(data["kind"]), data["passage"]
    if data["place"] is None:
        actions.add_anchor(point=row, kind=kind, passage=passage, by=by, at=at)
    else:
        actions.settle_anchor(
            point=row,
            place=data["place"],
            kind=kind,
            passage=passage,
            reason=data["reason"],
            by=by,
            at=at,
        )
