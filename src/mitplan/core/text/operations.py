"""Operations: the single changes an amendment is made of, all in coordinates of its base."""

from dataclasses import dataclass

from mitplan.core.text.passages import Kind, Passage


@dataclass(frozen=True, slots=True)
class TextHunk:
    """Replace the tokens [start, end) of a passage; start = end inserts, empty `new` deletes.

    The ordinal keeps several insertions of one amendment at one point apart and in order.
    """

    passage: str
    start: int
    end: int
    new: tuple[str, ...] = ()
    ordinal: int = 0

    @property
    def is_insertion(self) -> bool:
        return self.start == self.end

    @property
    def is_deletion(self) -> bool:
        return not self.new


@dataclass(frozen=True, slots=True)
class InsertPassage:
    """Put a new passage behind another one; behind None is the very beginning."""

    id: str
    after: str | None
    kind: Kind
    text: str
    level: int = 0
    label: str = ""
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def passage(self) -> str:
        return self.id

    def as_passage(self) -> Passage:
        """Return the passage as it will stand in the text."""
        return Passage(self.id, self.kind, self.text, self.level, self.label, self.fields)


@dataclass(frozen=True, slots=True)
class DeletePassage:
    """Take a passage out of the text."""

    passage: str


@dataclass(frozen=True, slots=True)
class MovePassage:
    """Put a passage behind another one; its words stay the same."""

    passage: str
    after: str | None


@dataclass(frozen=True, slots=True)
class SetKind:
    """Make a passage something else: a heading of a paragraph, a deeper item of a list item."""

    passage: str
    kind: Kind
    level: int = 0


@dataclass(frozen=True, slots=True)
class SetField:
    """Give a goal or measure one structured value; None takes it away."""

    passage: str
    name: str
    value: str | None


@dataclass(frozen=True, slots=True)
class SplitPassage:
    """Cut a passage in two before a token; the words behind it become a passage of their own."""

    passage: str
    at: int
    id: str
    kind: Kind = Kind.PARAGRAPH
    level: int = 0


@dataclass(frozen=True, slots=True)
class JoinPassages:
    """Take away the border between two neighbours; the words of the right one follow in the left one."""

    left: str
    right: str

    @property
    def passage(self) -> str:
        return self.left


TAKES_WORDS = frozenset([Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.QUOTE])
"""What a split can bring and a join can end: passages that are nothing but words."""

Placement = InsertPassage | MovePassage
Operation = (
    TextHunk
    | InsertPassage
    | DeletePassage
    | MovePassage
    | SetKind
    | SetField
    | SplitPassage
    | JoinPassages
)
