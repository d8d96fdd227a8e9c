"""Writing passages as a clean OpenDocument text: real headings, lists, tables and footnotes, ids as bookmarks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from mitplan.core.text.passages import Kind, Passage
from mitplan.formats.docx_inline import Piece, from_markdown
from mitplan.formats.docx_reader import BOOKMARK
from mitplan.formats.markdown_lines import split_row
from mitplan.formats.odt_look import (
    BOLD,
    BOLD_ITALIC,
    ITALIC,
    PARAGRAPH_STYLES,
    list_style,
    mark_of,
    template,
)

_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANKS = re.compile(r"  +|^ | $")
_LOOKS = {(True, False): BOLD, (False, True): ITALIC, (True, True): BOLD_ITALIC}
_ESCAPED_BORDER = re.compile(r"\\\|")


def content_of(passages: Sequence[Passage]) -> str:
    """Return the main part of a text."""
    writer = _Writer(passages)
    body = "".join(writer.blocks())
    return template("content.xml", styles=writer.list_styles(), body=body)


@dataclass(slots=True)
class _List:
    """A list that is open: its marks and the last number it showed."""

    mark: tuple[str, str, str]
    number: int


class _Writer:
    """Writes passages one after another; lists stay open as long as their numbers go on."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._notes: dict[str, Passage] = {}
        for passage in passages:
            if passage.kind is Kind.FOOTNOTE:
                self._notes.setdefault(passage.label, passage)
        self._told: set[str] = set()
        self._open: list[_List] = []
        self._marks: dict[tuple[str, str, str], str] = {}

    def list_styles(self) -> str:
        """Return the styles of the lists that were written."""
        return "".join(list_style(name, *mark) for mark, name in self._marks.items())

    def blocks(self) -> Iterator[str]:
        """Return the passages, then the notes that nothing refers to."""
        for passage in self._passages:
            if passage.kind is Kind.LIST_ITEM:
                yield from self._item(passage)
            elif passage.kind is Kind.PARAGRAPH and 0 < passage.level <= len(self._open):
                yield from self._close(passage.level)
                yield self._line(passage, "List_20_Continue")
            elif passage.kind is not Kind.FOOTNOTE:
                yield from self._close(0)
                yield self._block(passage)
        yield from self._close(0)
        yield from self._notes_apart()

    def _notes_apart(self) -> Iterator[str]:
        """Return the notes that nothing refers to, as paragraphs that say so."""
        told, self._told = self._told, set(self._notes)
        for passage in self._passages:
            is_told = passage.label in told and self._notes[passage.label] is passage
            if passage.kind is Kind.FOOTNOTE and not is_told:
                text = f"[^{passage.label}]: {passage.text}"
                yield self._paragraph("Text_20_body", passage.id, text)

    def _block(self, passage: Passage) -> str:
        match passage.kind:
            case Kind.HEADING:
                level = min(max(passage.level, 1), 6)
                content = self._marked(passage.id, self._words(passage.text))
                return (
                    f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">'
                    f"{content}</text:h>"
                )
            case Kind.TABLE:
                return self._table(passage)
            case Kind.CODE:
                return self._written(
                    "Preformatted_20_Text", self._marked(passage.id, _plain(passage.text))
                )
            case _:
                fields = "".join(
                    self._written("Mitplan_20_Feld", _plain(f"{name}: {value}"))
                    for name, value in passage.fields
                )
                return fields + self._line(passage, PARAGRAPH_STYLES[passage.kind])

    def _line(self, passage: Passage, style: str) -> str:
        return self._paragraph(style, passage.id, passage.text)

    def _paragraph(self, style: str, key: str, text: str) -> str:
        return self._written(style, self._marked(key, self._words(text)))

    @staticmethod
    def _written(style: str, content: str) -> str:
        return f'<text:p text:style-name="{style}">{content}</text:p>'

    @staticmethod
    def _marked(key: str, content: str) -> str:
        if not key:
            return content
        name = quoteattr(BOOKMARK + key)
        return (
            f"<text:bookmark-start text:name={name}/>{content}<text:bookmark-end text:name={name}/>"
        )

    def _item(self, passage: Passage) -> Iterator[str]:
        """Return an item, with whatever must end or begin before it."""
        mark, number = mark_of(passage.label)
        depth = max(passage.level, 0)
        yield from self._close(depth + 1)
        if len(self._open) > depth:
            current = self._open[depth]
            if current.mark == mark and (not mark[1] or current.number + 1 == number):
                current.number = number
                yield "</text:list-item><text:list-item>"
                yield self._line(passage, "List_20_Paragraph")
                return
            yield from self._close(depth)
        while len(self._open) < depth:
            yield from self._begin(("", "", ""), 0)
        yield from self._begin(mark, number)
        yield self._line(passage, "List_20_Paragraph")

    def _begin(self, mark: tuple[str, str, str], number: int) -> Iterator[str]:
        name = self._marks.setdefault(mark, f"L{len(self._marks) + 1}")
        self._open.append(_List(mark, number))
        start = f' text:start-value="{number}"' if mark[1] and number != 1 else ""
        yield f'<text:list text:style-name="{name}"><text:list-item{start}>'

    def _close(self, depth: int) -> Iterator[str]:
        """End the lists below a depth."""
        while len(self._open) > depth:
            self._open.pop()
            yield "</text:list-item></text:list>"

    def _table(self, passage: Passage) -> str:
        lines = passage.text.split("\n")
        rows = [split_row(line) for number, line in enumerate(lines) if number != 1]
        width = max((len(row) for row in rows), default=1)
        cells = [
            [self._cell(row[place] if place < len(row) else "") for place in range(width)]
            for row in rows
        ]
        if passage.id:
            cells[0][0] = self._cell(rows[0][0] if rows[0] else "", passage.id)
        head, *body = [f"<table:table-row>{''.join(row)}</table:table-row>" for row in cells]
        return (
            f'<table:table><table:table-column table:number-columns-repeated="{width}"/>'
            f"<table:table-header-rows>{head}</table:table-header-rows>{''.join(body)}</table:table>"
        )

    def _cell(self, text: str, key: str = "") -> str:
        content = self._paragraph("Table_20_Contents", key, _ESCAPED_BORDER.sub("|", text))
        return (
            f'<table:table-cell table:style-name="Cell" office:value-type="string">{content}'
            "</table:table-cell>"
        )

    def _words(self, text: str) -> str:
        return "".join(map(self._piece, from_markdown(_UNWRITABLE.sub("", text))))

    def _piece(self, piece: Piece) -> str:
        parts = _REFERENCE.split(piece.text)
        content = "".join(
            self._reference(part) if index % 2 else _plain(part) for index, part in enumerate(parts)
        )
        look = _LOOKS.get((piece.bold, piece.italic))
        return f'<text:span text:style-name="{look}">{content}</text:span>' if look else content

    def _reference(self, label: str) -> str:
        """Return a note where it is first referred to; again, or without a note, it is only text."""
        note = self._notes.get(label)
        if note is None or label in self._told:
            return _plain(f"[^{label}]")
        self._told.add(label)
        lines = note.text.split("\n")
        body = self._paragraph("Footnote", note.id, lines[0])
        body += "".join(self._paragraph("Footnote", "", line) for line in lines[1:])
        key = f"ftn{len(self._told)}"
        return (
            f'<text:note text:id="{key}" text:note-class="footnote"><text:note-citation>'
            f"{len(self._told)}</text:note-citation><text:note-body>{body}</text:note-body></text:note>"
        )


def _plain(text: str) -> str:
    """Return text with its blanks, tabs and line breaks as OpenDocument wants them."""
    text = _UNWRITABLE.sub("", text)
    lines = (
        "<text:tab/>".join(_BLANKS.sub(_blanks, escape(part)) for part in line.split("\t"))
        for line in text.split("\n")
    )
    return "<text:line-break/>".join(lines)


def _blanks(found: re.Match[str]) -> str:
    return f'<text:s text:c="{len(found[0])}"/>'


def entries_of(
    passages: Iterable[Passage], title: str, header: str, stamp: str
) -> Iterator[tuple[str, str]]:
    """Return the parts of the file behind the first, which says what it is."""
    yield "content.xml", content_of(tuple(passages))
    yield "styles.xml", template("styles.xml", header=_plain(header), stamp=_plain(stamp))
    yield "meta.xml", template("meta.xml", title=escape(_UNWRITABLE.sub("", title)))
    yield "META-INF/manifest.xml", template("manifest.xml")
