"""Excel files, written row by row: typed cells, a frozen heading with filters, widths, links."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from mitplan.formats import xlsx_parts as parts
from mitplan.formats.sheets import (
    Cell,
    Column,
    Hyperlink,
    Kind,
    Row,
    Sheet,
    clean,
    is_dangerous,
    measured,
    typed,
)
from mitplan.formats.zip_stream import Entry, zipped

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

LONGEST = 32_000
"""Signs in a cell; Excel refuses a file with more than 32,767."""

MOST_LINKS = 65_000
"""Excel refuses more links on a sheet; those beyond stand there as text."""

_LINE, _HIGHEST = 15, 405
_FIRST_DAY = date(1899, 12, 30)
_COUNTS_RIGHT_FROM = date(1900, 3, 1)
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_SPECIAL = re.compile("[&<>\\x00-\\x08\\x0b-\\x1f\\ud800-\\udfff\\ufffe\\uffff]|_x")
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE, _ROWS_AT_ONCE, _SECONDS_A_DAY = 31, 100, 86_400


def xlsx(sheets: Sequence[Sheet]) -> Iterator[bytes]:
    """Yield an Excel file piece by piece; it opens on the last sheet."""
    return zipped(_entries(sheets))


def _entries(sheets: Sequence[Sheet]) -> Iterator[Entry]:
    yield "[Content_Types].xml", [parts.content_types(len(sheets))]
    yield "_rels/.rels", [parts.root_relations()]
    yield "xl/_rels/workbook.xml.rels", [parts.workbook_relations(len(sheets))]
    yield "xl/styles.xml", [parts.STYLES]
    areas = []
    for number, sheet in enumerate(sheets, 1):
        written = _Written(sheet, is_in_front=number == len(sheets))
        yield f"xl/worksheets/sheet{number}.xml", written.parts()
        if written.links:
            relations = parts.relations(
                [(f"rId{place}", "hyperlink", url) for place, url in written.relations()]
            )
            yield f"xl/worksheets/_rels/sheet{number}.xml.rels", [relations]
        areas.append(written.area("$"))
    yield "xl/workbook.xml", [parts.workbook([_title(sheet) for sheet in sheets], areas)]


def _title(sheet: Sheet) -> str:
    return _NOT_IN_A_TITLE.sub(" ", clean(sheet.title)).strip("' ")[:_LONGEST_TITLE] or "Tabelle"


class _Written:
    """A sheet on its way; afterwards it knows how many rows it had and where its links stand."""

    def __init__(self, sheet: Sheet, *, is_in_front: bool) -> None:
        self.sheet = sheet
        self.is_in_front = is_in_front
        self.letters = [_letters(place) for place in range(len(sheet.columns))]
        self.lines = 1
        self.widths: Sequence[int] = ()
        self.links: list[tuple[str, str]] = []

    def parts(self) -> Iterator[str]:
        """Yield the sheet as XML."""
        self.widths, rows = measured(self.sheet)
        yield self._beginning()
        yield self._heading()
        waiting = []
        for row in rows:
            self.lines += 1
            waiting.append(self._line(row))
            if len(waiting) == _ROWS_AT_ONCE:
                yield "".join(waiting)
                waiting.clear()
        yield "".join(waiting)
        yield self._end()

    def area(self, sign: str = "") -> str:
        """Return the cells from the first heading to the last value."""
        last = self.letters[-1]
        return f"{sign}A{sign}1:{sign}{last}{sign}{self.lines}"

    def relations(self) -> Iterator[tuple[int, str]]:
        """Yield each address a link leads to with its number."""
        return enumerate((url for _place, url in self.links), 1)

    def _beginning(self) -> str:
        hidden = ' hidden="1"'
        columns = "".join(
            f'<col min="{place}" max="{place}" width="{width}" customWidth="1"'
            f"{hidden if column.is_hidden else ''}/>"
            for place, (column, width) in enumerate(
                zip(self.sheet.columns, self.widths, strict=True), 1
            )
        )
        selected = ' tabSelected="1"' if self.is_in_front else ""
        return (
            f'{parts.HEAD}<worksheet xmlns="{parts.MAIN}" xmlns:r="{parts.RELATIONS}">'
            '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<sheetViews><sheetView{selected} workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
            'activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/>'
            '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
            f"<cols>{columns}</cols><sheetData>"
        )

    def _heading(self) -> str:
        cells = (
            _text(f"{letters}1", column.label, parts.HEADING)
            for letters, column in zip(self.letters, self.sheet.columns, strict=True)
        )
        return f'<row r="1">{"".join(cells)}</row>'

    def _line(self, row: Row) -> str:
        cells = [
            self._cell(f"{letters}{self.lines}", column, value)
            for letters, column, value in zip(self.letters, self.sheet.columns, row, strict=True)
            if value is not None and value != ""
        ]
        return f'<row r="{self.lines}"{self._height(row)}>{"".join(cells)}</row>'

    def _height(self, row: Row) -> str:
        """Return how high a row is, reckoned from its longest text; not every program looks for itself."""
        lines = max(
            (
                -(-len(value) // width) + value.count("\n")
                for value, width in zip(row, self.widths, strict=True)
                if type(value) is str and len(value) > width
            ),
            default=1,
        )
        return f' ht="{min(lines * _LINE, _HIGHEST)}"' if lines > 1 else ""

    def _cell(self, place: str, column: Column, value: Cell) -> str:
        if type(value) is str and column.kind is not Kind.LINK:  # most cells are text
            return _text(place, value, parts.QUOTED if is_dangerous(value) else parts.TEXT)
        value = typed(column, value)
        if isinstance(value, Hyperlink):
            return self._link(place, value)
        if isinstance(value, date):
            return _day(place, value)
        if isinstance(value, int | float | Decimal):
            style = parts.SHARE if column.kind is Kind.SHARE else parts.NUMBER
            return f'<c r="{place}" s="{style}"><v>{value}</v></c>'
        return _text(place, str(value), parts.TEXT)

    def _link(self, place: str, link: Hyperlink) -> str:
        if len(self.links) == MOST_LINKS:
            return _text(place, link.label, parts.TEXT)
        self.links.append((place, clean(link.url)))
        return _text(place, link.label, parts.LINK)

    def _end(self) -> str:
        links = "".join(
            f'<hyperlink ref="{place}" r:id="rId{number}"/>'
            for number, (place, _url) in enumerate(self.links, 1)
        )
        listed = f"<hyperlinks>{links}</hyperlinks>" if links else ""
        return (
            f"</sheetData><autoFilter ref={quoteattr(self.area())}/>{listed}"
            '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
            '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
        )


def _letters(place: int) -> str:
    """Return the name of a column: A, B, …, Z, AA and so on."""
    before, letter = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + letter)


def _text(place: str, text: str, style: int) -> str:
    if len(text) * 2 > LONGEST or _SPECIAL.search(text):
        text = _ESCAPE.sub("_x005F_", escape(_shortened(clean(text))))
    return (
        f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    )


def _shortened(text: str) -> str:
    """Cut a text that Excel could not hold; it counts in UTF-16."""
    units = text.encode("utf-16-le")
    if len(units) <= LONGEST * 2:
        return text
    return f"{units[: LONGEST * 2].decode('utf-16-le', 'ignore')} …"


def _day(place: str, value: date) -> str:
    """Write a day or moment as Excel counts them; it miscounts those before March 1900."""
    moment = isinstance(value, datetime)
    day = value.date() if isinstance(value, datetime) else value
    if day < _COUNTS_RIGHT_FROM:
        return _text(place, f"{value:%d.%m.%Y}", parts.TEXT)
    number: float = (day - _FIRST_DAY).days
    if isinstance(value, datetime):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        number += seconds / _SECONDS_A_DAY
    return f'<c r="{place}" s="{parts.MOMENT if moment else parts.DATE}"><v>{number}</v></c>'
