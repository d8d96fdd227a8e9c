"""What a Word file holds that its text cannot say."""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from mitplan.formats.docx_package import W
from mitplan.formats.docx_revisions import KEY
from mitplan.formats.docx_symbols import symbol
from mitplan.formats.reading import Ignored, IgnoredKind

_KINDS = {
    **dict.fromkeys(
        (
            f"{W}{name}Change"
            for name in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr")
        ),
        IgnoredKind.FORMAT_CHANGE,
    ),
    f"{W}numberingChange": IgnoredKind.FORMAT_CHANGE,
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic": IgnoredKind.PICTURE,
    "{urn:schemas-microsoft-com:vml}imagedata": IgnoredKind.PICTURE,
    f"{W}fldSimple": IgnoredKind.FIELD_CODE,
    f"{W}object": IgnoredKind.EMBEDDED,
    f"{W}altChunk": IgnoredKind.EMBEDDED,
    f"{W}subDoc": IgnoredKind.EMBEDDED,
    f"{W}control": IgnoredKind.EMBEDDED,
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": IgnoredKind.SHAPE,
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": IgnoredKind.SHAPE,
}
_FIELD = f"{W}fldChar"
_SYMBOL = f"{W}sym"


class IgnoredCount:
    """Counts what is not read, and remembers the first passage with it."""

    def __init__(self) -> None:
        self._counts: Counter[IgnoredKind] = Counter()
        self._first: dict[IgnoredKind, str] = {}

    def look_at(self, root: etree._Element) -> None:
        """Count in a part whose passages are numbered."""
        for element in root.iter(*_KINDS, _FIELD, _SYMBOL):
            kind = _kind(element)
            if kind is not None:
                self.add(kind, passage=_passage(element))

    def add(self, kind: IgnoredKind, count: int = 1, passage: str = "") -> None:
        """Count something."""
        if count:
            self._counts[kind] += count
            self._first.setdefault(kind, passage)

    def told(self) -> Iterator[Ignored]:
        """Return what was counted, in a fixed order."""
        for kind in IgnoredKind:
            if self._counts[kind]:
                yield Ignored(kind, self._counts[kind], self._first[kind])


def _kind(element: etree._Element) -> IgnoredKind | None:
    if element.tag == _FIELD:
        begins = element.get(f"{W}fldCharType") == "begin"
        return IgnoredKind.FIELD_CODE if begins else None
    if element.tag == _SYMBOL:
        known = symbol(element.get(f"{W}font", ""), element.get(f"{W}char", ""))
        return None if known else IgnoredKind.SYMBOL
    return _KINDS[element.tag]


def _passage(element: etree._Element) -> str:
    """Return the passage that an element stands in; cells belong to their outermost table."""
    found = ""
    for ancestor in element.iterancestors(f"{W}p", f"{W}tbl"):
        if not found or ancestor.tag == f"{W}tbl":
            found = str(ancestor.get(KEY, ""))
    return found
