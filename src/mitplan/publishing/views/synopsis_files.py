"""The synopsis to take away: Word, one HTML file for printing, and table files."""

import io
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from mitplan.accounts.models import Role
from mitplan.common import exports, large_files
from mitplan.common.exports import CONTENT_TYPES, file_response, table_file
from mitplan.conference.permissions import EVERYONE, allow, allow_everyone
from mitplan.plan.models import Edition
from mitplan.plan.permissions import may_read_draft
from mitplan.publishing import jobs
from mitplan.publishing.forms.comparison import ComparisonForm
from mitplan.publishing.queries import reading
from mitplan.publishing.queries import synopsis_files as files
from mitplan.publishing.queries.synopsis import SynopsisRow
from mitplan.publishing.views.access import editions_or_404, person
from mitplan.publishing.views.files import DOCX
from mitplan.publishing.views.kept import kept
from mitplan.publishing.views.synopsis import synopsis_table

AT_ONCE = 600
"""How many passages a Word file may hold that somebody waits for; a longer one is made by a job."""

STYLE = Path(__file__).parents[1] / "static" / "publishing" / "synopsis_file.css"


@require_safe
@allow_everyone
def synopsis_file(
    request: HttpRequest, slug: str, old: int, new: int, ending: str
) -> HttpResponseBase:
    """How can I take the synopsis with me?"""
    columns, form = _asked(request, slug, old, new, request.GET)
    hashes = tuple(each.content_hash for each in columns)
    what = (hashes, reading.state_of_the_record(), timezone.localdate())
    write = _word if ending == "docx" else _html
    return kept(request, what, lambda: write(request, columns, form))


def _asked(
    request: HttpRequest, slug: str, old: int, new: int, data: QueryDict
) -> tuple[list[Edition], ComparisonForm]:
    before, after = editions_or_404(request, slug, old, new)
    editions = reading.readable_editions(slug, drafts=may_read_draft(request.user))
    first, last = sorted([old, new])
    form = ComparisonForm(
        data or None, between=[each for each in editions if first < each.number < last]
    )
    between = [each for each in editions if each.number == form.between]
    return [before, *between, after], form


def table(
    request: HttpRequest, columns: Sequence[Edition], form: ComparisonForm, ending: str
) -> HttpResponseBase:
    """Answer with the synopsis as a table file."""
    which = form.chosen("nur")
    rows = files.rows_of(columns, which)
    facts = files.facts_of(columns, form.spoken("nur"), rows)
    shown = [row for row in rows if which == "alles" or files.is_changed(row)]
    content = table_file(
        ending, files.sheet(columns, shown), [*facts, *exports.facts_of(request)[1:]]
    )
    return file_response(content, f"{files.name_of(columns)}.{ending}", CONTENT_TYPES[ending])


def _word(request: HttpRequest, columns: Sequence[Edition], form: ComparisonForm) -> HttpResponse:
    rows = files.rows_of(columns, form.chosen("nur"))
    if len(rows) > AT_ONCE:
        return _offer(request, columns, rows)
    target = io.BytesIO()
    files.write_docx(
        target,
        columns=columns,
        rows=rows,
        facts=files.facts_of(columns, form.spoken("nur"), rows),
        base=settings.PUBLIC_URL,
    )
    return _attachment(target.getvalue(), f"{files.name_of(columns)}.docx", DOCX)


def _offer(
    request: HttpRequest, columns: Sequence[Edition], rows: Sequence[SynopsisRow]
) -> HttpResponse:
    """Say that so long a file is made beside the pages, and for whom."""
    context = {
        "plan": columns[0].plan,
        "columns": columns,
        "passages": len(rows),
        "query": request.GET.urlencode(),
    }
    return render(request, "publishing/order_synopsis.html", context)


def _html(request: HttpRequest, columns: Sequence[Edition], form: ComparisonForm) -> HttpResponse:
    rows = files.rows_of(columns, form.chosen("nur"))
    context = {
        "title": files.title_of(columns),
        "plan": columns[0].plan,
        "is_adopted": columns[-1].is_adopted,
        "facts": [
            *files.facts_of(columns, form.spoken("nur"), rows),
            *exports.facts_of(request)[1:2],
        ],
        "base": settings.PUBLIC_URL,
        "style": format_html("<style>{}</style>", SafeString(STYLE.read_text("utf-8"))),
        "synopsis": synopsis_table(list(map(str, columns)), rows),
    }
    text = render_to_string("publishing/synopsis_file.html", context)
    return _attachment(text.encode(), f"{files.name_of(columns)}.html", "text/html; charset=utf-8")


def _attachment(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@allow(*(EVERYONE - {Role.VISITOR}))
def order_synopsis(request: HttpRequest, slug: str, old: int, new: int) -> HttpResponse:
    """Shall a Word file with so many passages be made beside the pages?"""
    data = QueryDict(request.POST.get("auswahl", ""))
    columns, form = _asked(request, slug, old, new, data)
    export = large_files.ask_for(
        kind="synopsis",
        title=files.title_of(columns),
        filename=f"{files.name_of(columns)}.docx",
        parameters={
            "editions": [each.pk for each in columns],
            "which": form.chosen("nur"),
            "shown": form.spoken("nur"),
            "back": reverse("publishing:compare", args=[slug, old, new]),
        },
        enqueue=jobs.make_synopsis.enqueue,
        by=person(request),
        at=timezone.now(),
    )
    return redirect(export)
