"""The Word file that an OpenDocument text is put into, written from top to bottom with its changes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy

from lxml import etree

from mitplan.formats.odt_changes import By, Region
from mitplan.formats.odt_names import W

_BLANKS = re.compile(r"[ \t\r\n]+")
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


class Sheet:
    """Paragraphs and runs; who is inserting or has deleted them at the moment goes with each."""

    def __init__(self) -> None:
        self.parts = {
            "footnotes": etree.Element(f"{W}footnotes"),
            "endnotes": etree.Element(f"{W}endnotes"),
            "comments": etree.Element(f"{W}comments"),
            "commentsExtended": etree.Element(f"{_W15}commentsEx"),
            "numbering": etree.Element(f"{W}numbering"),
            "styles": etree.Element(f"{W}styles"),
        }
        self.document = etree.Element(f"{W}document")
        self.container = etree.SubElement(self.document, f"{W}body")
        self.inserting: dict[str, By] = {}
        self.deleted: Region | None = None
        self.look = (False, False)
        self._paragraph: etree._Element | None = None
        self._is_blank = True
        self._ids = 0

    def next_id(self) -> str:
        """Return a number that nothing else has."""
        self._ids += 1
        return str(self._ids)

    @contextmanager
    def within(self, container: etree._Element) -> Iterator[None]:
        """Write into something of its own, such as a note, which no change around reaches into."""
        state = (
            self.container,
            self.inserting,
            self.deleted,
            self.look,
            self._paragraph,
            self._is_blank,
        )
        self.container, self.inserting, self.deleted = container, {}, None
        yield
        self.container, self.inserting, self.deleted, self.look, self._paragraph, self._is_blank = (
            state
        )

    @contextmanager
    def inside(self, container: etree._Element) -> Iterator[None]:
        """Write into a cell, which changes around reach into."""
        before, self.container, self._paragraph = self.container, container, None
        yield
        self.container, self._paragraph = before, None

    def open_paragraph(self, properties: etree._Element, look: tuple[bool, bool]) -> None:
        """Begin a paragraph whose words look so where nothing else is said."""
        self._paragraph = etree.SubElement(self.container, f"{W}p")
        self._paragraph.append(properties)
        self.look, self._is_blank = look, True

    def paragraph_properties(self) -> etree._Element:
        """Return what the paragraph is, for another one of the same kind."""
        found = None if self._paragraph is None else self._paragraph.find(f"{W}pPr")
        return etree.Element(f"{W}pPr") if found is None else deepcopy(found)

    def become(self, properties: etree._Element) -> None:
        """Make the paragraph one of another kind."""
        paragraph = self._current()
        paragraph.replace(paragraph.find(f"{W}pPr"), properties)

    def close_paragraph(self) -> None:
        """End the paragraph; where somebody is inserting or deleting, its mark comes or goes too."""
        if self._paragraph is not None:
            properties = self._paragraph.find(f"{W}pPr")
            marks = etree.SubElement(properties, f"{W}rPr")
            for kind, by in self.changes():
                by.mark(etree.SubElement(marks, f"{W}{kind}"))
            self._paragraph = None

    def changes(self) -> list[tuple[str, By]]:
        """Return the changes that what is written now is part of, the outermost first."""
        found = [("moveTo" if by.move else "ins", by) for by in self.inserting.values()]
        if self.deleted is not None:
            if self.deleted.inserted:
                found.append(("ins", self.deleted.inserted))
            if by := self.deleted.deleted:
                found.append(("moveFrom" if by.move else "del", by))
        return found

    def add(self, element: etree._Element) -> None:
        """Put a run or mark into the paragraph, within the changes of the moment."""
        paragraph = self._current()
        for kind, by in reversed(self.changes()):
            wrapper = by.mark(etree.Element(f"{W}{kind}"))
            wrapper.append(element)
            element = wrapper
        moves = [by.move for _, by in self.changes() if by.move]
        if moves:
            paragraph.extend(self._named(element, moves[0]))
        else:
            paragraph.append(element)

    def _current(self) -> etree._Element:
        """Return the paragraph that is open; where none is, one begins."""
        if self._paragraph is None:
            self.open_paragraph(etree.Element(f"{W}pPr"), (False, False))
        return self._paragraph

    def _named(self, element: etree._Element, move: str) -> list[etree._Element]:
        """Return one end of a move within its name."""
        kind, key = etree.QName(element).localname, self.next_id()
        start, end = (etree.Element(f"{W}{kind}Range{side}") for side in ("Start", "End"))
        for mark in (start, end):
            mark.set(f"{W}id", key)
        start.set(f"{W}name", move)
        return [start, element, end]

    def add_mark(self, mark_name: str, /, **attributes: str) -> None:
        """Put a mark that no change touches, such as the beginning of a passage."""
        mark = etree.SubElement(self._current(), f"{W}{mark_name}")
        for key, value in attributes.items():
            mark.set(f"{W}{key}", value)

    def run(self, *content: etree._Element) -> None:
        """Put a run with this content, in the look of the moment."""
        run = etree.Element(f"{W}r")
        properties = etree.SubElement(run, f"{W}rPr")
        for name, is_on in zip(("b", "i"), self.look, strict=True):
            if is_on:
                etree.SubElement(properties, f"{W}{name}")
        run.extend(content)
        self.add(run)
        self._is_blank = False

    def write(self, text: str | None) -> None:
        """Put words; blanks in a row are one, those at a paragraph's beginning none."""
        words = _BLANKS.sub(" ", text or "")
        if self._is_blank:
            words = words.removeprefix(" ")
        if words:
            element = etree.Element(f"{W}t")
            element.text = words
            self.run(element)
            self._is_blank = words.endswith(" ")

    def write_blanks(self, count: int) -> None:
        """Put blanks that are meant."""
        element = etree.Element(f"{W}t")
        element.text = " " * count
        self.run(element)


def setting(parent: etree._Element, name: str, value: str) -> None:
    """Write a setting with a value, unless it is empty."""
    if value:
        etree.SubElement(parent, f"{W}{name}").set(f"{W}val", value)
