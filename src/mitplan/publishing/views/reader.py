"""The plan reader."""

from datetime import date
from functools import partial
from itertools import groupby

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mitplan.common.exports import Column as FileColumn
from mitplan.common.exports import Kind, table_response, wanted_ending
from mitplan.conference.permissions import allow_everyone
from mitplan.plan.models import Edition, Plan
from mitplan.plan.permissions import may_import_editions, may_read_draft
from mitplan.plan.queries import current_of
from mitplan.plan.queries import facts_of as facts_of_edition
from mitplan.publishing.queries import drafts, provenance, reading
from mitplan.publishing.views import tables
from mitplan.publishing.views.access import edition_or_404, plan_or_404
from mitplan.publishing.views.kept import VERSION, kept
from mitplan.ui.reader import render_passages


@require_safe
@allow_everyone
def plans(request: HttpRequest) -> HttpResponse:
    """Which plans are there?"""
    found = list(Plan.objects.order_by("title"))
    if len(found) == 1:
        return redirect(found[0])
    context = {"plans": found, "may_import": may_import_editions(request.user)}
    return render(request, "publishing/plans.html", context)


@require_safe
@allow_everyone
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """What does the plan say?"""
    editions = _editions(request, slug)
    current = current_of(editions)
    return _read(request, current, editions) if current else _no_edition(request, slug)


def _no_edition(request: HttpRequest, slug: str) -> HttpResponse:
    context = {
        "plan": plan_or_404(slug),
        "may_import": may_import_editions(request.user),
        "may_read_draft": may_read_draft(request.user),
    }
    return render(request, "publishing/no_edition.html", context)


