"""The comparison of two or three editions."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

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
from mitplan.publishing.queries.chapters import survival
from mitplan.publishing.queries.comparison import ComparedPassage, compare_editions
from mitplan.publishing.queries.synopsis import SynopsisRow, synopsis
from mitplan.publishing.views import tables
from mitplan.publishing.views.access import editions_or_404
from mitplan.publishing.views.kept import kept
from mitplan.publishing.views.synopsis import synopsis_table


@require_safe
@allow_everyone
def compare(request: HttpRequest, slug: str, old: int, new: int) -> HttpResponse:
    """What changed between two or three editions, and why?"""
    before, after = editions_or_404(request, slug, old, new)
    editions = reading.readable_editions(after.plan, drafts=may_read_draft(request.user))
    first, last = sorted([old, new])
    form = ComparisonForm(
        request.GET or None, between=[each for each in editions if first < each.number < last]
    )
    columns = [before, *(each for each in editions if each.number == form.between), after]
    if request.GET.get("format") == "csv":
        return _chapters_csv(columns) if request.GET.get("je") == "kapitel" else _csv(columns)
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
        "survival": tables.survival(columns, survival(compared)),
        "download": f"?{_with(request, format='csv')}",
    }
    if form.is_side_by_side:
        steps = compared[:1] + [compare_editions(*pair) for pair in pairwise(laters)]
        context["synopsis"] = synopsis_table(list(map(str, columns)), synopsis(steps, shown))
    else:
        context["rows"] = compared[-1].filtered(shown)
    return render(request, "publishing/compare.html", context)


def _with(request: HttpRequest, **values: str) -> str:
    query = request.GET.copy()
    query.update(values)
    return query.urlencode()


def _csv(columns: Sequence[Edition]) -> HttpResponse:
    steps = [compare_editions(left, right) for left, right in pairwise(columns)]
    header = ["Textstelle", *(f"Fassung {each.number}" for each in columns)]
    for each in columns[1:]:
        names = ("Art", "redaktionell", "nach der Beteiligung", "Herkunft", "Begründung")
        header += [f"{name} in Fassung {each.number}" for name in names]
    rows = (_line(row) for row in synopsis(steps, "geaendert") if _is_changed(row))
    numbers = "-".join(str(each.number) for each in columns)
    return csv_response(f"{columns[0].plan.slug}-vergleich-{numbers}.csv", header, rows)


def _is_changed(row: SynopsisRow) -> bool:
    return any(step is not None and step.is_changed for step in row.steps)


def _line(row: SynopsisRow) -> tuple[str, ...]:
    texts = ("".join(piece.text for piece in cell or ()) for cell in row.cells)
    return (row.key, *texts, *(word for step in row.steps for word in _reasons(step)))


def _reasons(step: ComparedPassage | None) -> Iterator[str]:
    if step is None:
        yield from [""] * 5
        return
    yield step.kind_name
    yield _("ja") if step.is_editorial else _("nein")
    yield _("ja") if step.is_late else _("nein")
    yield "; ".join(origin.spoken for origin in step.origins)
    yield "; ".join(origin.reason for origin in step.origins if origin.reason)


def _chapters_csv(columns: Sequence[Edition]) -> HttpResponse:
    first, *laters = columns
    header = ["Kapitel", f"Wörter in Fassung {first.number}"]
    for each in laters:
        header += [f"davon in Fassung {each.number}", f"Prozent in Fassung {each.number}"]
    rows = (
        (
            each.chapter,
            each.words,
            *(x for pair in zip(each.kept, each.parts, strict=True) for x in pair),
        )
        for each in survival([compare_editions(first, later) for later in laters])
    )
    numbers = "-".join(str(each.number) for each in columns)
    return csv_response(f"{first.plan.slug}-erhalten-{numbers}.csv", header, rows)
