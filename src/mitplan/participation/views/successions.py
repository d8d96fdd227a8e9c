"""Splitting, merging and rewording points."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mitplan.accounts.models import Role
from mitplan.conference.permissions import allow
from mitplan.participation import actions
from mitplan.participation.forms.successions import SuccessionForm
from mitplan.participation.models import Succession
from mitplan.participation.queries import decisions, successions
from mitplan.participation.views.access import person

Cause = Succession.Cause
WAYS = {"teilen": Cause.SPLIT, "zusammenfuehren": Cause.MERGED, "neu-fassen": Cause.REWORDED}
FEWEST, MOST = 2, 9


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def replace_point(request: HttpRequest, number: str) -> HttpResponse:
    """Is this one demand, several, or part of another?"""
    row = decisions.point_by_number(number)
    if row is None:
        raise Http404
    way = request.GET.get("was", "")
    way = way if way in WAYS else "teilen"
    wanted = request.GET.get("teile", "")
    parts = (
        min(max(int(wanted), FEWEST), MOST) if len(wanted) == 1 and wanted.isdecimal() else FEWEST
    )
    data = request.POST if request.method == "POST" else None
    others = successions.siblings_of(row)
    form = SuccessionForm(data, row, WAYS[way], others, parts)
    if form.is_valid():
        try:
            new = actions.replace_points(
                points=form.points(),
                successors=form.successors(),
                cause=form.cause,
                reason=form.cleaned_data["reason"],
                by=person(request),
                at=timezone.now(),
            )
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            numbers = ", ".join(str(each.number) for each in new)
            messages.success(request, _("Angelegt: %(numbers)s.") % {"numbers": numbers})
            return redirect(row)
    context = {
        "point": row,
        "preview": decisions.preview_of(row),
        "form": form,
        "way": way,
        "ways": [(key, _words(cause)) for key, cause in WAYS.items()],
        "more": parts + 1 if way == "teilen" and parts < MOST else 0,
        "others": others,
    }
    return render(
        request, "participation/replace_point.html", context, status=422 if form.errors else 200
    )


def _words(cause: Succession.Cause) -> str:
    words = {
        Cause.SPLIT: _("teilen"),
        Cause.MERGED: _("zusammenführen"),
        Cause.REWORDED: _("neu fassen"),
    }
    return words[cause]
