"""A second, slow engine to check the first one by: every token is a cell of its own that never moves or goes.

It shares nothing with `mitplan.core.text` but the values it is given. There are no ranges to shift, no strands, no
borders to compute: a deletion marks cells, an insertion hangs at a cell, a split marks where a passage begins, a join unmarks
it. Amendments are carried out one after the other in the order given, and the last one wins. So whenever two orders give
different texts, something contradicted that the first engine should have called a conflict.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from mitplan.core.text.amendments import (
    Amendment,
    DeletePassage,
    InsertPassage,
    JoinPassages,
    MovePassage,
    Operation,
    SetField,
    SetKind,
    SplitPassage,
    TextHunk,
)
from mitplan.core.text.passages import Document, Kind
from mitplan.core.text.tokens import normalise, tokenize

Written = tuple[str, int]
"""A token and its origin."""


@dataclass
class Cell:
    """One token of the base, or the end of a passage, which has no words of its own."""

    own: list[Written]
    inserted: list[Written] = field(default_factory=list)
    begins: "Head | None" = None
    instead: list[Written] = field(default_factory=list)


@dataclass
class Head:
    """What a passage is, beside its words."""

    kind: Kind
    level: int
    fields: dict[str, str]


@dataclass
class Block:
    """The cells of a passage of the base, and the cells that were placed behind it."""

    cells: list[Cell]
    behind: list[list[Cell]] = field(default_factory=list)
    stands: bool = True


@dataclass
class Part:
    """A passage of the text that results."""

    kind: Kind
    level: int
    fields: dict[str, str]
    words: list[Written]

    @property
    def text(self) -> str:
        return normalise("".join(token for token, _ in self.words))


class Reference:
    """A text as cells, on which amendments are carried out one after the other."""

    def __init__(self, base: Document, origin: int = 0) -> None:
        self._blocks: dict[str | None, Block] = {None: Block([])}
        self._done: set[object] = set()
        for passage in base:
            cells = [Cell([(token, origin)]) for token in tokenize(passage.text)]
            head = Head(passage.kind, passage.level, dict(passage.fields))
            self._blocks[passage.id] = Block([Cell([], begins=head), *cells, Cell([])])

    def carry_out(self, amendment: Amendment) -> None:
        """Do all that an amendment asks for, except what was done in the same words already."""
        hunks = [each for each in amendment.operations if isinstance(each, TextHunk)]
        ranges = dict.fromkeys((each.passage, each.start, each.end) for each in hunks)
        for passage, start, end in ranges:
            here = [
                each
                for each in hunks
                if (each.passage, each.start, each.end) == (passage, start, end)
            ]
            new = [
                token for each in sorted(here, key=lambda each: each.ordinal) for token in each.new
            ]
            if self._is_first((passage, start, end, tuple(new))):
                self._reword(passage, start, end, [(token, amendment.origin) for token in new])
        placements = [e for e in amendment.operations if isinstance(e, InsertPassage | MovePassage)]
        own = {each.passage for each in placements}
        for spot in dict.fromkeys(each.after for each in placements if each.after not in own):
            sequence = list(_behind(spot, placements))
            if self._is_first((spot, *map(_content, sequence))):
                for each in sequence:
                    self._place(spot, each, amendment.origin)
        for operation in amendment.operations:
            self._change(operation)

    def write_own_words(self, passage: str, start: int, end: int, words: Sequence[Written]) -> None:
        """Put words in place of a stretch and of all that was done inside of it."""
        cells = self._blocks[passage].cells
        for cell in cells[start + 1 : end + 1]:
            cell.own, cell.instead = [], []
        for cell in cells[start + 2 : end + 1]:
            cell.inserted = []
        if start == end:
            cells[start + 1].inserted = list(words)
        else:
            cells[start + 1].instead = list(words)

    def _is_first(self, what: object) -> bool:
        is_first = what not in self._done
        self._done.add(what)
        return is_first

    def _reword(self, passage: str, start: int, end: int, new: list[Written]) -> None:
        cells = self._blocks[passage].cells[1:]
        if start == end:
            cells[start].inserted += new
        for cell in cells[start:end]:
            cell.own = []
        if start < end and new:
            cells[start].instead = new

    def _place(self, spot: str | None, operation: InsertPassage | MovePassage, origin: int) -> None:
        behind = self._blocks[spot].behind
        if isinstance(operation, MovePassage):
            moved = self._blocks[operation.passage]
            moved.stands = False
            for block in self._blocks.values():
                block.behind[:] = [each for each in block.behind if each is not moved.cells]
            behind.append(moved.cells)
            return
        head = Head(operation.kind, operation.level, dict(operation.fields))
        words = [(token, origin) for token in tokenize(normalise(operation.text))]
        behind.append([Cell([], begins=head), Cell(words)])

    def _change(self, operation: Operation) -> None:
        block = self._blocks[operation.passage] if operation.passage in self._blocks else Block([])
        match operation:
            case DeletePassage():
                block.cells.clear()
            case SetKind(_, kind, level):
                block.cells[0].begins.kind, block.cells[0].begins.level = kind, level
            case SetField(_, name, None):
                block.cells[0].begins.fields.pop(name, None)
            case SetField(_, name, value):
                block.cells[0].begins.fields[name] = value
            case SplitPassage(_, at, _, kind, level):
                block.cells[at + 1].begins = Head(kind, level, {})
            case JoinPassages(_, right):
                self._blocks[right].cells[0].begins = None

    def written(self) -> list[Part]:
        """Return what a reader sees, in order."""
        found: list[Part] = []
        for cell in self._cells():
            if cell.inserted:
                found[-1].words.extend(cell.inserted)
            if cell.begins is not None:
                head = cell.begins
                found.append(Part(head.kind, head.level, dict(head.fields), []))
            found[-1].words.extend([*cell.instead, *cell.own])
        return found

    def _cells(self) -> Iterator[Cell]:
        for block in self._blocks.values():
            if block.stands:
                yield from block.cells
            for cells in block.behind:
                yield from cells


def _behind(spot: str | None, placements: Iterable[InsertPassage | MovePassage]) -> Iterator:
    placements = list(placements)
    for each in placements:
        if each.after == spot:
            yield each
            yield from _behind(each.passage, placements)


def _content(operation: InsertPassage | MovePassage) -> object:
    if isinstance(operation, MovePassage):
        return operation.passage
    return (operation.kind, operation.text, operation.level, operation.label, operation.fields)
