"""Tracked changes in a Word part: each accepted or rejected, until none is left."""

from typing import Literal, Protocol

from lxml import etree

from mitplan.formats.docx_package import W

Revisions = Literal["accept", "reject"]


class Accepts(Protocol):
    """Tells for the element of a tracked change whether the change is made."""

    def __call__(self, change: etree._Element, /) -> bool:
        """Tell so."""


BRINGING = frozenset(f"{W}{name}" for name in ("ins", "moveTo"))
TAKING = frozenset(f"{W}{name}" for name in ("del", "moveFrom"))
TRACKED = BRINGING | TAKING
DELETED_TEXT = {f"{W}delText": f"{W}t", f"{W}delInstrText": f"{W}instrText"}
INSERTED_CELL, DELETED_CELL = f"{W}cellIns", f"{W}cellDel"
BRINGING_PARTS = BRINGING | {INSERTED_CELL}
TAKING_PARTS = TAKING | {DELETED_CELL}

KEY = "{urn:mitplan}passage"
"""The attribute in which a reader notes which passage of the file an element is."""

_FORMER = (f"{W}pPrChange", f"{W}rPrChange")
_UNTOUCHED = TRACKED | {f"{W}rPr", f"{W}sectPr"}
_MOVES = frozenset([f"{W}moveFrom", f"{W}moveTo"])
_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdtContent", "sdt", "customXml", "smartTag"))
_KEPT_MARKS = frozenset(
    f"{W}{name}" for name in ("commentRangeStart", "commentRangeEnd", "bookmarkStart")
)


def all_of(revisions: Revisions) -> Accepts:
    """Return the choice that treats all changes alike."""
    return lambda _: revisions == "accept"


def only_by(author: str) -> Accepts:
    """Return the choice that makes the changes of one author alone."""
    return lambda change: change.get(f"{W}author", "") == author


def settle(root: etree._Element, accepts: Accepts) -> None:
    """Carry out the tracked changes of a part, or undo them, so that none is left.

    A paragraph whose mark goes is joined with the one behind it, which keeps its properties; a table
    in between, even one that goes too, keeps them apart.
    """
    going = [each for each in root.iter(f"{W}p") if _mark_goes(each, accepts)]
    targets = [next_paragraph(paragraph) for paragraph in going]
    _remove_rows_and_cells(root, accepts)
    _restore_properties(root, accepts)
    _settle_runs(root, accepts)
    _join_all(root, going, targets)
    undelete(root)


def undelete(root: etree._Element) -> None:
    """Turn deleted text that stays into ordinary text."""
    for element in root.iter(*DELETED_TEXT):
        element.tag = DELETED_TEXT[element.tag]


def _goes(change: etree._Element, accepts: Accepts) -> bool:
    """Tell whether what a change marks is gone once the change is made or undone."""
    return accepts(change) == (change.tag in TAKING_PARTS)


def _remove_rows_and_cells(root: etree._Element, accepts: Accepts) -> None:
    for part in list(root.iter(f"{W}tr", f"{W}tc")):
        if any(_goes(change, accepts) for change in part_changes(part)):
            part.getparent().remove(part)
    for row in list(root.iter(f"{W}tr")):
        if next(row.iter(f"{W}tc"), None) is None:
            row.getparent().remove(row)
    for table in list(root.iter(f"{W}tbl")):
        if next(table.iter(f"{W}tr"), None) is None:
            table.getparent().remove(table)


def part_changes(part: etree._Element) -> list[etree._Element]:
    """Return the changes that brought or take away a row or cell as a whole."""
    properties = part.find(f"{part.tag}Pr")
    wanted = BRINGING_PARTS | TAKING_PARTS
    return [] if properties is None else [each for each in properties if each.tag in wanted]


def mark_changes(paragraph: etree._Element) -> list[etree._Element]:
    """Return the changes that brought or take away the mark at a paragraph's end."""
    properties = paragraph.find(f"{W}pPr/{W}rPr")
    return [] if properties is None else [each for each in properties if each.tag in TRACKED]


def _mark_goes(paragraph: etree._Element, accepts: Accepts) -> bool:
    return any(_goes(change, accepts) for change in mark_changes(paragraph))


def _is_moved(paragraph: etree._Element) -> bool:
    """Tell whether a paragraph was moved as a whole; that leaves an empty one behind."""
    return any(change.tag in _MOVES for change in mark_changes(paragraph))


def _restore_properties(root: etree._Element, accepts: Accepts) -> None:
    """Put back the properties that a paragraph or run had before; drop numbering that was added."""
    for change in list(root.iter(*_FORMER)):
        current, former = change.getparent(), change[0] if len(change) else None
        if current is not None and not accepts(change):
            keep = [child for child in current if child.tag in _UNTOUCHED]
            current[:] = [*(former if former is not None else ()), *keep]
    for added in list(root.iter(f"{W}numPr")):
        change = added.find(f"{W}ins")
        if change is not None and not accepts(change):
            added.getparent().remove(added)


def _settle_runs(root: etree._Element, accepts: Accepts) -> None:
    """Remove what goes and unwrap what stays; marks in properties only tell, they hold nothing."""
    for change in list(root.iter(*TRACKED)):
        if _goes(change, accepts):
            _leave_marks(change)
        else:
            unwrap(change)


def _leave_marks(change: etree._Element) -> None:
    """Remove a change with its words; where comments and passages begin and end stays known."""
    parent = change.getparent()
    if parent is None:
        return
    for mark in list(change.iter(*_KEPT_MARKS)) if len(change) else ():
        change.addprevious(mark)
    parent.remove(change)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: etree._Element) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    if parent is not None:
        for child in list(element):
            element.addprevious(child)
        parent.remove(element)


def next_paragraph(paragraph: etree._Element) -> etree._Element | None:
    """Return the paragraph right behind another, in its container or behind it; none behind a table."""
    container = paragraph
    while True:
        for element in container.itersiblings():
            found = next(element.iter(f"{W}p", f"{W}tbl"), None)
            if found is not None:
                return None if found.tag == f"{W}tbl" else found
        container = container.getparent()
        if container is None or container.tag not in _WRAPPERS:
            return None


def _join_all(
    root: etree._Element, going: list[etree._Element], targets: list[etree._Element | None]
) -> None:
    """Join paragraphs from the last to the first, so that each one's words are moved only once."""
    marked = set(going)
    final: dict[etree._Element, etree._Element] = {}
    for paragraph, target in zip(reversed(going), reversed(targets), strict=True):
        aim = None if target is None else final.get(target, target)
        if aim is not None and not _is_within(root, aim):  # it went with a change around it
            aim = None if target in marked else next_paragraph(paragraph)
        if aim is not None:
            final[paragraph] = aim
        if _has_text(paragraph):
            if aim is not None:
                _join(paragraph, aim)
        elif not _is_moved(paragraph):
            _remove(paragraph)


def _join(paragraph: etree._Element, target: etree._Element) -> None:
    """Move a paragraph's content to the beginning of another, which becomes the first one's passage."""
    at = 1 if target.find(f"{W}pPr") is not None else 0
    target[at:at] = [child for child in paragraph if child.tag != f"{W}pPr"]
    if KEY in paragraph.attrib:
        target.set(KEY, paragraph.get(KEY))
    _remove(paragraph)


def _is_within(root: etree._Element, element: etree._Element) -> bool:
    return any(ancestor is root for ancestor in element.iterancestors())


def _has_text(paragraph: etree._Element) -> bool:
    return next(paragraph.iter("{*}r"), None) is not None
