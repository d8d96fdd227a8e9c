"""Footnotes in Word files: which reference in a text has which body, and the part that holds the bodies."""

from collections.abc import Callable, Iterator, Mapping

from mitplan.core.text.passages import Document, Kind, Passage
from mitplan.formats.docx_tracking import Change, Side
from mitplan.formats.docx_words import references
from mitplan.formats.markdown_lines import split_row

_RAISED = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
_SIGN = f'<w:r>{_RAISED}<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>'
_SETTINGS = '<w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
_WITHOUT = frozenset([Kind.FOOTNOTE, Kind.CODE])

Bodies = Mapping[Side, Passage]


class Notes:
    """The footnotes of both texts; a note is referred to once in each, as Word wants it."""

    def __init__(self, old: Document, new: Document) -> None:
        self._anchors: dict[Side, dict[str, Passage]] = {}
        self._keys: dict[Side, dict[str, str]] = {}
        self._bodies: dict[str, dict[Side, Passage]] = {}
        self._written: list[str] = []
        for side, document in ((Side.OLD, old), (Side.NEW, new)):
            self._find(side, document)

    def _find(self, side: Side, document: Document) -> None:
        bodies: dict[str, Passage] = {}
        for passage in document:
            if passage.kind is Kind.FOOTNOTE:
                bodies.setdefault(passage.label, passage)
        anchors: dict[str, Passage] = {}
        for passage in document if bodies else ():
            for label in _references(passage):
                if label in bodies:
                    anchors.setdefault(label, passage)
        self._anchors[side] = anchors
        self._keys[side] = {label: bodies[label].id or f"\x00{label}" for label in anchors}
        for label, key in self._keys[side].items():
            self._bodies.setdefault(key, {})[side] = bodies[label]

    def has(self, side: Side, passage: Passage) -> bool:
        """Tell whether a passage is the body of a note that its text refers to."""
        key = self._keys[side].get(passage.label)
        return key is not None and self._bodies[key][side] is passage

    def finder(self, side: Side, passage: Passage) -> Callable[[str], str]:
        """Return a function that gives the key of a note for its label at the one place that refers to it."""
        if "[^" not in passage.text:
            return no_note
        free = {label for label, anchor in self._anchors[side].items() if anchor is passage}

        def key_of(label: str) -> str:
            if label not in free:
                return ""
            free.remove(label)
            return self._keys[side][label]

        return key_of

    def refer(self, key: str, change: Change, write: Callable[[Bodies], str]) -> str:
        """Return a run that refers to a note, and take the note's body as it is to be written."""
        bodies = self._bodies[key]
        number = len(self._written) + 1
        content = write({side: bodies[side] for side in change.sides})
        self._written.append(
            f'<w:footnote w:id="{number}"><w:p>{_SETTINGS}{content}</w:p></w:footnote>'
        )
        return f'<w:r>{_RAISED}<w:footnoteReference w:id="{number}"/></w:r>'

    @property
    def xml(self) -> str:
        """The bodies that were referred to."""
        return "".join(self._written)


def no_note(_: str) -> str:
    """Take every reference for text, as Word knows no notes to notes."""
    return ""


def body(start: str, content: str, end: str) -> str:
    """Return what stands in a note's paragraph between the two ends of its bookmark."""
    return f"{_SIGN}{start}{content}{end}"


def _references(passage: Passage) -> Iterator[str]:
    """Return the labels that the words of a passage refer to, as they will be written."""
    if passage.kind in _WITHOUT or "[^" not in passage.text:
        return
    if passage.kind is not Kind.TABLE:
        yield from references(passage.text)
        return
    for line in passage.text.split("\n"):
        for cell in split_row(line):
            yield from references(cell)
