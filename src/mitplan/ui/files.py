"""Tables of the pages as files: what stands on the screen, as typed cells."""

import html
import re
from collections.abc import Sequence

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.html import strip_tags
from django.utils.text import slugify

from mitplan.common.exports import ENDINGS, Column, Hyperlink, Kind, table_response
from mitplan.ui.tables import FILE_NAMES, Table
from mitplan.ui.values import Evidence, Link, Share, Status

PARAMETER = "tabelle"
_BREAK = re.compile(r"<br\s*/?>")


class FileAsked(Exception):  # noqa: N818 – no error: it carries a table from the middle of a page to the door
    """The address asks for a table of the page as a file; the table is found only while the page is drawn."""

    def __init__(self, table: Table, ending: str) -> None:
        super().__init__(table.caption)
        self.table = table
        self.ending = ending


def offer(request: HttpRequest, table: Table) -> Sequence[Link]:
    """Return the links to a table as a file; raise `FileAsked` where the address asks for it.

    A table that shows one page of a longer list has links of its own, which lead to the whole list.
    """
    if table.downloads or table.page is not None:
        return table.downloads
    name = _name(table)
    for ending in ENDINGS:
        if request.GET.get(PARAMETER) == f"{name}.{ending}":
            raise FileAsked(table, ending)
    query = request.GET.copy()
    links = []
    for ending in ENDINGS:
        query[PARAMETER] = f"{name}.{ending}"
        links.append(Link(FILE_NAMES.get(ending, ending.upper()), f"?{query.urlencode()}"))
    return links


def answer(request: HttpRequest, asked: FileAsked) -> HttpResponseBase:
    """Answer with a table of a page as a file."""
    table = asked.table
    rows = [[_cell(request, value) for value in row] for row in table.rows]
    filled = [
        place for place in range(len(table.columns)) if any(row[place] is not None for row in rows)
    ]
    columns = [
        Column(str(table.columns[place].label), _kind([row[place] for row in table.rows]))
        for place in filled
    ]
    cells = ([row[place] for place in filled] for row in rows)
    return table_response(request, _name(table), columns, cells, ending=asked.ending)


def _name(table: Table) -> str:
    return slugify(table.caption)[:60].strip("-") or PARAMETER


def _kind(values: Sequence[object]) -> Kind:
    return Kind.SHARE if any(isinstance(value, Share) for value in values) else Kind.ANY


def _cell(request: HttpRequest, value: object) -> object:
    """Return a value of the screen as a file holds it: a share as a number, a link with its whole address."""
    if isinstance(value, Link):
        return Hyperlink(str(value.label), request.build_absolute_uri(value.url))
    if isinstance(value, Status):
        return ": ".join(filter(None, (str(value.label), value.sentence)))
    if isinstance(value, Share):
        return value.percent / 100
    if isinstance(value, Evidence):
        return value.word
    if hasattr(value, "__html__"):
        words = strip_tags(_BREAK.sub(" – ", value.__html__()))
        return html.unescape(" ".join(words.split())) or None
    return None if value == "" else value
