"""The inside of an OpenDocument paragraph: words, notes, comments, boxes and marks."""

from typing import Protocol

from lxml import etree

from mitplan.formats.odt_names import DC, DRAW, LOEXT, OFFICE, TEXT, W
from mitplan.formats.odt_sheet import Sheet
from mitplan.formats.odt_styles import OdtStyles

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_MOST_BLANKS = 64
_SIGNS = {f"{TEXT}tab": "tab", f"{TEXT}line-break": "br"}
_BOOKMARKS = frozenset([f"{TEXT}bookmark", f"{TEXT}bookmark-start"])
_CHANGES = frozenset(f"{TEXT}{name}" for name in ("change", "change-start", "change-end"))
_SKIPPED = frozenset([f"{TEXT}soft-page-break", f"{TEXT}ruby-text", f"{TEXT}bookmark-end"])
_FIELDS = frozenset(
    f"{TEXT}{name}"
    for name in (
        "date",
        "time",
        "page-number",
        "page-count",
        "sequence",
        "bookmark-ref",
        "file-name",
    )
)
_ANNOTATION, _ANNOTATION_END = f"{OFFICE}annotation", f"{OFFICE}annotation-end"


class _Outside(Protocol):
    """What is read with the blocks around: those in notes and boxes, and what was deleted."""

    def blocks(self, parent: etree._Element) -> None:
        """Read the blocks in something."""

    def follow(self, change: etree._Element) -> None:
        """Follow a change that begins, ends or stands here."""


class Inline:
    """Reads what stands in paragraphs into a sheet."""

    def __init__(
        self, sheet: Sheet, styles: OdtStyles, text: etree._Element, outside: _Outside
    ) -> None:
        self._sheet = sheet
        self._ended = {each.get(f"{OFFICE}name") for each in text.iter(_ANNOTATION_END)}
        self._styles = styles
        self._outside = outside
        self._comments: dict[str, str] = {}

    def read(self, parent: etree._Element) -> None:
        """Read the words and everything among them."""
        self._sheet.write(parent.text)
        for element in parent:
            self.read_one(element)
            self._sheet.write(element.tail)

    def read_one(self, element: etree._Element) -> None:
        """Read one thing that stands in a paragraph."""
        tag = element.tag
        if tag in _SIGNS:
            self._sheet.run(etree.Element(f"{W}{_SIGNS[tag]}"))
        elif tag == f"{TEXT}s":
            count = element.get(f"{TEXT}c", "1")
            self._sheet.write_blanks(min(int(count), _MOST_BLANKS) if count.isdecimal() else 1)
        elif tag == f"{TEXT}span":
            self._span(element)
        elif tag == f"{TEXT}note":
            self._note(element)
        elif tag in _BOOKMARKS:
            self._sheet.add_mark("bookmarkStart", name=element.get(f"{TEXT}name", ""))
        elif tag in _CHANGES:
            self._outside.follow(element)
        elif tag in {_ANNOTATION, _ANNOTATION_END}:
            self._comment(element)
        elif tag.startswith(DRAW):
            self._drawing(element)
        elif tag not in _SKIPPED:
            self._field(element)

    def _field(self, element: etree._Element) -> None:
        """Read a field by its result, and anything else that holds words."""
        if element.tag in _FIELDS:
            sign = etree.Element(f"{W}fldSimple")
            self._sheet.add(sign)
        self.read(element)

    def _span(self, element: etree._Element) -> None:
        before = self._sheet.look
        bold, italic = self._styles.look("text", element.get(f"{TEXT}style-name", ""))
        self._sheet.look = (before[0] or bold, before[1] or italic)
        self.read(element)
        self._sheet.look = before

    def _note(self, element: etree._Element) -> None:
        kind = "endnote" if element.get(f"{TEXT}note-class") == "endnote" else "footnote"
        key = self._sheet.next_id()
        reference = etree.Element(f"{W}{kind}Reference")
        reference.set(f"{W}id", key)
        self._sheet.run(reference)
        note = etree.SubElement(self._sheet.parts[f"{kind}s"], f"{W}{kind}")
        note.set(f"{W}id", key)
        body = element.find(f"{TEXT}note-body")
        with self._sheet.within(note):
            self._outside.blocks(() if body is None else body)

    def _drawing(self, element: etree._Element) -> None:
        """Read the text in a frame; a picture is only noted."""
        box = next(element.iter(f"{DRAW}text-box"), None)
        if box is not None:
            target = etree.Element(f"{W}txbxContent")
            self._sheet.run(target)
            with self._sheet.within(target):
                self._outside.blocks(box)
        elif next(element.iter(f"{DRAW}image"), None) is not None:
            self._sheet.run(etree.Element(_PICTURE))
        else:
            self._sheet.run(etree.Element(f"{W}object"))

    def _comment(self, element: etree._Element) -> None:
        name = element.get(f"{OFFICE}name", "")
        if element.tag == _ANNOTATION_END:
            if name in self._comments:
                self._sheet.add_mark("commentRangeEnd", id=self._comments[name])
            return
        key = self._sheet.next_id()
        if name and name in self._ended:
            self._comments[name] = key
            self._sheet.add_mark("commentRangeStart", id=key)
        else:
            reference = etree.Element(f"{W}commentReference")
            reference.set(f"{W}id", key)
            self._sheet.run(reference)
        self._write_comment(element, key, name)

    def _write_comment(self, element: etree._Element, key: str, name: str) -> None:
        comment = etree.SubElement(self._sheet.parts["comments"], f"{W}comment")
        comment.set(f"{W}id", key)
        comment.set(f"{W}author", element.findtext(f"{DC}creator") or "")
        comment.set(f"{W}date", element.findtext(f"{DC}date") or "")
        with self._sheet.within(comment):
            self._outside.blocks([each for each in element if not each.tag.startswith(DC)])
        for paragraph in comment.iter(f"{W}p"):
            paragraph.set(f"{_W14}paraId", name or key)
        entry = etree.SubElement(self._sheet.parts["commentsExtended"], f"{_W15}commentEx")
        entry.set(f"{_W15}paraId", name or key)
        entry.set(f"{_W15}paraIdParent", element.get(f"{LOEXT}parent-name", ""))
        entry.set(f"{_W15}done", "1" if element.get(f"{LOEXT}resolved") == "true" else "0")
