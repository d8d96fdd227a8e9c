"""The synopsis as a table: marked wordings side by side, and the reasons beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mitplan.publishing.queries.comparison import ComparedPassage
from mitplan.publishing.queries.synopsis import Piece, SynopsisRow
from mitplan.ui.values import language_of_plan


@dataclass(frozen=True, slots=True)
class Line:
    """A passage: its wordings under their headings, and what happened on the way to each."""

    row: SynopsisRow
    cells: list[tuple[str, SafeString]]
    steps: list[tuple[str, ComparedPassage]]


@dataclass(frozen=True, slots=True)
class SynopsisTable:
    """The headings of the columns and the lines."""

    headings: Sequence[str]
    lines: list[Line]


def synopsis_table(headings: Sequence[str], rows: Iterable[SynopsisRow]) -> SynopsisTable:
    """Put rows under the headings of their columns."""
    return SynopsisTable(headings, [_line(headings, row) for row in rows])


def _line(headings: Sequence[str], row: SynopsisRow) -> Line:
    cells = zip(headings, map(_marked, row.cells), strict=True)
    steps = zip(headings[1:], row.steps, strict=True)
    changed = [(heading, step) for heading, step in steps if step and step.is_changed]
    return Line(row, list(cells), changed)


def _marked(cell: Sequence[Piece] | None) -> SafeString:
    if cell is None:
        return SafeString("–")
    pieces = format_html_join("", "{}", ((_piece(each),) for each in cell))
    return format_html('<div class="ui-diff" {}>{}</div>', language_of_plan(), pieces)


def _piece(piece: Piece) -> SafeString:
    html = format_html("{}", piece.text)
    if piece.goes:
        html = _with(html, "del", _("fällt weg:"))
    return _with(html, "ins", _("neu:")) if piece.came else html


def _with(html: SafeString, tag: str, spoken: str) -> SafeString:
    inner = format_html('<span class="kern-sr-only">{} </span>{}', spoken, html)
    return format_html("<{tag}>{inner}</{tag}>", tag=tag, inner=inner)
