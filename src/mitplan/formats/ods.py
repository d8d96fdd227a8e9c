"""OpenDocument tables, written row by row like the Excel files: typed cells, headings that stay, filters."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from mitplan.formats import ods_parts as parts
from mitplan.formats.sheets import Cell, Column, Hyperlink, Kind, Row, Sheet, clean, measured, typed
from mitplan.formats.zip_stream import Entry, zipped

CONTENT_TYPE = parts.CONTENT_TYPE

_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\'.$]")
_SPACES = re.compile("(?<= ) +|^ +")
_ROWS_AT_ONCE = 100


def ods(sheets: Sequence[Sheet]) -> Iterator[bytes]:
    """Yield an OpenDocument spreadsheet piece by piece; it opens on the last sheet."""
    return zipped(_entries(sheets), first=("mimetype", CONTENT_TYPE))


def _entries(sheets: Sequence[Sheet]) -> Iterator[Entry]:
    yield "META-INF/manifest.xml", [parts.MANIFEST]
    yield "styles.xml", [parts.styles()]
    yield "settings.xml", [parts.settings([_title(sheet) for sheet in sheets])]
    yield "content.xml", _content(sheets)


def _title(sheet: Sheet) -> str:
    return _NOT_IN_A_TITLE.sub(" ", clean(sheet.title)).strip() or "Tabelle"


def _content(sheets: Sequence[Sheet]) -> Iterator[str]:
    looked_at = [(sheet, *measured(sheet)) for sheet in sheets]
    yield parts.beginning(width for _sheet, widths, _rows in looked_at for width in widths)
    areas = []
    for sheet, widths, rows in looked_at:
        title = _title(sheet)
        yield f'<table:table table:name={quoteattr(title)} table:style-name="table">{_columns(sheet, widths)}'
        lines, waiting = 1, [_heading(sheet)]
        for row in rows:
            lines += 1
            waiting.append(_line(sheet.columns, row))
            if len(waiting) == _ROWS_AT_ONCE:
                yield "".join(waiting)
                waiting.clear()
        yield f"{''.join(waiting)}</table:table>"
        last = _letters(len(sheet.columns) - 1)
        areas.append((title, f"'{title}'.A1:'{title}'.{last}{lines}"))
    yield parts.end(areas)


def _letters(place: int) -> str:
    before, letter = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + letter)


def _columns(sheet: Sheet, widths: Sequence[int]) -> str:
    hidden = ' table:visibility="collapse"'
    return "".join(
        f'<table:table-column table:style-name="w{width}"{hidden if column.is_hidden else ""}/>'
        for column, width in zip(sheet.columns, widths, strict=True)
    )


def _heading(sheet: Sheet) -> str:
    cells = "".join(_text(column.label, "head") for column in sheet.columns)
    return f"<table:table-header-rows><table:table-row>{cells}</table:table-row></table:table-header-rows>"


def _line(columns: Sequence[Column], row: Row) -> str:
    cells = [_cell(column, value) for column, value in zip(columns, row, strict=True)]
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _cell(column: Column, value: Cell) -> str:
    if type(value) is str and column.kind is not Kind.LINK and value:  # most cells are text
        return _text(value, "text")
    value = typed(column, value)
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, int | float | Decimal):
        return _number(column, value)
    return _link(value) if isinstance(value, Hyperlink) else _text(value, "text")


def _link(link: Hyperlink) -> str:
    address = quoteattr(clean(link.url))
    words = _spelt(clean(link.label))
    return _string(
        f'<text:p><text:a xlink:type="simple" xlink:href={address}>{words}</text:a></text:p>',
        "text",
    )


def _day(value: date) -> str:
    if isinstance(value, datetime):
        return _typed(
            "moment", "date", "date-value", f"{value:%Y-%m-%dT%H:%M:%S}", f"{value:%d.%m.%Y %H:%M}"
        )
    return _typed("day", "date", "date-value", f"{value:%Y-%m-%d}", f"{value:%d.%m.%Y}")


def _number(column: Column, value: float | Decimal) -> str:
    if column.kind is Kind.SHARE:
        shown = f"{float(value) * 100:.1f} %".replace(".", ",")
        return _typed("share", "percentage", "value", value, shown)
    return _typed("text", "float", "value", value, str(value).replace(".", ","))


def _typed(style: str, kind: str, attribute: str, value: object, shown: str) -> str:
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="{kind}" '
        f'office:{attribute}="{value}"><text:p>{shown}</text:p></table:table-cell>'
    )


def _text(text: str, style: str) -> str:
    lines = clean(text).split("\n")
    return _string("".join(f"<text:p>{_spelt(line)}</text:p>" for line in lines), style)


def _string(paragraphs: str, style: str) -> str:
    opened = f'<table:table-cell table:style-name="{style}" office:value-type="string">'
    return f"{opened}{paragraphs}</table:table-cell>"


def _spelt(line: str) -> str:
    """Write a line; several spaces would else become one."""
    line = escape(line)
    if "\t" in line:
        line = line.replace("\t", "<text:tab/>")
    if "  " in line or line[:1] == " ":
        line = _SPACES.sub(lambda found: f'<text:s text:c="{len(found[0])}"/>', line)
    return line
