"""Reading Word files: paragraphs, lists, tables and notes to passages."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import islice

from lxml import etree

from mitplan.core.text.passages import Kind, Passage
from mitplan.core.text.tokens import normalise
from mitplan.formats.docx_cleaning import choose_alternatives, drop_instructions
from mitplan.formats.docx_inline import Piece, to_markdown
from mitplan.formats.docx_package import Parts, W
from mitplan.formats.docx_revisions import KEY
from mitplan.formats.docx_styles import Numbering, Styles, value
from mitplan.formats.docx_symbols import symbol
from mitplan.formats.markdown_lines import normalise_table
from mitplan.formats.safe_xml import too_large

MAX_PARAGRAPHS = 150_000
"""The most paragraphs a part may have, empty ones too; a plan of a thousand pages has 10,000."""

BOOKMARK = "_mp_"
FORMER = "was_"
"""Stands in the bookmark of a passage at the place it has left, where its own bookmark is elsewhere."""

GOAL_STYLE, MEASURE_STYLE, FIELD_STYLE = "Mitplan Ziel", "Mitplan Maßnahme", "Mitplan Feld"
CODE_STYLE = "Mitplan Quelltext"
HEAD_STYLE = "Mitplan Kopfzelle"
"""The paragraph in the first cell of a column; a word behind it says to which side the column is set."""


_PLACE = f"{BOOKMARK}#"  # an id of ours never begins so; it would say where a passage stands
_SIDES = {
    f"{HEAD_STYLE} {side}".lower(): line
    for side, line in (("links", ":---"), ("mitte", ":---:"), ("rechts", "---:"))
}
_BLANKS = " \t\n"
_KINDS = {
    GOAL_STYLE.lower(): Kind.GOAL,
    MEASURE_STYLE.lower(): Kind.MEASURE,
    CODE_STYLE.lower(): Kind.CODE,
    "html preformatted": Kind.CODE,
    "preformatted text": Kind.CODE,
    "quotations": Kind.QUOTE,
    "quote": Kind.QUOTE,
    "intense quote": Kind.QUOTE,
    "zitat": Kind.QUOTE,
    "intensives zitat": Kind.QUOTE,
}
_TYPED = frozenset([Kind.GOAL, Kind.MEASURE])
_CONTENTS = re.compile(r"(?:toc|verzeichnis|inhaltsverzeichnis) \d$")
_CONTINUED = re.compile(r"list continue(?: (\d))?$")
_COPY = re.compile(
    r"[ _](?:Copy|Kopie)[ _]\d+$"
)  # LibreOffice puts it behind the names of bookmarks in notes
_NOTE_BODY = re.compile(r"\[\^([^\]\s]+)\]: ?")
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
}
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MATH_TEXT = f"{_MATH}t"
_TEXT = (f"{W}t", _MATH_TEXT)
_SHOWN = (*_TEXT, *_NOTES, f"{W}br", f"{W}sym", *_CHARACTERS)
_BOXES = f"{W}txbxContent"
_LOOKED_THROUGH = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag"))
_LOOSE = frozenset([f"{W}r", f"{W}hyperlink", f"{_MATH}oMath", f"{_MATH}oMathPara"])
_BOOKMARK_START = f"{W}bookmarkStart"
_OFF = frozenset(["0", "false", "off", "none"])


class Labels:
    """The numbers of notes, in the order in which they are first referred to; endnotes count by themselves."""

    def __init__(self) -> None:
        self._labels: dict[tuple[str, str], str] = {}
        self._counts: Counter[str] = Counter()

    def of(self, part: str, key: str) -> str:
        """Return the number of a note."""
        if (part, key) not in self._labels:
            self._counts[part] += 1
            mark = "e" if part == "endnotes" else ""
            self._labels[part, key] = f"{mark}{self._counts[part]}"
        return self._labels[part, key]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Return the notes that have a number."""
        return iter(self._labels)


