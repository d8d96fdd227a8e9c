"""What a file says beyond its text: who changed what, who remarked what, and what was not read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mitplan.core.text.passages import Document, Kind


class ChangeKind(StrEnum):
    """What a tracked change does."""

    INSERTION = "insertion"
    DELETION = "deletion"
    MOVE = "move"
    SPLIT = "split"
    JOIN = "join"
    ROW_INSERTION = "row_insertion"
    ROW_DELETION = "row_deletion"
    CELL_INSERTION = "cell_insertion"
    CELL_DELETION = "cell_deletion"
    CELL_MERGE = "cell_merge"


@dataclass(frozen=True, slots=True)
class Change:
    """One tracked change: the words it takes away and brings, and the words around it.

    `passage` is the id of a passage in the texts of the reading. A move also has a `target`, the passage
    that the words went to.
    """

    kind: ChangeKind
    author: str
    at: datetime | None
    passage: str
    before: str = ""
    after: str = ""
    left: str = ""
    right: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a comment is about: `start` and `end` count characters in the text of the passage.

    They count in the text with all changes rejected; in the accepted one where the passage is new.
    `until` is the last passage where the comment reaches over several; then `end` is the end of the first.
    """

    passage: str
    quote: str
    start: int
    end: int
    until: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to a comment."""

    author: str
    at: datetime | None
    text: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark on a stretch of the text, with what was answered; without an anchor it is about the file."""

    author: str
    at: datetime | None
    text: str
    anchor: Anchor | None
    resolved: bool = False
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a passage and the changes it is part of, as numbers in the reading's list."""

    text: str
    inserted: tuple[int, ...] = ()
    deleted: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage with all its words, the new ones and those taken away, in one line of segments."""

    id: str
    kind: Kind
    segments: tuple[Segment, ...]
    level: int = 0
    label: str = ""


class MarginKind(StrEnum):
    """Where a text repeated on every page stands."""

    HEADER = "header"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class Margin:
    """A header or footer; never part of the text."""

    kind: MarginKind
    text: str


class IgnoredKind(StrEnum):
    """What a file holds that a plain text cannot."""

    FORMAT_CHANGE = "format_change"
    PICTURE = "picture"
    FIELD_CODE = "field_code"
    SYMBOL = "symbol"
    EMBEDDED = "embedded"
    EXTERNAL = "external"
    SHAPE = "shape"


@dataclass(frozen=True, slots=True)
class Ignored:
    """Something that was not read, how often, and the first passage with it."""

    kind: IgnoredKind
    count: int
    passage: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """The text with the changes of one author made and everybody else's left out."""

    author: str
    passages: Document


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a file says.

    A passage has the id its bookmark carries, else "#3" for the third in the file; the same passage has
    the same id in all texts, and so have changes and comments. Footnotes have the same label in all.
    """

    accepted: Document
    rejected: Document
    marked: tuple[Marked, ...] = ()
    changes: tuple[Change, ...] = ()
    comments: tuple[Comment, ...] = ()
    margins: tuple[Margin, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()

    @property
    def authors(self) -> tuple[str, ...]:
        """Those who changed something, in the order of their first change."""
        return tuple(dict.fromkeys(change.author for change in self.changes))

    def changes_by(self, author: str) -> Iterator[Change]:
        """Return the changes of one author in reading order."""
        return (change for change in self.changes if change.author == author)


def has_own_id(passage: str) -> bool:
    """Tell whether an id came with the file; the others only say where in the file a passage stands."""
    return not passage.startswith("#")
