"""Footnotes in Word files: a part of its own that python-docx does not write."""

from collections.abc import Iterable, Mapping
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
_LINES = (("separator", -1), ("continuationSeparator", 0))


class Notes:
    """The footnotes of one file; a note can be referred to once, as Word wants it."""

    def __init__(self) -> None:
        self._root = etree.Element(f"{W}footnotes", nsmap={"w": W.strip("{}")})
        self._numbers: dict[str, int] = {}
        self._open: set[str] = set()

    def prepare(self, notes: Mapping[str, Iterable[Piece]]) -> None:
        """Take the notes by their labels."""
        for kind, key in _LINES:
            line = etree.SubElement(self._root, f"{W}footnote")
            line.set(f"{W}type", kind)
            line.set(f"{W}id", str(key))
            run = etree.SubElement(etree.SubElement(line, f"{W}p"), f"{W}r")
            etree.SubElement(run, f"{W}{kind}")
        for key, (label, pieces) in enumerate(notes.items(), start=1):
            self._numbers[label] = key
            self._add(key, pieces)
        self._open = set(self._numbers)

    def reference(self, label: str) -> Any:  # noqa: ANN401 -- an lxml element, which has no types
        """Return a run that refers to a note, or None where there is none or it is taken."""
        if label not in self._open:
            return None
        self._open.remove(label)
        return parse_xml(
            f"<w:r {nsdecls('w')}>{_RAISED}"
            f'<w:footnoteReference w:id="{self._numbers[label]}"/></w:r>'
        )

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

    def _add(self, key: int, pieces: Iterable[Piece]) -> None:
        note = etree.SubElement(self._root, f"{W}footnote")
        note.set(f"{W}id", str(key))
        paragraph = etree.SubElement(note, f"{W}p")
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


def _add_run(paragraph: etree._Element, piece: Piece) -> None:
    run = etree.SubElement(paragraph, f"{W}r")
    properties = etree.SubElement(run, f"{W}rPr")
    for name, is_on in (("b", piece.bold), ("i", piece.italic)):
        if is_on:
            etree.SubElement(properties, f"{W}{name}")
    text = etree.SubElement(run, f"{W}t")
    text.set(_SPACE, "preserve")
    text.text = piece.text
