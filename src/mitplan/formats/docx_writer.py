"""Writing Word files: plain and clean, with real headings, lists and footnotes, and a bookmark per passage."""

import io
import re
from collections.abc import Iterable
from itertools import count

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from mitplan.core.text.passages import Kind, Passage
from mitplan.formats.docx_inline import Piece, from_markdown
from mitplan.formats.docx_lists import Lists
from mitplan.formats.docx_notes import Notes
from mitplan.formats.docx_reader import (
    BOOKMARK,
    CODE_STYLE,
    FIELD_STYLE,
    GOAL_STYLE,
    MEASURE_STYLE,
)
from mitplan.formats.markdown_lines import normalise_table, split_row

_DEEPEST_HEADING = 6
_DEEPEST_CONTINUATION = 3
_STYLES = {Kind.QUOTE: "Quote", Kind.GOAL: GOAL_STYLE, Kind.MEASURE: MEASURE_STYLE}
_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")
_BOOKMARK_NAME = re.compile(r"\w{1,36}")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Writer:
    """Writes one file from top to bottom."""

    def __init__(self, title: str, header: str = "") -> None:
        self._document = docx.Document()
        self._document.sections[0].header.paragraphs[0].text = _writable(header)
        self._document.core_properties.title = title
        self._document.core_properties.author = "Mitplan"
        self._document.core_properties.comments = ""
        _prepare_page(self._document)
        _prepare_styles(self._document)
        self._style_ids = {style.name: style.style_id for style in self._document.styles}
        self._lists = Lists(self._document.part.numbering_part.element)
        self._notes = Notes()
        self._bookmarks = count(1)

    def write(self, passages: Iterable[Passage]) -> bytes:
        passages = tuple(passages)
        notes = _referred_notes(passages)
        for label, note in notes.items():
            pieces = from_markdown(_writable(note.text))
            self._notes.add(label, _bookmark_name(note.id), pieces)
        for passage in passages:
            if notes.get(passage.label) is not passage:
                self._passage(passage)
        for label in self._notes.without_reference():
            self._passage(notes[label])
        self._notes.attach(self._document.part)
        file = io.BytesIO()
        self._document.save(file)
        return file.getvalue()

    def _passage(self, passage: Passage) -> None:
        if passage.kind is not Kind.LIST_ITEM and not (
            passage.kind is Kind.PARAGRAPH and passage.level
        ):
            self._lists.close()
        match passage.kind:
            case Kind.HEADING:
                level = min(max(passage.level, 1), _DEEPEST_HEADING)
                paragraph = self._paragraph(passage.text, f"Heading {level}")
            case Kind.LIST_ITEM:
                paragraph = self._paragraph(passage.text, "List Paragraph")
                self._lists.add(paragraph._p, passage.level, passage.label)  # noqa: SLF001 -- no public way to number
            case Kind.TABLE:
                paragraph = self._table(passage.text)
            case Kind.CODE:
                paragraph = self._plain(passage.text, CODE_STYLE)
            case Kind.FOOTNOTE:
                paragraph = self._paragraph(f"[^{passage.label}]: {passage.text}", "Normal")
            case _:
                for name, content in passage.fields:
                    self._plain(f"{name}: {content}", FIELD_STYLE)
                paragraph = self._paragraph(passage.text, _style(passage))
        self._bookmark(paragraph, passage.id)

    def _paragraph(self, text: str, style: str) -> Paragraph:
        paragraph = self._plain("", style)
        self._add_text(paragraph, text)
        return paragraph

    def _plain(self, text: str, style: str) -> Paragraph:
        """Add a paragraph; its style is set by id, because looking it up by name is slow."""
        paragraph = self._document.add_paragraph(_writable(text))
        paragraph._p.style = self._style_ids[style]  # noqa: SLF001
        return paragraph

    def _add_text(self, paragraph: Paragraph, text: str) -> None:
        for piece in from_markdown(_writable(text)):
            for index, part in enumerate(_REFERENCE.split(piece.text)):
                if not index % 2:
                    _add_run(paragraph, Piece(part, piece.bold, piece.italic))
                elif (reference := self._notes.reference(part)) is not None:
                    paragraph._p.append(reference)  # noqa: SLF001 -- no public way to refer to a note
                else:
                    _add_run(paragraph, Piece(f"[^{part}]", piece.bold, piece.italic))

    def _table(self, text: str) -> Paragraph:
        rows = [split_row(line) for line in normalise_table(text.split("\n")).split("\n")]
        del rows[1:2]
        table = self._document.add_table(len(rows), max(map(len, rows)), style="Table Grid")
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, content in zip(row.cells, cells, strict=False):
                self._add_text(_first_paragraph(cell), content)
        return _first_paragraph(table.cell(0, 0))

    def _bookmark(self, paragraph: Paragraph, key: str) -> None:
        name = _bookmark_name(key)
        if name:
            element, number = paragraph._p, next(self._bookmarks)  # noqa: SLF001 -- no public way
            start = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{number}" w:name="{name}"/>')
            element.insert(1 if element.pPr is not None else 0, start)
            element.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{number}"/>'))


def _referred_notes(passages: Iterable[Passage]) -> dict[str, Passage]:
    """Return the footnotes that the text refers to, by their labels; of two with one label the first."""
    passages = tuple(passages)
    others = (Kind.FOOTNOTE, Kind.CODE)
    texts = (passage.text for passage in passages if passage.kind not in others)
    referred = {label for text in texts for label in _REFERENCE.findall(text)}
    notes: dict[str, Passage] = {}
    for passage in passages:
        if passage.kind is Kind.FOOTNOTE and passage.label in referred:
            notes.setdefault(passage.label, passage)
    return notes


def _bookmark_name(key: str) -> str:
    """Return the name of a passage's bookmark; Word allows only short plain ones."""
    return BOOKMARK + key if _BOOKMARK_NAME.fullmatch(key) else ""


def _style(passage: Passage) -> str:
    if passage.kind is Kind.PARAGRAPH and passage.level > 0:
        level = min(passage.level, _DEEPEST_CONTINUATION)
        return "List Continue" + (f" {level}" if level > 1 else "")
    return _STYLES.get(passage.kind, "Normal")


def _add_run(paragraph: Paragraph, piece: Piece) -> None:
    if piece.text:
        run = paragraph.add_run(piece.text)
        run.bold, run.italic = piece.bold or None, piece.italic or None


def _first_paragraph(cell: _Cell) -> Paragraph:
    return cell.paragraphs[0]


def _writable(text: str) -> str:
    """Return the text without characters that XML cannot hold."""
    return _UNWRITABLE.sub("", text)


def _prepare_page(document: docx.document.Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "de-DE")


def _prepare_styles(document: docx.document.Document) -> None:
    for name in (GOAL_STYLE, MEASURE_STYLE, FIELD_STYLE, CODE_STYLE):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.paragraph_format.left_indent = Cm(0.75)
    document.styles[FIELD_STYLE].font.size = Pt(9)
    document.styles[FIELD_STYLE].paragraph_format.space_after = Pt(0)
    document.styles[CODE_STYLE].font.name = "Courier New"
