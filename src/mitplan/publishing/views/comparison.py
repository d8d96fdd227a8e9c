"""The comparison of two editions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mitplan.common.csv_export import csv_response
from mitplan.conference.permissions import allow_everyone
from mitplan.plan.models import Edition
from mitplan.plan.permissions import may_read_draft
from mitplan.publishing.forms.comparison import ComparisonForm
from mitplan.publishing.queries import reading
from mitplan.publishing.queries.comparison import compare_editions, kind_names
from mitplan.publishing.views.access import editions_or_404
from mitplan.publishing.views.kept import kept


@require_safe
@allow_everyone
def compare(request: HttpRequest, slug: str, old: int, new: int) -> HttpResponse:
    """What changed between two editions, and why?"""
    before, after = editions_or_404(request, slug, old, new)
    if request.GET.get("format") == "csv":
        return _csv(before, after)
    what = (before.content_hash, after.content_hash, reading.state_of_the_record())
    return kept(request, what, lambda: _page(request, before, after))


def _page(request: HttpRequest, old: Edition, new: Edition) -> HttpResponse:
    form = ComparisonForm(request.GET or None)
    comparison = compare_editions(old, new)
    drafts = may_read_draft(request.user)
    context = {
        "plan": new.plan,
        "old": old,
        "new": new,
        "editions": reading.readable_editions(new.plan, drafts=drafts),
        "form": form,
        "side_by_side": form.chosen("ansicht") == "spalten",
        "comparison": comparison,
        "counts": comparison.facts,
        "rows": comparison.filtered(form.chosen("nur")),
    }
    return render(request, "publishing/compare.html", context)


def _csv(old: Edition, new: Edition) -> HttpResponse:
    header = ("Textstelle", "Art", "redaktionell", "vorher", "nachher", "Herkunft", "Begründung")
    names = kind_names()
    rows = (
        (
            each.key,
            names[each.kind],
            _("ja") if each.is_editorial else _("nein"),
            each.old,
            each.new,
            "; ".join(origin.label for origin in each.origins),
            "; ".join(origin.reason for origin in each.origins if origin.reason),
        )
        for each in compare_editions(old, new).passages
        if each.is_changed
    )
    name = f"{new.plan.slug}-vergleich-{old.number}-{new.number}.csv"
    return csv_response(name, header, rows)
