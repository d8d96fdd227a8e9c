"""Footnotes in Word files: a part of its own that python-docx does not write."""

from collections.abc import Iterable
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree

from mitplan.formats.docx_inline import Piece
from mitplan.formats.docx_package import W

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
_BOOKMARKS = 1_000_000  # numbers of bookmarks in notes begin here, apart from those in the text
_LINES = (("separator", -1), ("continuationSeparator", 0))


class Notes:
    """The footnotes of one file; a note can be referred to once, as Word wants it."""

    def __init__(self) -> None:
        self._root = etree.Element(f"{W}footnotes", nsmap={"w": W.strip("{}")})
        self._numbers: dict[str, int] = {}
        self._open: set[str] = set()
        for kind, key in _LINES:
            run = etree.SubElement(etree.SubElement(self._note(key), f"{W}p"), f"{W}r")
            etree.SubElement(run, f"{W}{kind}")
            self._root[-1].set(f"{W}type", kind)

    def add(self, label: str, bookmark: str, pieces: Iterable[Piece]) -> None:
        """Take a note."""
        self._numbers[label] = key = len(self._numbers) + 1
        self._open.add(label)
        self._write(key, bookmark, pieces)

    def reference(self, label: str) -> Any:  # noqa: ANN401 -- an lxml element, which has no types
        """Return a run that refers to a note, or None where there is none or it is taken."""
        if label not in self._open:
            return None
        self._open.remove(label)
        return parse_xml(
            f"<w:r {nsdecls('w')}>{_RAISED}"
            f'<w:footnoteReference w:id="{self._numbers[label]}"/></w:r>'
        )

    def without_reference(self) -> list[str]:
        """Return the labels of notes that nothing refers to so far."""
        return [label for label in self._numbers if label in self._open]

    def attach(self, document: Any) -> None:  # noqa: ANN401
        """Add the notes to the document's part, if there are any."""
        if self._numbers:
            blob = etree.tostring(
                self._root, xml_declaration=True, encoding="UTF-8", standalone=True
            )
            part = Part(
                PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, document.package
            )
            document.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def _note(self, key: int) -> etree._Element:
        note = etree.SubElement(self._root, f"{W}footnote")
        note.set(f"{W}id", str(key))
        return note

    def _write(self, key: int, bookmark: str, pieces: Iterable[Piece]) -> None:
        note = self._note(key)
        paragraph = etree.SubElement(note, f"{W}p")
        if bookmark:
            _add_bookmark(paragraph, _BOOKMARKS + key, bookmark)
        sign = etree.SubElement(paragraph, f"{W}r")
        raised = etree.SubElement(etree.SubElement(sign, f"{W}rPr"), f"{W}vertAlign")
        raised.set(f"{W}val", "superscript")
        etree.SubElement(sign, f"{W}footnoteRef")
        _add_run(paragraph, Piece(" "))
        for piece in pieces:
            for index, line in enumerate(piece.text.split("\n")):
                if index:
                    paragraph = etree.SubElement(note, f"{W}p")
                _add_run(paragraph, Piece(line, piece.bold, piece.italic))


def _add_bookmark(paragraph: etree._Element, number: int, name: str) -> None:
    start = etree.SubElement(paragraph, f"{W}bookmarkStart")
    start.set(f"{W}id", str(number))
    start.set(f"{W}name", name)
    etree.SubElement(paragraph, f"{W}bookmarkEnd").set(f"{W}id", str(number))


def _add_run(paragraph: etree._Element, piece: Piece) -> None:
    run = etree.SubElement(paragraph, f"{W}r")
    properties = etree.SubElement(run, f"{W}rPr")
    for name, is_on in (("b", piece.bold), ("i", piece.italic)):
        if is_on:
            etree.SubElement(properties, f"{W}{name}")
    text = etree.SubElement(run, f"{W}t")
    text.set(_SPACE, "preserve")
    text.text = piece.text
