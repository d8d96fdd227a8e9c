"""CSV as a German Excel opens it by a double click, and as programs read it: semicolons, UTF-8 with a mark.

Days are written 25.11.2026 and numbers 1234,5, without signs between the thousands.
"""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from mitplan.formats.sheets import Cell, Column, Hyperlink, Kind, Sheet, is_dangerous, typed

MARK = "\ufeff"
"""Tells Excel that the file is UTF-8."""

_LINES_AT_ONCE = 200


class _Lines:
    """Collects what the writer of the standard library writes."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def write(self, text: str) -> None:
        self.parts.append(text)

    def taken(self) -> str:
        text = "".join(self.parts)
        self.parts.clear()
        return text


def csv_lines(sheet: Sheet) -> Iterator[str]:
    """Yield a table as the text of a CSV file, some lines at a time."""
    lines = _Lines()
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    columns = [column for column in sheet.columns if not column.is_hidden]
    places = [place for place, column in enumerate(sheet.columns) if not column.is_hidden]
    lines.write(MARK)
    writer.writerow([_harmless(column.label) for column in columns])
    for row in sheet.rows:
        cells = zip(columns, (row[place] for place in places), strict=True)
        writer.writerow([spelt(column, value) for column, value in cells])
        if len(lines.parts) > _LINES_AT_ONCE:
            yield lines.taken()
    yield lines.taken()


def spelt(column: Column, value: Cell) -> str:
    """Return a value as German Excel reads it, never as a formula."""
    value = typed(column, value)
    if value is None:
        return ""
    if isinstance(value, str):
        return _harmless(value)
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, Hyperlink):
        return value.url if column.kind is Kind.LINK else _harmless(value.label)
    return f"{_number(value * 100)} %" if column.kind is Kind.SHARE else _number(value)


def _number(value: float | Decimal) -> str:
    exact = value if isinstance(value, int | Decimal) else Decimal(f"{value:.12g}")
    return f"{exact:f}".replace(".", ",") if isinstance(exact, Decimal) else str(exact)


def _harmless(text: str) -> str:
    return f"'{text}" if is_dangerous(text) else text
