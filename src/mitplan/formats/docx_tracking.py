"""Tracked changes in Word files that are written: what changed, who did it and when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import count

from mitplan.core.text.passages import Document, Passage
from mitplan.formats.docx_xml import escaped


class Side(StrEnum):
    """One of the two texts of a comparison."""

    OLD = "old"
    NEW = "new"


class Change(StrEnum):
    """What a change is called in Word."""

    NONE = ""
    INSERTED = "ins"
    DELETED = "del"
    MOVED_AWAY = "moveFrom"
    MOVED_HERE = "moveTo"

    @property
    def sides(self) -> tuple[Side, ...]:
        """The texts in which such a passage stands."""
        if self is Change.NONE:
            return (Side.OLD, Side.NEW)
        return (Side.NEW,) if self in _COMING else (Side.OLD,)


_COMING = frozenset([Change.INSERTED, Change.MOVED_HERE])
_APART = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Author:
    """Who made a change, as Word shows it, and when."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Credit:
    """Who changed a passage: one author, or for the new wording several as (characters, author) in a row."""

    author: Author
    words: tuple[tuple[int, Author], ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One passage as it is written: alone, or with its old and new wording. A move has a name on both ends."""

    change: Change
    old: Passage | None
    new: Passage | None
    move: str = ""

    @property
    def passage(self) -> Passage:
        """The passage that decides what is written: the new one where there is one."""
        passage = self.new or self.old
        if passage is None:
            message = "a step without a passage"
            raise ValueError(message)
        return passage


class Marks:
    """Numbers the changes of one file and writes them around text.

    LibreOffice takes a change at the end of a paragraph and one at the beginning of the next for a single
    one, and joins the two paragraphs when it undoes it; unless they differ by more than a minute.
    """

    def __init__(self) -> None:
        self._numbers = count(1)
        self._paragraph = self._last = Change.NONE
        self._is_shifted = False

    def number(self) -> int:
        """Return a number that nothing else in the file has."""
        return next(self._numbers)

    def begin(self, change: Change) -> None:
        """Begin a paragraph that comes, goes, or does neither."""
        if not self._last:
            self._is_shifted = False
        elif not (change and change is self._paragraph):
            self._is_shifted = not self._is_shifted
        self._paragraph = self._last = change

    def around(self, change: Change, author: Author, content: str) -> str:
        """Return runs as changed ones."""
        if content:
            self._last = change
        if change is Change.NONE or not content:
            return content
        return f"<w:{change} {self._attributes(author)}>{content}</w:{change}>"

    def sign(self, change: Change, author: Author) -> str:
        """Return the sign that a paragraph's mark, or a row, came or went."""
        return f"<w:{change} {self._attributes(author)}/>" if change else ""

    def paragraph_mark(self, change: Change, author: Author) -> str:
        """Return the properties of a paragraph that came or went as a whole."""
        return f"<w:rPr>{self.sign(change, author)}</w:rPr>" if change else ""

    def move(self, change: Change, author: Author, name: str) -> tuple[str, str]:
        """Return the two ends of a stretch that was moved; where it left and came it has one name."""
        number = self.number()
        start = f'<w:{change}RangeStart w:id="{number}" {self._signature(author)} w:name="{name}"/>'
        return start, f'<w:{change}RangeEnd w:id="{number}"/>'

    def _attributes(self, author: Author) -> str:
        return f'w:id="{self.number()}" {self._signature(author)}'

    def _signature(self, author: Author) -> str:
        at = _shifted(author.at) if self._is_shifted else author.at
        return f'w:author="{escaped(author.name)}" w:date="{at:%Y-%m-%dT%H:%M:%SZ}"'


def _shifted(at: datetime) -> datetime:
    """Return a time two minutes later, or earlier where the day would be another."""
    later = at + _APART
    return later if later.date() == at.date() else at - _APART


def unchanged(document: Document) -> tuple[Step, ...]:
    """Return the steps of a text that is written without changes."""
    return tuple(Step(Change.NONE, passage, passage) for passage in document)
