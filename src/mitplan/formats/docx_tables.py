"""Tables in Word files: rows and cells of two wordings laid beside one another."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from mitplan.core.text.diff import diff
from mitplan.formats.docx_looks import HEADER_CELL
from mitplan.formats.docx_tracking import Change
from mitplan.formats.docx_xml import cell, paragraph
from mitplan.formats.markdown_lines import normalise_table, split_row

_SIMILAR = 0.4
_MANY = 900  # more pairs of rows than this are not weighed against each other
_NARROW, _WIDE = 6, 45

_SIDES = {"---": "", ":---": "Links", ":---:": "Mitte", "---:": "Rechts"}

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row in both texts; a row that is only in one came or went."""

    change: Change
    old: Cells
    new: Cells


def rows_of(text: str) -> list[Cells]:
    """Return the cells of a table that is written in Markdown; a row may have fewer than others."""
    lines = normalise_table(text.split("\n")).split("\n")
    return [tuple(split_row(line)) for line in (lines[0], *lines[2:])]


def sides_of(text: str) -> tuple[str, ...]:
    """Return to which side each column is set, as the names of styles say it; nothing where none is said."""
    line = normalise_table(text.split("\n")).split("\n")[1]
    return tuple(_SIDES[mark] for mark in split_row(line))


def columns_of(rows: Iterable[Cells]) -> int:
    """Return how many columns a table has."""
    return max(map(len, rows))


def whole(rows: Iterable[Cells], change: Change) -> Iterator[TableRow]:
    """Return the rows of a table with one fate."""
    for row in rows:
        yield TableRow(change, row, row)


def compared(old: Sequence[Cells], new: Sequence[Cells]) -> Iterator[TableRow]:
    """Return the rows of two tables with the same columns in one order; similar rows are one that changed."""
    done = behind = 0
    for edit in diff(list(map(_key, old)), list(map(_key, new))):
        same = edit.start - done
        yield from whole(new[behind : behind + same], Change.NONE)
        behind += same
        yield from _replaced(old[edit.start : edit.end], new[behind : behind + len(edit.new)])
        done, behind = edit.end, behind + len(edit.new)
    yield from whole(new[behind:], Change.NONE)


def _key(row: Cells) -> str:
    """Return a row as one word, so that no row is taken for a mark between words."""
    return "r" + "\x00".join(row)


def _replaced(old: Sequence[Cells], new: Sequence[Cells]) -> Iterator[TableRow]:
    done = 0
    partners = _partners(old, new)
    for place, row in enumerate(new):
        if place not in partners:
            continue
        yield from whole(old[done : partners[place]], Change.DELETED)
        yield from _unpartnered(new, place, partners)
        yield TableRow(Change.NONE, old[partners[place]], row)
        done = partners[place] + 1
    yield from whole(old[done:], Change.DELETED)
    yield from _unpartnered(new, len(new), partners)


def _unpartnered(new: Sequence[Cells], until: int, partners: dict[int, int]) -> Iterator[TableRow]:
    """Return the new rows right before a place that are like no old one."""
    start = max((place + 1 for place in partners if place < until), default=0)
    yield from whole(new[start:until], Change.INSERTED)


def _partners(old: Sequence[Cells], new: Sequence[Cells]) -> dict[int, int]:
    """Return for new rows the old rows they are most like, both in order."""
    if len(old) * len(new) > _MANY:
        together = enumerate(zip(old, new, strict=False))
        return {place: place for place, (a, b) in together if len(a) == len(b)}
    best: list[list[tuple[float, dict[int, int]]]] = [[(0.0, {})] * (len(old) + 1)]
    for place, row in enumerate(new):
        line: list[tuple[float, dict[int, int]]] = [(0.0, {})]
        for before, other in enumerate(old):
            options = [best[-1][before + 1], line[-1]]
            likeness = Indel.normalized_similarity(_key(other), _key(row))
            if likeness >= _SIMILAR and len(other) == len(row):
                score, pairs = best[-1][before]
                options.append((score + likeness, {**pairs, place: before}))
            line.append(max(options, key=lambda option: option[0]))
        best.append(line)
    return best[-1][-1][1]


def table(rows: Iterable[str], widths: Sequence[int]) -> str:
    """Return a table of rows that are written already."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def row(
    cells: Sequence[str],
    columns: Sequence[tuple[int, str]],
    sign: str,
    mark: str,
    *,
    is_first: bool,
) -> str:
    """Return a row; the sign says that it came or went, the mark that its paragraphs did.

    Columns have a width and a side. The last cell of a row with fewer takes what is left of the width.
    """
    style, look = ("MitplanKopfzelle", HEADER_CELL) if is_first else ("MitplanZelle", "")
    repeated = "<w:tblHeader/>" if is_first else ""
    last = len(cells) - 1
    left = len(columns) - last
    spans = [""] * last + [f'<w:gridSpan w:val="{left}"/>' if left > 1 else ""]
    widths = [width for width, _ in columns[:last]] + [sum(width for width, _ in columns[last:])]
    written = (
        cell(width, paragraph(f"{style}{side}", content, mark), span + look)
        for content, width, span, (_, side) in zip(cells, widths, spans, columns, strict=False)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}{sign}</w:trPr>{''.join(written)}</w:tr>"


def widths_of(rows: Sequence[Cells], whole_width: int) -> list[int]:
    """Return widths that follow how much stands in each column."""
    weights = [
        min(max([_NARROW, *(len(row[column]) for row in rows if column < len(row))]), _WIDE)
        for column in range(columns_of(rows))
    ]
    return [whole_width * weight // sum(weights) for weight in weights]