class Reader:
    """Reads one file from top to bottom, once its parts are settled.

    Readers of the same file may share their labels, so that a note has the same number in all its texts.
    With keys a passage without a bookmark is told by its place in the file. With repeats a passage may
    stand at the place it has left, too.
    """

    def __init__(
        self,
        package: Parts,
        settled: Callable[[etree._Element], None],
        labels: Labels | None = None,
        *,
        keyed: bool = False,
        repeats: bool = False,
    ) -> None:
        self._package = package
        self._settled = settled
        self._labels = labels or Labels()
        self._keyed, self._repeats = keyed, repeats
        self._styles = Styles(package)
        self._numbering = Numbering(package)
        self._referred: set[tuple[str, str]] = set()
        self._fields: list[tuple[str, str]] = []
        self._used: set[str] = set()
        self._announced = ""
        self._names = cache(self._styles.names)

    def read(self) -> Iterator[Passage]:
        """Return the passages of the text, then the notes it refers to."""
        root = self._package.document()
        self._prepare(root)
        yield from self._blocks(root.find(f"{W}body"))
        yield from self._note_bodies()

    def read_lines(self) -> Iterator[Passage]:
        """Return every paragraph as it stands, those in cells and boxes too, then the notes."""
        root = self._package.document()
        self._prepare(root)
        for paragraph in root.iter(f"{W}p", *_LOOSE):
            is_loose = paragraph.tag != f"{W}p"
            if not is_loose or paragraph.getparent().tag == f"{W}body":
                text = "".join(piece.text for piece in self._pieces(paragraph))
                yield Passage("", Kind.PARAGRAPH, text)
        for note in self._note_bodies():
            yield replace(note, text=f"[^{note.label}]: {note.text}")

    def _prepare(self, root: etree._Element) -> None:
        if sum(1 for _ in islice(root.iter(f"{W}p"), MAX_PARAGRAPHS + 1)) > MAX_PARAGRAPHS:
            raise too_large()
        choose_alternatives(root)
        if self._keyed:
            number_passages(root)
        self._settled(root)
        drop_instructions(root)

    def _blocks(self, container: etree._Element) -> Iterator[Passage]:
        for element in container:
            if element.tag == f"{W}p" or element.tag in _LOOSE:
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield from self._table(element)
            elif element.tag in _LOOKED_THROUGH:
                yield from self._blocks(element)
            elif element.tag == _BOOKMARK_START:
                self._announced = _bookmark(element) or self._announced

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Passage]:
        style = value(paragraph, "pPr/pStyle")
        names = self._names(style)
        if any(map(_CONTENTS.match, names)):
            return
        if names[0] == FIELD_STYLE.lower():
            name, _, content = self._plain(paragraph).partition(":")
            if name.strip():  # LibreOffice leaves empty lines behind
                self._fields.append((name.strip(), content.strip()))
            return
        passage = self._passage(paragraph, style, names)
        if passage.text or passage.fields:
            yield replace(passage, id=self._id(paragraph))
        for box in paragraph.iter(_BOXES):
            if next(box.iterancestors(f"{W}p"), None) is paragraph:
                yield from self._blocks(box)

    def _id(self, element: etree._Element | None, place: str = "") -> str:
        """Return the id a bookmark gives, once; else with keys what tells the place in the file.

        Where all changes are shown a passage may stand twice, where it was and where it came.
        """
        marked = "" if element is None else _bookmark(element)
        key = place or ("" if element is None else str(element.get(KEY, "")))
        bookmark = marked or self._announced
        candidates = [bookmark if self._repeats else bookmark.removeprefix(FORMER)]
        self._announced = ""
        if self._keyed:
            candidates += [key, f"#+{len(self._used)}"]
        found = next((each for each in candidates if each and each not in self._used), "")
        self._used.add(found)
        return found.removeprefix(FORMER)

    def _passage(self, paragraph: etree._Element, style: str, names: list[str]) -> Passage:
        kind = next((_KINDS[name] for name in names if name in _KINDS), Kind.PARAGRAPH)
        if kind is Kind.CODE:
            return Passage("", kind, self._plain(paragraph))
        text = self._text(paragraph)
        if kind in _TYPED:
            fields, self._fields = tuple(self._fields), []
            return Passage("", kind, text, fields=fields)
        if kind is Kind.QUOTE:
            return Passage("", kind, text)
        if level := self._styles.heading_level(paragraph, style):
            return self._heading(paragraph, style, level)
        if note := _NOTE_BODY.match(text):
            return Passage("", Kind.FOOTNOTE, text[note.end() :], label=note[1])
        return self._item_or_paragraph(paragraph, style, text)

    def _heading(self, paragraph: etree._Element, style: str, level: int) -> Passage:
        """Read a heading; its look comes from its style, so marks for bold are left out."""
        num, depth = self._list_of(paragraph, style)
        text = to_markdown(replace(piece, bold=False) for piece in self._pieces(paragraph))
        text = normalise(" ".join(text.split("\n"))).strip(_BLANKS)
        label = self._numbering.label(num, depth) if text else ""
        return Passage("", Kind.HEADING, text, level, label)

    def _item_or_paragraph(self, paragraph: etree._Element, style: str, text: str) -> Passage:
        num, depth = self._list_of(paragraph, style)
        label = self._numbering.label(num, depth) if text else ""
        if label:
            return Passage("", Kind.LIST_ITEM, text, depth, label)
        continued = next(filter(None, map(_CONTINUED.match, self._names(style))), None)
        return Passage("", Kind.PARAGRAPH, text, int(continued[1] or 1) if continued else 0)

    def _list_of(self, paragraph: etree._Element, style: str) -> tuple[str, int]:
        """Return the list a paragraph belongs to, by itself or by its style, and how deep it stands."""
        sources = [
            paragraph.find(f"{W}pPr"),
            *(entry.properties for entry in self._styles.chain(style)),
        ]
        num = next((found for found in (value(at, "numPr/numId") for at in sources) if found), "")
        depth = next((found for found in (value(at, "numPr/ilvl") for at in sources) if found), "0")
        return num, int(depth) if depth.isdecimal() else 0

    def _text(self, paragraph: etree._Element) -> str:
        text = normalise(to_markdown(self._pieces(paragraph)))
        return "\n".join(filter(None, (line.strip(_BLANKS) for line in text.split("\n"))))

    def _plain(self, paragraph: etree._Element) -> str:
        return normalise("".join(piece.text for piece in self._pieces(paragraph)))

    def _pieces(self, paragraph: etree._Element) -> Iterator[Piece]:
        """Return the text of a paragraph's runs, without that of text boxes in it."""
        has_boxes = next(paragraph.iter(_BOXES), None) is not None
        for element in paragraph.iter(*_SHOWN):
            text = self._characters(element)
            if text and not (has_boxes and _is_boxed(element, paragraph)):
                properties = element.getparent().find(f"{W}rPr")
                yield Piece(text, _is_on(properties, "b"), _is_on(properties, "i"))

    def _characters(self, element: etree._Element) -> str:
        if element.tag in _TEXT:
            return element.text or ""
        if element.tag in _NOTES:
            note = (_NOTES[element.tag], element.get(f"{W}id", ""))
            self._referred.add(note)
            return f"[^{self._labels.of(*note)}]"
        if element.getparent().tag != f"{W}r":
            return ""
        if element.tag == f"{W}br":
            return "" if element.get(f"{W}type") in {"page", "column"} else "\n"
        if element.tag == f"{W}sym":
            return symbol(element.get(f"{W}font", ""), element.get(f"{W}char", ""))
        return _CHARACTERS[element.tag]

    def _table(self, table: etree._Element) -> Iterator[Passage]:
        rows = [list(_inside(row, f"{W}tc")) for row in _inside(table, f"{W}tr")]
        lines = ["| " + " | ".join(map(self._cell, cells)) + " |" for cells in rows]
        if any(line.strip("| ") for line in lines):
            lines[1:1] = ["| " + " | ".join(map(self._side, rows[0])) + " |"]
            yield Passage(self._id(table), Kind.TABLE, normalise_table(lines))

    def _side(self, cell: etree._Element) -> str:
        """Return the line below a cell of the head, as far as a file of ours says more than that it is one."""
        first = cell.find(f"{W}p")
        names = [] if first is None else self._names(value(first, "pPr/pStyle"))
        return next((_SIDES[name] for name in names if name in _SIDES), "---")

    def _cell(self, cell: etree._Element) -> str:
        """Return what stands in a cell on one line, nested tables too."""
        texts = (self._text(paragraph) for paragraph in cell.iter(f"{W}p"))
        return " ".join(filter(None, texts)).replace("\n", " ").replace("|", "\\|")

    def _note_bodies(self) -> Iterator[Passage]:
        """Return the notes that are referred to, one passage each."""
        parts = {part for part, _ in self._referred}
        bodies = {
            (part, note.get(f"{W}id", "")): note for part in parts for note in self._notes_of(part)
        }
        for part, key in list(self._labels):
            if (part, key) in self._referred:
                label, note = self._labels.of(part, key), bodies.get((part, key))
                paragraphs = () if note is None else note.iter(f"{W}p")
                text = "\n".join(filter(None, map(self._text, paragraphs)))
                yield Passage(self._id(note, f"#{part}-{key}"), Kind.FOOTNOTE, text, label=label)

    def _notes_of(self, part: str) -> Iterator[etree._Element]:
        root = self._package.related(part)
        if root is not None:
            self._prepare(root)
            yield from root


def number_passages(root: etree._Element) -> None:
    """Note in each paragraph and table of a part which one it is."""
    for number, element in enumerate(root.iter(f"{W}p", f"{W}tbl"), start=1):
        element.set(KEY, f"#{number}")


def _is_boxed(element: etree._Element, paragraph: etree._Element) -> bool:
    """Tell whether an element stands in a text box inside a paragraph."""
    return next(element.iterancestors(f"{W}p"), None) is not paragraph


def _inside(container: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Return the rows of a table or the cells of a row; controls around them are looked through."""
    for element in container:
        if element.tag == tag:
            yield element
        elif element.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml"}:
            yield from _inside(element, tag)


def _is_on(properties: etree._Element | None, name: str) -> bool:
    found = None if properties is None else properties.find(f"{W}{name}")
    return found is not None and found.get(f"{W}val", "1") not in _OFF


def _bookmark(element: etree._Element) -> str:
    """Return the id that a bookmark in the element carries."""
    for bookmark in element.iter(_BOOKMARK_START):
        name = str(bookmark.get(f"{W}name", ""))
        if name.startswith(BOOKMARK) and not name.startswith(_PLACE):
            return _COPY.sub("", name.removeprefix(BOOKMARK))
    return ""
