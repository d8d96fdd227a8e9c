"""A table as it goes into a file: typed columns, rows one after another, and what one should know of it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from itertools import chain, islice
from math import isfinite

Scalar = str | int | float | Decimal | date | datetime | None
Row = Sequence["Cell"]

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a text must not begin with, or a spreadsheet runs it; the wide signs count in some languages."""

_ADDRESS = re.compile(r"(https?://|mailto:)\S{1,2000}")
"""What may be a link; Excel takes a file for broken in which another is one, or a longer."""

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKED_AT, _WIDEST, _NARROWEST = 200, 60, 8


class Kind(Enum):
    """What a column holds; `ANY` leaves it to each value."""

    ANY = "any"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    SHARE = "share"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """A text that leads somewhere."""

    label: str
    url: str

    def __str__(self) -> str:
        return self.label


Cell = Scalar | Hyperlink


@dataclass(frozen=True, slots=True)
class Column:
    """One column. A share is a part of one; `width` counts signs, measured where it is not given."""

    label: str
    kind: Kind = Kind.ANY
    width: int = 0
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file; its rows are read once and never held all together."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Row]


def typed(column: Column, value: Cell) -> Cell:
    """Return a value as its column wants it: an address becomes a link, a number in words a text."""
    if value is None or value == "":
        return None
    if column.kind is Kind.LINK and not isinstance(value, Hyperlink):
        value = Hyperlink(str(value), str(value))
    if isinstance(value, Hyperlink):
        return value if _ADDRESS.fullmatch(value.url) else value.label
    is_number = not isinstance(value, float | Decimal) or isfinite(value)
    return value if is_number and column.kind is not Kind.TEXT else str(value)


def measured(sheet: Sheet) -> tuple[list[int], Iterable[Row]]:
    """Return the widths of the columns after a look at the first rows, and all rows again."""
    rows = iter(sheet.rows)
    first = list(islice(rows, _LOOKED_AT))
    widths = [
        column.width or _width(column.label, [row[place] for row in first])
        for place, column in enumerate(sheet.columns)
    ]
    return widths, chain(first, rows)


def _width(label: str, values: Iterable[Cell]) -> int:
    longest = max((_length(value) for value in values), default=0)
    return max(_NARROWEST, len(label) + 4, min(_WIDEST, longest + 2))


def _length(value: Cell) -> int:
    if isinstance(value, date):
        return 16 if isinstance(value, datetime) else 10
    return len(str(value)) if value is not None else 0


def clean(text: str) -> str:
    """Return a text without the signs that no XML file may hold, with plain line ends."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_XML.sub("", text) if _NOT_XML.search(text) else text


def is_dangerous(text: str) -> bool:
    """Tell whether a spreadsheet could take a text for a formula."""
    return text.startswith(STARTS_A_FORMULA)
