"""Setting signs into a Word part, so that its changes and comments are found again in the text read from it."""

from datetime import UTC, datetime

from lxml import etree

from mitplan.formats.docx_package import W
from mitplan.formats.docx_revisions import (
    BRINGING,
    BRINGING_PARTS,
    TAKING,
    TRACKED,
    mark_changes,
    next_paragraph,
    part_changes,
    undelete,
    unwrap,
)
from mitplan.formats.marks import Trace
from mitplan.formats.reading import ChangeKind
from mitplan.formats.signs import Sign, sign, without_signs

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_TEXT = frozenset([f"{W}t", f"{W}delText", f"{_MATH}t"])
_IN_RUNS = frozenset(f"{W}{name}" for name in ("tab", "br", "cr", "noBreakHyphen", "sym", "ptab"))
_NOTES = frozenset([f"{W}footnoteReference", f"{W}endnoteReference"])
_SHOWN = tuple(_TEXT | _IN_RUNS | _NOTES)
_RANGES = {
    f"{W}moveFromRangeStart": f"{W}moveFrom",
    f"{W}moveToRangeStart": f"{W}moveTo",
}
_RANGE_ENDS = {
    f"{W}moveFromRangeEnd": f"{W}moveFrom",
    f"{W}moveToRangeEnd": f"{W}moveTo",
}
_KINDS = {
    f"{W}ins": ChangeKind.INSERTION,
    f"{W}del": ChangeKind.DELETION,
    f"{W}moveFrom": ChangeKind.MOVE,
    f"{W}moveTo": ChangeKind.MOVE,
}
_MARK_KINDS = {f"{W}ins": ChangeKind.SPLIT, f"{W}del": ChangeKind.JOIN}
_ROW_KINDS = {True: ChangeKind.ROW_INSERTION, False: ChangeKind.ROW_DELETION}
_CELL_KINDS = {True: ChangeKind.CELL_INSERTION, False: ChangeKind.CELL_DELETION}
_DEEPEST = 8  # changes within changes; persons make two or three
_REMARKS = {f"{W}commentRangeStart": Sign.REMARK, f"{W}commentRangeEnd": Sign.REMARK_END}
_REFERENCE = f"{W}commentReference"
_PLACES = tuple(f"{W}{name}" for name in ("p", "tc", "txbxContent", "footnote", "endnote", "body"))


