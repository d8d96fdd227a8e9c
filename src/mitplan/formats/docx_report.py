"""Word documents made of tables, and letters: written block by block, with flat memory however long they are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import IO

from mitplan.core.text.diff import Segment, SegmentKind
from mitplan.formats.docx_inline import from_markdown, has_marks
from mitplan.formats.docx_looks import DELETED, HEADER_CELL, INSERTED, LINK
from mitplan.formats.docx_output import Output, Sheet
from mitplan.formats.docx_words import both, words_of
from mitplan.formats.docx_xml import cell, escaped, paragraph, run

_DEEPEST_HEADING = 6


class Mark(StrEnum):
    """How a stretch of text is set off: words that came are underlined, words that went struck out."""

    NONE = ""
    INSERTED = INSERTED
    DELETED = DELETED


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look; with an address it is a link. What is hidden only programs see."""

    text: str
    bold: bool = False
    italic: bool = False
    mark: Mark = Mark.NONE
    link: str = ""
    is_hidden: bool = False


class Look(StrEnum):
    """What a paragraph is for."""

    TEXT = ""
    SMALL = "MitplanKlein"
    LIST = "ListParagraph"
    QUOTE = "Quote"


Runs = str | Sequence[Run]
"""What stands in a paragraph: plain text, or stretches of it in different looks."""

Cell = str | Sequence[Runs]
"""What stands in a cell: plain text, in which a line end begins a paragraph, or paragraphs."""

Row = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Heading:
    """A real heading; 1 is the document's title, so the parts begin with 2."""

    text: str
    level: int = 2
    on_new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    content: Runs
    look: Look = Look.TEXT


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it is called, its part of the width, and whether it holds numbers."""

    title: str
    width: float = 1.0
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A line across the whole table, above the rows it speaks of."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header stands on every page and whose rows are not torn; rows are taken one by one.

    The caption is read to those who cannot see the table. A table without rows says so in `empty`.
    """

    caption: str
    columns: Sequence[Column]
    rows: Iterable[Row | Group]
    empty: str = ""


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Letter:
    """The head of a letter: who writes to whom, particulars such as date and reference, and the subject."""

    sender: str
    recipient: Sequence[str]
    particulars: Sequence[tuple[str, str]]
    subject: str


def write_report(
    stream: IO[bytes], sheet: Sheet, facts: Iterable[tuple[str, str]], blocks: Iterable[Block]
) -> None:
    """Write a document that begins with its title and the facts about it.

    Blocks and the rows of their tables are taken one by one and may come from a generator.
    """
    output = Output(stream, sheet)
    writer = _Blocks(output)
    head = [paragraph("Heading1", run(sheet.title)), *(_fact(*fact) for fact in facts)]
    output.write(chain(head, [paragraph("MitplanAbstand", "")], writer.write(blocks)))


def write_letter(stream: IO[bytes], sheet: Sheet, letter: Letter, blocks: Iterable[Block]) -> None:
    """Write a letter; its blocks follow the subject."""
    output = Output(stream, sheet)
    output.write(chain(_letter_head(letter), _Blocks(output).write(blocks)))


def runs_of(text: str, mark: Mark = Mark.NONE) -> tuple[Run, ...]:
    """Return the wording of a passage, which may hold inline Markdown, as it is to be read."""
    return tuple(Run(piece.text, piece.bold, piece.italic, mark) for piece in from_markdown(text))


def compared(segments: Iterable[Segment]) -> tuple[Run, ...]:
    """Return a comparison word by word with what came and what went set off.

    The wordings may hold inline Markdown; a look that begins in one segment and ends in another is kept.
    """
    segments = tuple(segments)
    if not any(has_marks(each.text) for each in segments):
        return tuple(Run(each.text, mark=_MARKS[each.kind]) for each in segments)
    old, new = (
        words_of("".join(each.text for each in segments if each.kind is not gone), lambda _: "")
        for gone in (SegmentKind.INSERTED, SegmentKind.DELETED)
    )
    return tuple(
        Run(text, "<w:b/>" in look.properties, "<w:i/>" in look.properties, _MARKS[kind])
        for kind, text, look in both(old, new)
    )


