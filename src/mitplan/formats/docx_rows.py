"""The tables of a Word or OpenDocument text as rows of plain words, changes made, hidden words included."""

from collections.abc import Iterator

from lxml import etree

from mitplan.core.text.tokens import normalise
from mitplan.formats.docx_cleaning import choose_alternatives, drop_instructions
from mitplan.formats.docx_package import Package, W
from mitplan.formats.docx_revisions import all_of, settle
from mitplan.formats.odt_package import OdtPackage, is_odt

Rows = tuple[tuple[str, ...], ...]


def read_tables(data: bytes) -> tuple[Rows, ...]:
    """Return the outer tables of a text; a new paragraph in a cell is a new line."""
    root = OdtPackage(data).document() if is_odt(data) else Package(data).document()
    choose_alternatives(root)
    settle(root, all_of("accept"))
    drop_instructions(root)
    tables = (table for table in root.iter(f"{W}tbl") if not _is_inside(table))
    return tuple(tuple(_rows(table)) for table in tables)


def _is_inside(table: etree._Element) -> bool:
    return next(table.iterancestors(f"{W}tbl"), None) is not None


def _rows(table: etree._Element) -> Iterator[tuple[str, ...]]:
    for row in table.iterchildren(f"{W}tr"):
        yield tuple(
            _words(cell) for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row
        )


def _words(cell: etree._Element) -> str:
    lines = ("".join(_signs(paragraph)) for paragraph in cell.iter(f"{W}p"))
    return normalise("\n".join(lines)).strip()


def _signs(paragraph: etree._Element) -> Iterator[str]:
    for each in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}noBreakHyphen"):
        if each.getparent().tag != f"{W}r":
            continue  # a tab stop among the looks of the paragraph
        if each.tag == f"{W}t":
            yield each.text or ""
        else:
            yield {f"{W}tab": "\t", f"{W}br": "\n"}.get(each.tag, "‑")
