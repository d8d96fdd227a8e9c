"""Excel files read with care: the words in their cells, row by row; formulas count as what they show."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from mitplan.core.text.tokens import normalise
from mitplan.formats.archive import Archive, broken
from mitplan.formats.errors import FormatError, gettext_noop
from mitplan.formats.plaintext import check_size
from mitplan.formats.safe_xml import parse

MAX_ROWS = 20_000
"""The most rows of a sheet that are read."""

MAX_COLUMNS = 60
_MOST_DIGITS = 9

_WORKBOOK, _STRINGS = "xl/workbook.xml", "xl/sharedStrings.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_PLACE = re.compile(r"([A-Z]{1,3})(\d+)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet by its title, and its rows; each row with its number in the file."""

    title: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def is_xlsx(data: bytes) -> bool:
    """Tell whether a file is an Excel file, whatever its name says."""
    if not data.startswith(b"PK"):
        return False
    return _WORKBOOK in Archive(data)


def read_sheets(data: bytes) -> tuple[ReadSheet, ...]:
    """Return all sheets in their order; raises FormatError."""
    check_size(data)
    archive = Archive(data)
    if any(name.lower().endswith("vbaproject.bin") for name in archive.names):
        raise FormatError(
            gettext_noop(
                "Die Tabelle enthält Makros. Speichern Sie sie in Excel als „Excel-Arbeitsmappe (.xlsx)“ "
                "ohne Makros und versuchen Sie es noch einmal."
            )
        )
    words = _shared(archive)
    return tuple(
        ReadSheet(title, tuple(_rows(_part(archive, name), words)))
        for title, name in _sheets(archive)
    )


def _part(archive: Archive, name: str) -> etree._Element:
    if name not in archive:
        raise broken()
    return parse(archive.read(name))


def _named(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield elements by their plain name; files differ in the namespace."""
    found: Iterator[etree._Element] = root.iter(f"{{*}}{name}")
    return found


def _sheets(archive: Archive) -> Iterator[tuple[str, str]]:
    targets = {
        each.get("Id"): each.get("Target", "").removeprefix("/xl/").removeprefix("/")
        for each in _named(_part(archive, _RELATIONS), "Relationship")
    }
    for sheet in _named(_part(archive, _WORKBOOK), "sheet"):
        key = next((value for name, value in sheet.items() if name.endswith("}id")), None)
        if key in targets:
            yield sheet.get("name", ""), f"xl/{targets[key]}"


def _shared(archive: Archive) -> list[str]:
    if _STRINGS not in archive:
        return []
    return [_words(each) for each in _named(_part(archive, _STRINGS), "si")]


def _words(element: etree._Element) -> str:
    """Return the words in a cell without the reading aids beside them."""
    found = (
        each.text or ""
        for each in _named(element, "t")
        if etree.QName(each.getparent()).localname != "rPh"
    )
    return normalise(_ESCAPED.sub(_sign, "".join(found)))


def _sign(code: re.Match[str]) -> str:
    sign = chr(int(code[1], 16))
    return sign if sign.isprintable() or sign in "\t\n" else ""


def _rows(root: etree._Element, words: list[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for place, row in enumerate(_named(root, "row"), start=1):
        if place > MAX_ROWS:
            raise FormatError(
                gettext_noop(
                    "Die Tabelle hat mehr als %(limit)s Zeilen. Löschen Sie leere Zeilen am Ende oder "
                    "teilen Sie sie auf."
                ),
                limit=MAX_ROWS,
            )
        number = row.get("r", "")
        yield (int(number) if _is_number(number) else place), _cells(row, words)


def _cells(row: etree._Element, words: list[str]) -> tuple[str, ...]:
    cells: dict[int, str] = {}
    for place, cell in enumerate(_named(row, "c")):
        found = _PLACE.fullmatch(cell.get("r", ""))
        column = _column(found[1]) if found else place
        if column < MAX_COLUMNS:
            cells[column] = _value(cell, words)
    return tuple(cells.get(column, "") for column in range(max(cells, default=-1) + 1))


def _is_number(text: str) -> bool:
    """Tell whether a text is a number that a sheet may have."""
    return text.isdecimal() and len(text) <= _MOST_DIGITS


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: etree._Element, words: list[str]) -> str:
    kind = cell.get("t", "")
    if kind == "inlineStr":
        return _words(cell)
    value = next((each.text or "" for each in _named(cell, "v")), "")
    if kind == "s":
        is_known = _is_number(value) and int(value) < len(words)
        return words[int(value)] if is_known else ""
    return normalise(value)
