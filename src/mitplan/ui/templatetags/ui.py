"""The components of the pages as template tags; the gallery at /bausteine/ shows each of them."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template import Context
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mitplan.ui import tables, values
from mitplan.ui.charts import LineChart
from mitplan.ui.diffs import Segment, render_diff
from mitplan.ui.fields import Control
from mitplan.ui.files import offer
from mitplan.ui.inline import plain_text, render_inline
from mitplan.ui.reader import OriginLabel, render_passages
from mitplan.ui.tables import PAGE_PARAMETER, SORT_PARAMETER, Empty, Table
from mitplan.ui.values import Evidence, Link, Status

register = template.Library()

FOLDED_FROM = 3
"""From how many questions on a filter is folded away on a phone, so that the list begins on the first screen."""
register.filter("inline", render_inline)
register.filter("plain", plain_text)

TONES = {"error": "danger", "debug": "info"}


@register.filter
def german_date(value: date | None) -> str:
    """19. März 2015; with the hour where there is one."""
    return values.spoken_date(value) if value else values.NOTHING


@register.filter
def number(value: float | Decimal | None, decimals: int | None = None) -> str:
    """1.234,5."""
    return values.NOTHING if value is None else values.spoken_number(value, decimals)


@register.filter
def share(value: float | Decimal | None) -> str:
    """35,3 %."""
    return values.NOTHING if value is None else values.spoken_share(value)


@register.filter
def original(text: object) -> SafeString:
    """Words people wrote, in the language of the plan."""
    return values.in_plan_language(text)


@register.simple_tag
def plan_language() -> SafeString:
    """The language of an element with words people wrote, where the page speaks another one."""
    if values.speaks_plan_language():
        return SafeString("")
    return SafeString(f" {values.language_of_plan()}")


@register.filter
def cell(value: object) -> SafeString:
    """Any value as the tables write it."""
    return values.cell(value)


@register.simple_tag
def diff(segments: Iterable[Segment]) -> SafeString:
    """What changed, word by word."""
    return render_diff(segments)


@register.simple_tag
def status(value: str, label: str, sentence: str = "") -> SafeString:
    """A state as symbol, word and sentence."""
    return Status(str(value), label, sentence).__html__()


@register.simple_tag
def evidence(thing: object) -> SafeString:
    """«Belegt» with the source of a thing, or «Demonstration»."""
    source = str(getattr(thing, "source", "") or "")
    return Evidence(source, bool(getattr(thing, "is_demonstration", False))).__html__()


@register.simple_tag
def reader(
    passages: Iterable[object], shift: int = 0, origins: Mapping[int, OriginLabel] | None = None
) -> SafeString:
    """Lay out passages in reading order; `shift` pushes the headings down below those of the page."""
    return render_passages(passages, shift=shift, origins=origins)


@register.inclusion_tag("ui/components/alert.html")
def alert(tone: str, text: str, title: str = "") -> dict[str, object]:
    """Say something that matters now: info, success, warning or danger."""
    return {"tone": TONES.get(tone, tone) or "info", "text": text, "title": title}


@register.inclusion_tag("ui/components/breadcrumbs.html")
def breadcrumbs(*labels_and_urls: str) -> dict[str, object]:
    """Show the way here: label, address, label, address, …, label of this page."""
    labels, urls = labels_and_urls[::2], [*labels_and_urls[1::2], ""]
    return {"crumbs": list(zip(labels, urls, strict=False))}


@register.inclusion_tag("ui/components/table.html", takes_context=True)
def table(context: Context, value: Table) -> dict[str, object]:
    """Show a table with its order, downloads and pages."""
    request = context.get("request")
    return {
        "table": value,
        "downloads": offer(request, value) if request else value.downloads,
        "request": request,
        "sort_parameter": SORT_PARAMETER,
    }


@register.inclusion_tag("ui/components/downloads.html", takes_context=True)
def downloads(context: Context, label: str = "", **values: str) -> dict[str, object]:
    """Offer what the page lists as XLSX, ODS and CSV; further `values` go into the address."""
    return {"label": label, "links": tables.downloads(context["request"], **values)}


@register.inclusion_tag("ui/components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page) -> dict[str, object]:
    """Lead through the pages of a list; filters stay in the address."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": list(numbers), "request": context.get("request")}


@register.simple_tag(takes_context=True)
def page_address(context: Context, page_number: int) -> str:
    """The address of another page of this list."""
    query = context["request"].GET.copy()
    query[PAGE_PARAMETER] = str(page_number)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def sort_address(context: Context, sort: str) -> str:
    """The address of this list in another order, from its first page."""
    query = context["request"].GET.copy()
    query.pop(PAGE_PARAMETER, None)
    query[SORT_PARAMETER] = sort
    return f"?{query.urlencode()}"


@register.inclusion_tag("ui/components/filter.html", takes_context=True)
def filter_form(context: Context, form: BaseForm, label: str = "") -> dict[str, object]:
    """Narrow a list down; what is chosen stands in the address."""
    request = context["request"]
    return {
        "form": form,
        "label": label or _("Liste eingrenzen"),
        "sort": request.GET.get(SORT_PARAMETER, ""),
        "path": request.path,
        "is_folded": len(form.visible_fields()) >= FOLDED_FROM,
        "is_filtered": any(request.GET.get(form.add_prefix(name)) for name in form.fields),
    }


@register.inclusion_tag("ui/components/field.html")
def field(bound: BoundField, hint: str = "") -> dict[str, object]:
    """One question of a form: label, hint, control, error."""
    return {"control": Control(bound), "hint": hint or bound.help_text}


@register.inclusion_tag("ui/components/form.html")
def form_fields(form: BaseForm) -> dict[str, object]:
    """All questions of a form after the summary of what is to be mended."""
    return {"form": form}


@register.inclusion_tag("ui/components/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, object]:
    """What is to be mended, each with a link to its question."""
    bound = [form[name] for name in form.errors if name in form.fields]
    return {"fields": bound, "general": form.non_field_errors(), "has_errors": bool(form.errors)}


@register.inclusion_tag("ui/components/line_chart.html", takes_context=True)
def line_chart(context: Context, chart: LineChart) -> dict[str, object]:
    """Draw lines over time, with the same numbers as a table."""
    return {"chart": chart, "request": context.get("request")}


@register.inclusion_tag("ui/components/deadline.html")
def deadline(passed: int, total: int, until: date | None = None) -> dict[str, object]:
    """How many working days of a window are over, how many are left."""
    left = max(total - passed, 0)
    is_last_day = not left and until is not None and until >= timezone.localdate()
    return {
        "passed": passed,
        "total": total,
        "left": left,
        "until": until,
        "is_last_day": is_last_day,
    }


@register.inclusion_tag("ui/components/empty.html")
def empty(title: str, text: str = "", url: str = "", label: str = "") -> dict[str, object]:
    """What will stand here, and how to begin."""
    return {"empty": Empty(title, text, Link(label, url) if url else None)}


@register.inclusion_tag("ui/components/progress.html")
def progress(label: str, done: int, total: int = 0, address: str = "") -> dict[str, object]:
    """How far long work is; `address` is asked again for this very part while it runs."""
    return {"label": label, "done": done, "total": total, "address": address}


@register.inclusion_tag("ui/components/timeline.html")
def timeline(moments: Iterable[object]) -> dict[str, object]:
    """What happened, in order: each with `on`, `title`, and where it has them `text`, `url`, `detail`."""
    return {"moments": moments}


@register.inclusion_tag("ui/components/facts.html")
def facts(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    """Labels and values as a list of facts."""
    return {"pairs": pairs}