class Marker:
    """Sets signs into the parts of one file and remembers what each stands for."""

    def __init__(self, remarks: dict[str, int]) -> None:
        """Begin with the numbers of the comments by their ids in the file."""
        self.traces: list[Trace] = []
        self._remarks = remarks
        self._anchored: set[str] = set()

    def mark(self, root: etree._Element) -> None:
        """Set signs for all changes and comments of a part, and unwrap the changes."""
        for element in root.iter(*_TEXT):
            element.text = without_signs(element.text or "")
        self._mark_remarks(root)
        self._mark_parts(root)
        wrappers = self._wrappers(root)
        self._mark_runs(root, wrappers)
        for paragraph in list(root.iter(f"{W}p")):
            self._mark_end(paragraph)
        for wrapper in wrappers:
            unwrap(wrapper)
        undelete(root)

    def _trace(
        self, element: etree._Element, kind: ChangeKind, move: str = "", unit: int = 0
    ) -> int:
        self.traces.append(
            Trace(
                kind,
                str(element.get(f"{W}author", "")),
                moment(element.get(f"{W}date")),
                element.tag in BRINGING_PARTS,
                move,
                unit,
            )
        )
        return len(self.traces) - 1

    def _wrappers(self, root: etree._Element) -> dict[etree._Element, int]:
        """Return the changes around runs with their numbers; those in properties hold nothing."""
        found: dict[etree._Element, int] = {}
        names: dict[str, dict[str, str]] = {f"{W}moveFrom": {}, f"{W}moveTo": {}}
        for element in root.iter(*TRACKED, *_RANGES, *_RANGE_ENDS):
            key = str(element.get(f"{W}id", ""))
            if element.tag in _RANGES:
                names[_RANGES[element.tag]][key] = str(element.get(f"{W}name", ""))
            elif element.tag in _RANGE_ENDS:
                names[_RANGE_ENDS[element.tag]].pop(key, None)
            elif _holds_runs(element):
                open_moves = list(names.get(element.tag, {}).values())
                move = open_moves[-1] if open_moves else ""
                found[element] = self._trace(element, _KINDS[element.tag], move)
        return found

    def _mark_runs(self, root: etree._Element, wrappers: dict[etree._Element, int]) -> None:
        if not wrappers:
            return
        for element in list(root.iter(*_SHOWN)):
            around = [
                wrappers[each] for each in element.iterancestors(*TRACKED) if each in wrappers
            ]
            _enclose(element, around[:_DEEPEST])

    def _mark_parts(self, root: etree._Element) -> None:
        """Set signs around all words in rows and cells that came or go as a whole."""
        for part in root.iter(f"{W}tr", f"{W}tc"):
            kinds = _ROW_KINDS if part.tag == f"{W}tr" else _CELL_KINDS
            for change in part_changes(part):
                _drop_echoes(part, change)
                kind = kinds[change.tag in BRINGING_PARTS]
                number = self._trace(change, kind, unit=len(self.traces) + 1)
                _add_point(next(part.iter(f"{W}p"), None), number)
                for element in list(part.iter(*_SHOWN)):
                    _enclose(element, [number])
            merge = part.find(f"{W}tcPr/{W}cellMerge")
            if merge is not None:
                number = self._trace(merge, ChangeKind.CELL_MERGE, unit=len(self.traces) + 1)
                _add_point(next(part.iter(f"{W}p"), None), number)

    def _mark_end(self, paragraph: etree._Element) -> None:
        """Set a sign where the mark at a paragraph's end was inserted or deleted."""
        for change in mark_changes(paragraph):
            if change.tag in _MARK_KINDS:
                kind = _MARK_KINDS[change.tag]
                number = self._trace(change, kind, unit=len(self.traces) + 1)
                paragraph.append(_run(sign(Sign.POINT, number)))

    def _mark_remarks(self, root: etree._Element) -> None:
        for element in list(root.iter(*_REMARKS, _REFERENCE)):
            key = str(element.get(f"{W}id", ""))
            number = self._remarks.get(key)
            if number is None:
                continue
            if element.tag in _REMARKS:
                self._anchored.add(key)
                _place(element, _run(sign(_REMARKS[element.tag], number)))
            elif key not in self._anchored:
                both = sign(Sign.REMARK, number) + sign(Sign.REMARK_END, number)
                element.addprevious(_text(both))


def _holds_runs(element: etree._Element) -> bool:
    """Tell a change around runs from one that only says something about a mark, a row or a number."""
    parent = element.getparent()
    return parent is not None and not str(parent.tag).endswith("Pr")


def _drop_echoes(part: etree._Element, change: etree._Element) -> None:
    """Drop the changes in a row or cell that only repeat what is said of it as a whole."""
    author = change.get(f"{W}author")
    brings = change.tag in BRINGING_PARTS
    for echo in list(part.iter(*(BRINGING if brings else TAKING))):
        if echo is not change and echo.get(f"{W}author") == author:
            unwrap(echo)


def _enclose(element: etree._Element, numbers: list[int]) -> None:
    """Set signs before and behind something that shows."""
    if not numbers:
        return
    before = "".join(sign(Sign.OPEN, number) for number in numbers)
    behind = "".join(sign(Sign.CLOSE, number) for number in numbers)
    if element.tag in _TEXT:
        element.text = f"{before}{element.text or ''}{behind}"
    elif element.getparent().tag == f"{W}r":
        element.addprevious(_text(before))
        element.addnext(_text(behind))


def _add_point(paragraph: etree._Element | None, number: int) -> None:
    if paragraph is not None:
        paragraph.append(_run(sign(Sign.POINT, number)))


def _place(mark: etree._Element, run: etree._Element) -> None:
    """Put a run where a mark stands; between paragraphs it goes to the nearest one."""
    place = next(mark.iterancestors(*_PLACES), None)
    if place is not None and place.tag == f"{W}p":
        mark.addnext(run)
    elif mark.tag.endswith("Start"):
        paragraph = next_paragraph(mark)
        if paragraph is not None:
            paragraph.insert(1 if paragraph.find(f"{W}pPr") is not None else 0, run)
    else:
        before = next(mark.itersiblings(f"{W}p", preceding=True), None)
        if before is not None:
            before.append(run)


def _run(text: str) -> etree._Element:
    run = etree.Element(f"{W}r")
    run.append(_text(text))
    return run


def _text(text: str) -> etree._Element:
    element = etree.Element(f"{W}t")
    element.text = text
    return element


def moment(text: str | None) -> datetime | None:
    """Return when a change was made; a time without a zone is taken as UTC, one that is none as unknown."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