@require_safe
@allow_everyone
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What did the plan say in this edition?"""
    editions = _editions(request, slug)
    found = next((each for each in editions if each.number == number), None)
    if found is None:
        raise Http404
    return _read(request, found, editions)


def _editions(request: HttpRequest, slug: str) -> list[Edition]:
    return reading.readable_editions(slug, drafts=may_read_draft(request.user))


def _read(request: HttpRequest, edition: Edition, editions: list[Edition]) -> HttpResponse:
    today, record = timezone.localdate(), reading.state_of_the_record()
    what = (edition.content_hash, edition.number, record, today)
    if request.GET.get("herkunft") == "1":
        return kept(request, what, lambda: _page_of_origins(request, edition, editions))
    page = partial(_page, request, edition, editions, today, record)
    return kept(request, what, page, in_process=True)


def _page(
    request: HttpRequest, edition: Edition, editions: list[Edition], today: date, record: str
) -> HttpResponse:
    text, contents, has_title = _rendered(edition, today, record)
    context = _frame(request, edition, editions) | {
        "text": text,
        "contents": contents,
        "has_own_title": has_title,
        "window": reading.open_window(edition, today),
    }
    return render(request, "publishing/edition.html", context)


def _frame(request: HttpRequest, edition: Edition, editions: list[Edition]) -> dict[str, object]:
    return {
        "plan": edition.plan,
        "plan_name": edition.plan.title,
        "edition": edition,
        "editions": editions,
        "was_contested": getattr(edition, "was_contested", False),
        "synopsis": _synopsis(edition, editions),
        "previous": next((each for each in editions if each.number < edition.number), None),
        "may_read_draft": may_read_draft(request.user),
        "may_import": may_import_editions(request.user),
    }


def _synopsis(edition: Edition, editions: list[Edition]) -> str:
    """Return the address of the first edition, the one before this and this side by side, if there are three."""
    earlier = [each.number for each in editions if each.number < edition.number]
    if len(earlier) < 2:  # noqa: PLR2004 – a synopsis of three
        return ""
    address = reverse("publishing:compare", args=[edition.plan.slug, earlier[-1], edition.number])
    return f"{address}?dazwischen={earlier[0]}"


Rendered = tuple[SafeString, SafeString, bool]


def _rendered(edition: Edition, today: date, record: str) -> Rendered:
    """Return the text as HTML with its contents, kept as long as nobody acts."""
    key = f"edition:{edition.plan.slug}:{edition.number}:{get_language()}"
    stamp = (edition.content_hash, today, record, VERSION)
    known: tuple[object, Rendered] | None = caches["pages"].get(key)
    if known and known[0] == stamp:
        return known[1]
    text = reading.edition_text(edition, reading.open_work(edition.plan, today))
    shift = 0 if text.has_own_title else 1
    html = render_passages(text.passages, shift=shift)
    rendered = (html, _contents(text), text.has_own_title)
    caches["pages"].set(key, (stamp, rendered))
    return rendered


def _contents(text: reading.EditionText) -> SafeString:
    return render_to_string("publishing/parts/contents.html", {"contents": text.contents})


def _page_of_origins(
    request: HttpRequest, edition: Edition, editions: list[Edition]
) -> HttpResponse:
    found = provenance.provenance(edition)
    text = reading.edition_text_with_origins(edition)
    context = _frame(request, edition, editions) | {
        "text": render_passages(text.passages, shift=1, origins=found.labels),
        "contents": _contents(text),
        "provenance": found,
        "kinds_table": tables.kinds_of_origin(found),
        "chapters_table": tables.chapters(found),
        "owners_table": tables.owners(edition, found),
        "origins_table": tables.origins(edition, found),
    }
    return render(request, "publishing/edition_origins.html", context)


@require_safe
@allow_everyone
def settlements(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """How were contradictions settled on the way to this edition?"""
    edition = edition_or_404(request, slug, number)
    if wanted_ending(request):
        return _settlements_file(request, edition)
    what = (edition.content_hash, reading.state_of_the_record())
    return kept(request, what, lambda: _page_of_settlements(request, edition))


def _page_of_settlements(request: HttpRequest, edition: Edition) -> HttpResponse:
    found = drafts.contradictions_before(edition)
    context = {
        "plan": edition.plan,
        "edition": edition,
        "settled": found.settled,
        "open": found.open,
    }
    return render(request, "publishing/settlements.html", context)


def _settlements_file(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    found = drafts.contradictions_before(edition)
    rows = (
        (
            each.place_names,
            " / ".join(each.base),
            each.verdict or _("offen geblieben"),
            each.written,
            each.settlement.reason if each.settlement else "",
            each.settlement.settled_at.date() if each.settlement else "",
            "; ".join(origin.spoken for side in each.proposals for origin in side.origins),
        )
        for each in (*found.settled, *found.open)
    )
    header = ("Textstelle", "vorher", "Lösung", "Wortlaut", "Begründung", "Tag", "Vorschläge von")
    name = f"{edition.plan.slug}-fassung-{edition.number}-konflikte"
    return table_response(request, name, header, rows, facts=facts_of_edition(edition))


@require_safe
@allow_everyone
def edition_origins(request: HttpRequest, slug: str, number: int, ending: str) -> HttpResponseBase:
    """Who brought which words of this edition, as a table?"""
    edition = edition_or_404(request, slug, number)
    rows = (
        (
            row.passage,
            row.text,
            row.words,
            row.origin.kind_name,
            row.origin.label,
            row.origin.who,
            row.origin.reason,
        )
        for row in provenance.spans_of(edition)
    )
    header = (
        "Textstelle",
        "Wortlaut",
        "Wörter",
        "Art der Herkunft",
        "Herkunft",
        "von wem",
        "Begründung",
    )
    name = f"{slug}-fassung-{number}-herkunft"
    facts = facts_of_edition(edition)
    return table_response(request, name, header, rows, facts=facts, ending=ending)


@require_safe
@allow_everyone
def edition_owners(request: HttpRequest, slug: str, number: int, ending: str) -> HttpResponseBase:
    """How much of each chapter goes back to whom, as a table?"""
    edition = edition_or_404(request, slug, number)
    rows = (
        (
            chapter.title,
            owner.whose,
            owner.kind_name,
            owner.words,
            chapter.words,
            owner.part / 100,
        )
        for chapter in provenance.provenance(edition).chapters
        for owner in chapter.owners
    )
    header: list[str | FileColumn] = [
        *("Kapitel", "von wem", "Art der Herkunft", "Wörter", "Wörter im Kapitel"),
        FileColumn("Anteil am Kapitel", Kind.SHARE),
    ]
    name = f"{slug}-fassung-{number}-kapitel"
    facts = facts_of_edition(edition)
    return table_response(request, name, header, rows, facts=facts, ending=ending)


@require_safe
@allow_everyone
def edition_in_words(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Who brought which words of this edition, as plain text without colours?"""
    edition = edition_or_404(request, slug, number)
    lines = [
        f"{passage[1:]}: " + " ".join(f"{row.text.strip()} [{row.origin.spoken}]" for row in rows)
        for passage, rows in groupby(provenance.spans_of(edition), key=lambda row: row.passage)
    ]
    response = HttpResponse("\n\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{slug}-fassung-{number}-herkunft.txt"'
    return response
