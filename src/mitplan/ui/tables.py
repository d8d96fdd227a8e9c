"""Tables: columns, rows, order, pages and downloads, all kept in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from mitplan.common.exports import ENDINGS, PARAMETER
from mitplan.ui.values import Link, cell, language_of_plan, speaks_plan_language

PAGE_PARAMETER = "seite"
SORT_PARAMETER = "sort"
FILE_NAMES = {"xlsx": "Excel (XLSX)", "ods": "OpenDocument (ODS)"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `name` is what the address says when the table is sorted by it.

    `is_original` says that its cells hold words people wrote, in the language of the plan.
    """

    name: str
    label: str
    is_sortable: bool = False
    is_numeric: bool = False
    is_original: bool = False


@dataclass(frozen=True, slots=True)
class Empty:
    """What stands where nothing stands yet: what will come, and how to begin."""

    title: str | Promise
    text: str = ""
    action: Link | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of values; the first cell of a row is its heading.

    Cells may be text, numbers, dates, None, or anything that writes itself as HTML (`Link`, `Status`,
    `Evidence`). `sort` is the name of a column, with a minus for descending order.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    sort: str = ""
    page: Page | None = None
    downloads: Sequence[Link] = ()
    empty: Empty = Empty(_("Hier steht noch nichts."))

    @property
    def heads(self) -> list["Head"]:
        """The columns with the order a click on them leads to."""
        return [Head(column, self.sort) for column in self.columns]

    @property
    def body(self) -> SafeString:
        """The rows as HTML; each cell knows its column so that it can stand alone on a phone."""
        opened = [
            format_html('<td data-label="{}"{}>', *_attributes(column)) for column in self.columns
        ]
        first = format_html('<th scope="row"{}>', _attributes(self.columns[0])[1])
        return format_html_join(
            "\n", "<tr>{}</tr>", ((_row(row, first, opened),) for row in self.rows)
        )


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: its label, and the order it offers."""

    column: Column
    sort: str

    @property
    def direction(self) -> str:
        """Whether the table is sorted by this column, in the words of ARIA."""
        return {self.column.name: "ascending", f"-{self.column.name}": "descending"}.get(
            self.sort, ""
        )

    @property
    def next_sort(self) -> str:
        """The order a click leads to: upwards first, then downwards."""
        return f"-{self.column.name}" if self.sort == self.column.name else self.column.name


def paginate(request: HttpRequest, objects: Any, *, per_page: int = 25) -> Page:  # noqa: ANN401 - list or queryset
    """Return the page the address asks for; a page that does not exist becomes the nearest."""
    return Paginator(objects, per_page).get_page(request.GET.get(PAGE_PARAMETER))


def chosen_sort(request: HttpRequest, columns: Sequence[Column], default: str) -> str:
    """Return the order the address asks for if a column offers it."""
    wanted = request.GET.get(SORT_PARAMETER, "")
    offered = {column.name for column in columns if column.is_sortable}
    return wanted if wanted.removeprefix("-") in offered else default


def downloads(request: HttpRequest, *also: str, **values: str) -> list[Link]:
    """Return the links to this list as XLSX, ODS and CSV and in other formats, narrowed down as the page is."""
    query = request.GET.copy()
    query.pop(PAGE_PARAMETER, None)
    query.update(values)
    links = []
    for name in (*ENDINGS, *also):
        query[PARAMETER] = name
        links.append(Link(FILE_NAMES.get(name, name.upper()), f"?{query.urlencode()}"))
    return links


def file_links(name: str, place: Sequence[object], *also: str, about: str = "") -> list[Link]:
    """Return the links to files that have addresses of their own; `about` says what they hold."""
    before = f"{about}, " if about else ""
    return [
        Link(
            f"{before}{FILE_NAMES.get(ending, ending.upper())}",
            reverse(name, args=[*place, ending]),
        )
        for ending in (*ENDINGS, *also)
    ]


def _attributes(column: Column) -> tuple[str, SafeString]:
    if column.is_original and not speaks_plan_language():
        return column.label, SafeString(f" {language_of_plan()}")
    return column.label, SafeString(' class="ui-number"' if column.is_numeric else "")


def _row(row: Sequence[object], first: SafeString, opened: list[SafeString]) -> SafeString:
    rest = "".join(
        f"{tag}{cell(value)}</td>" for tag, value in zip(opened[1:], row[1:], strict=True)
    )
    return SafeString(f"{first}{cell(row[0])}</th>{rest}")
