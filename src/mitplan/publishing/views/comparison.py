"""The comparison of two or three editions."""

from collections.abc import Sequence
from itertools import pairwise
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mitplan.common.exports import Column as FileColumn
from mitplan.common.exports import Fact, Kind, table_response, wanted_ending
from mitplan.conference.permissions import allow_everyone
from mitplan.plan.models import Edition
from mitplan.plan.permissions import may_read_draft
from mitplan.plan.queries import facts_of as facts_of_edition
from mitplan.publishing.forms.comparison import ComparisonForm
from mitplan.publishing.queries import reading
from mitplan.publishing.queries.chapters import survival
from mitplan.publishing.queries.comparison import compare_editions
from mitplan.publishing.queries.synopsis import synopsis
from mitplan.publishing.views import synopsis_files, tables
from mitplan.publishing.views.access import editions_or_404
from mitplan.publishing.views.kept import kept
from mitplan.publishing.views.synopsis import synopsis_table
from mitplan.ui.tables import downloads


@require_safe
@allow_everyone
def compare(request: HttpRequest, slug: str, old: int, new: int) -> HttpResponseBase:
    """What changed between two or three editions, and why?"""
    before, after = editions_or_404(request, slug, old, new)
    editions = reading.readable_editions(slug, drafts=may_read_draft(request.user))
    first, last = sorted([old, new])
    form = ComparisonForm(
        request.GET or None, between=[each for each in editions if first < each.number < last]
    )
    columns = [before, *(each for each in editions if each.number == form.between), after]
    if ending := wanted_ending(request):
        if request.GET.get("je") == "kapitel":
            return _chapters_file(request, columns)
        return synopsis_files.table(request, columns, form, ending)
    hashes = tuple(each.content_hash for each in columns)
    what = (hashes, reading.state_of_the_record())
    return kept(request, what, lambda: _page(request, form, columns, editions))


def _page(
    request: HttpRequest,
    form: ComparisonForm,
    columns: Sequence[Edition],
    editions: Sequence[Edition],
) -> HttpResponse:
    first, *laters = columns
    compared = [compare_editions(first, each) for each in laters]
    shown = form.chosen("nur")
    context = {
        "plan": first.plan,
        "old": first,
        "new": laters[-1],
        "editions": editions,
        "form": form,
        "counts": compared[-1].facts,
        "synopsis_place": _synopsis_place(columns, shown),
        "survival": tables.survival(columns, survival(compared), downloads(request, je="kapitel")),
    }
    if form.is_side_by_side:
        steps = compared[:1] + [compare_editions(*pair) for pair in pairwise(laters)]
        context["synopsis"] = synopsis_table(list(map(str, columns)), synopsis(steps, shown))
    else:
        context["rows"] = compared[-1].filtered(shown)
    return render(request, "publishing/compare.html", context)


def _synopsis_place(columns: Sequence[Edition], shown: str) -> str:
    """Return what the files of the synopsis hold, as their addresses say it."""
    between = [("dazwischen", each.number) for each in columns[1:-1]]
    return urlencode([*between, ("nur", shown)])


def _chapters_file(request: HttpRequest, columns: Sequence[Edition]) -> HttpResponseBase:
    first, *laters = columns
    header = [FileColumn("Kapitel"), FileColumn(f"Wörter in Fassung {first.number}")]
    for each in laters:
        header += [
            FileColumn(f"davon in Fassung {each.number}"),
            FileColumn(f"Anteil in Fassung {each.number}", Kind.SHARE),
        ]
    rows = (
        (
            each.chapter,
            each.words,
            *(
                x
                for kept, part in zip(each.kept, each.parts, strict=True)
                for x in (kept, part / 100)
            ),
        )
        for each in survival([compare_editions(first, later) for later in laters])
    )
    numbers = "-".join(str(each.number) for each in columns)
    name = f"{first.plan.slug}-erhalten-{numbers}"
    return table_response(request, name, header, rows, facts=_facts(columns))


def _facts(columns: Sequence[Edition]) -> list[Fact]:
    return [fact for edition in columns for fact in facts_of_edition(edition)]