_MARKS = {
    SegmentKind.EQUAL: Mark.NONE,
    SegmentKind.INSERTED: Mark.INSERTED,
    SegmentKind.DELETED: Mark.DELETED,
}


class _Blocks:
    """Writes blocks into one file."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def write(self, blocks: Iterable[Block]) -> Iterator[str]:
        for block in blocks:
            match block:
                case Heading():
                    yield _heading(block)
                case Paragraph():
                    yield paragraph(block.look, self._runs(block.content))
                case Table():
                    yield from self._table(block)

    def _table(self, table: Table) -> Iterator[str]:
        rows = iter(table.rows)
        first = next(rows, None)
        if first is None:
            yield paragraph("", run(table.empty))
            return
        widths = _widths(table.columns, self._output.sheet.width)
        yield _table_head(table, widths)
        for row in chain([first], rows):
            if isinstance(row, Group):
                yield _group(row, widths)
            else:
                yield self._row(table.columns, row, widths)
        yield f"</w:tbl>{paragraph('MitplanAbstand', '')}"

    def _row(self, columns: Sequence[Column], row: Row, widths: Sequence[int]) -> str:
        cells = (
            cell(width, self._cell(content, column))
            for content, column, width in zip(row, columns, widths, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"

    def _cell(self, content: Cell, column: Column) -> str:
        paragraphs = content.split("\n") if isinstance(content, str) else content
        side = '<w:jc w:val="right"/>' if column.is_number else ""
        return "".join(
            paragraph("MitplanZelle", self._runs(runs), side) for runs in paragraphs or [""]
        )

    def _runs(self, runs: Runs) -> str:
        if isinstance(runs, str):
            return run(runs)
        return "".join(map(self._run, runs))

    def _run(self, part: Run) -> str:
        look = LINK if part.link else part.mark
        look += "<w:b/><w:bCs/>" * part.bold + "<w:i/><w:iCs/>" * part.italic
        look += "<w:vanish/>" * part.is_hidden
        text = run(part.text, look)
        if not part.link:
            return text
        return f'<w:hyperlink r:id="{self._output.link(part.link)}">{text}</w:hyperlink>'


def _heading(heading: Heading) -> str:
    level = min(max(heading.level, 1), _DEEPEST_HEADING)
    before = "<w:pageBreakBefore/>" if heading.on_new_page else ""
    return paragraph(f"Heading{level}", run(heading.text), before)


def _fact(name: str, value: str) -> str:
    return paragraph("MitplanAngabe", run(name, "<w:b/><w:bCs/>") + run("\t" + value))


def _widths(columns: Sequence[Column], whole: int) -> list[int]:
    total = sum(column.width for column in columns)
    return [round(whole * column.width / total) for column in columns]


def _table_head(table: Table, widths: Sequence[int]) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    cells = (
        cell(width, paragraph("MitplanKopfzelle", run(column.title)), HEADER_CELL)
        for width, column in zip(widths, table.columns, strict=True)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/>'
        f'<w:tblCaption w:val="{escaped(table.caption)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"
    )


def _group(group: Group, widths: Sequence[int]) -> str:
    content = paragraph("MitplanKopfzelle", run(group.text))
    across = f'<w:gridSpan w:val="{len(widths)}"/>{HEADER_CELL}'
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell(sum(widths), content, across)}</w:tr>"


def _letter_head(letter: Letter) -> Iterator[str]:
    """Return address and particulars at the places where a window envelope shows them."""
    yield paragraph("MitplanKlein", run(letter.sender), '<w:spacing w:before="900" w:after="120"/>')
    for line in letter.recipient:
        yield paragraph("MitplanAnschrift", run(line))
    for _ in range(len(letter.recipient), _ADDRESS_LINES):
        yield paragraph("MitplanAnschrift", "")
    for name, value in letter.particulars:
        yield paragraph("MitplanAngabe", run(name) + run("\t" + value))
    yield paragraph("MitplanBetreff", run(letter.subject))


_ADDRESS_LINES = 6
