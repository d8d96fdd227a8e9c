"""Tracked changes in a Word part: all accepted, or all rejected."""

from typing import Literal

from lxml import etree

from mitplan.formats.docx_package import W

Revisions = Literal["accept", "reject"]

_GONE = {
    "accept": frozenset([f"{W}del", f"{W}moveFrom"]),
    "reject": frozenset([f"{W}ins", f"{W}moveTo"]),
}
_KEPT = {"accept": _GONE["reject"], "reject": _GONE["accept"]}
_ROW = {"accept": f"{W}del", "reject": f"{W}ins"}
_CELL = {"accept": f"{W}cellDel", "reject": f"{W}cellIns"}
_DELETED_TEXT = {f"{W}delText": f"{W}t", f"{W}delInstrText": f"{W}instrText"}
_FORMER = (f"{W}pPrChange", f"{W}rPrChange")
_MOVES = frozenset([f"{W}moveFrom", f"{W}moveTo"])
_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdtContent", "sdt", "customXml"))


def settle(root: etree._Element, revisions: Revisions) -> None:
    """Carry out the tracked changes of a part, or undo them, so that none is left.

    A paragraph whose mark goes is joined with the one behind it, which keeps its properties; a table
    in between, even one that goes too, keeps them apart.
    """
    joins = [
        (paragraph, _next_paragraph(paragraph), _is_moved(paragraph))
        for paragraph in root.iter(f"{W}p")
        if _mark_goes(paragraph, revisions)
    ]
    _remove_rows_and_cells(root, revisions)
    if revisions == "reject":
        _restore_properties(root)
    _settle_runs(root, revisions)
    for paragraph, target, moved in joins:
        if _has_text(paragraph):
            _join(paragraph, target)
        elif not moved:
            _remove(paragraph)
    for deleted, plain in _DELETED_TEXT.items():
        for element in root.iter(deleted):
            element.tag = plain


def _remove_rows_and_cells(root: etree._Element, revisions: Revisions) -> None:
    for kind, tag in ((f"{W}tr", _ROW[revisions]), (f"{W}tc", _CELL[revisions])):
        for part in list(root.iter(kind)):
            properties = part.find(f"{kind}Pr")
            if properties is not None and properties.find(tag) is not None:
                part.getparent().remove(part)
    for row in list(root.iter(f"{W}tr")):
        if row.find(f".//{W}tc") is None:
            row.getparent().remove(row)
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f".//{W}tr") is None:
            table.getparent().remove(table)


def _mark_goes(paragraph: etree._Element, revisions: Revisions) -> bool:
    properties = paragraph.find(f"{W}pPr/{W}rPr")
    return properties is not None and any(child.tag in _GONE[revisions] for child in properties)


def _is_moved(paragraph: etree._Element) -> bool:
    """Tell whether a paragraph was moved as a whole; that leaves an empty one behind."""
    properties = paragraph.find(f"{W}pPr/{W}rPr")
    return any(child.tag in _MOVES for child in properties)


def _restore_properties(root: etree._Element) -> None:
    """Put back the properties that a paragraph or run had before; drop numbering that was added."""
    for tag in _FORMER:
        for change in list(root.iter(tag)):
            current, former = change.getparent(), change[0] if len(change) else None
            keep = [child for child in current if child.tag in {f"{W}rPr", f"{W}sectPr"}]
            current[:] = [*(former if former is not None else ()), *keep]
    for added in list(root.iter(f"{W}numPr")):
        if added.find(f"{W}ins") is not None:
            added.getparent().remove(added)


def _settle_runs(root: etree._Element, revisions: Revisions) -> None:
    """Remove what goes and unwrap what stays; marks in properties only tell, they hold nothing."""
    for element in list(root.iter(*_GONE[revisions])):
        _remove(element)
    for element in list(root.iter(*_KEPT[revisions])):
        _unwrap(element)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    at = parent.index(element)
    parent[at : at + 1] = list(element)


def _next_paragraph(paragraph: etree._Element) -> etree._Element | None:
    """Return the paragraph right behind another, in its container or behind it."""
    for element in paragraph.itersiblings():
        if element.tag == f"{W}tbl":
            return None
        found = next(element.iter(f"{W}p"), None)
        if found is not None:
            return found
    container = paragraph.getparent()
    return _next_paragraph(container) if container.tag in _WRAPPERS else None


def _join(paragraph: etree._Element, target: etree._Element | None) -> None:
    """Move a paragraph's content to the beginning of its target; without one it stays where it is."""
    if target is not None:
        at = 1 if target.find(f"{W}pPr") is not None else 0
        target[at:at] = [child for child in paragraph if child.tag != f"{W}pPr"]
        _remove(paragraph)


def _has_text(paragraph: etree._Element) -> bool:
    return any(
        next(child.iter("{*}r"), None) is not None for child in paragraph if child.tag != f"{W}pPr"
    )
