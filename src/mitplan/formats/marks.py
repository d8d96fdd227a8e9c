"""From passages full of signs to changes and marked text; the same for Word and OpenDocument."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby

from mitplan.core.text.passages import Passage
from mitplan.core.text.tokens import normalise
from mitplan.formats.reading import Change, ChangeKind, Marked, Segment
from mitplan.formats.signs import Sign, Stretch, stretches

CONTEXT = 40
"""How many characters around a change are told."""

_MOST_REMARKS = 100  # over one word; more would say nothing and take very long
_NEAR = 100  # pieces; enough for the context of any change a person made
_TEXTUAL = frozenset([ChangeKind.INSERTION, ChangeKind.DELETION, ChangeKind.MOVE])
_PARAGRAPH_ENDS = frozenset([ChangeKind.SPLIT, ChangeKind.JOIN])
_BORDER = " | "  # between cells of one row


@dataclass(frozen=True, slots=True)
class Trace:
    """What an element of a file tells about a change; traces alike that touch are one change.

    `move` is what both ends of a move have in common; `unit` sets rows, cells and marks apart.
    """

    kind: ChangeKind
    author: str
    at: datetime | None
    brings: bool
    move: str = ""
    unit: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage, with the traces and remarks open there; one without words is a point."""

    text: str
    traces: tuple[int, ...] = ()
    remarks: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """A passage cut into pieces."""

    passage: Passage
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class _Group:
    """Neighbouring pieces of one change."""

    trace: Trace
    line: Line
    following: Line | None
    first: int
    last: int
    text: str = ""
    numbers: set[int] = field(default_factory=set)


def lines_of(passages: Iterable[Passage]) -> list[Line]:
    """Cut passages at the signs in them; a remark reaches into the next passage where it ends later."""
    cut = [(passage, list(stretches(passage.text))) for passage in passages]
    ended = {each.number for _, parts in cut for each in parts if each.sign is Sign.REMARK_END}
    remarks: dict[int, None] = {}
    lines = []
    for passage, parts in cut:
        lines.append(Line(passage, tuple(_pieces(parts, remarks))))
        remarks = {number: None for number in remarks if number in ended}
    return lines


def _pieces(parts: Iterable[Stretch], remarks: dict[int, None]) -> Iterator[Piece]:
    traces: dict[int, None] = {}
    for sign, number, words in parts:
        match sign:
            case None:
                yield Piece(words, tuple(traces), frozenset(remarks))
            case Sign.OPEN:
                traces[number] = None
            case Sign.CLOSE:
                traces.pop(number, None)
            case Sign.POINT:
                yield Piece("", (number,), frozenset(remarks))
            case Sign.REMARK if len(remarks) < _MOST_REMARKS:
                remarks[number] = None
                yield Piece("", (), frozenset(remarks))
            case Sign.REMARK:
                yield Piece("", (), frozenset([number]))
            case _:
                remarks.pop(number, None)


def is_new(piece: Piece, traces: Sequence[Trace]) -> bool:
    """Tell whether a piece was not there before anything was changed."""
    return any(traces[number].brings for number in piece.traces)


def base_text(pieces: Iterable[Piece], traces: Sequence[Trace]) -> str:
    """Return the words of pieces that were there before anything was changed."""
    return "".join(piece.text for piece in pieces if not is_new(piece, traces))


def _all_text(pieces: Iterable[Piece], kind: ChangeKind) -> str:
    """Return the words behind a new end of a paragraph, where all of them are new."""
    return "".join(piece.text for piece in pieces) if kind is ChangeKind.SPLIT else ""


def is_gone(piece: Piece, traces: Sequence[Trace]) -> bool:
    """Tell whether a piece is not there once everything is changed."""
    return any(not traces[number].brings for number in piece.traces)


class Marks:
    """The changes of a file and its passages with all words, old and new."""

    def __init__(self, lines: Sequence[Line], traces: Sequence[Trace]) -> None:
        """Work out the changes from the signs that were read."""
        self._traces = traces
        self._numbers: dict[int, int] = {}
        self._count = 0
        following = [*lines[1:], None]
        groups = [
            group
            for line, behind in zip(lines, following, strict=False)
            for group in self._groups(line, behind)
        ]
        self.changes = tuple(self._changes(groups))
        self.marked = tuple(self._marked(line) for line in lines)

    def _groups(self, line: Line, behind: Line | None) -> Iterator[_Group]:
        """Return the changes in a passage, in the order in which they begin."""
        units: dict[Trace, _Group] = {}
        touching: dict[Trace, _Group] = {}
        for place, piece in enumerate(line.pieces):
            now = {} if piece.text else dict(touching)
            for number in piece.traces:
                trace = self._traces[number]
                known = touching.get(trace) or units.get(trace)
                group = known or _Group(trace, line, behind, place, place)
                self._extend(group, piece, place, number)
                now[trace] = group
                if trace.unit:
                    units[trace] = group
                if known is None:
                    yield group
            touching = now

    @staticmethod
    def _extend(group: _Group, piece: Piece, place: int, number: int) -> None:
        if group.last < place or not group.numbers:
            is_apart = group.text and group.trace.unit and place > group.last + 1
            group.text += (_BORDER if is_apart else "") + piece.text
            group.last = place
        group.numbers.add(number)

    def _changes(self, groups: Sequence[_Group]) -> Iterator[Change]:
        moves = self._moves(groups)
        told: set[str] = set()
        for group in groups:
            move = group.trace.move
            if move in told:
                continue
            if move in moves:
                told.add(move)
                yield self._numbered(_moved(moves[move]), moves[move])
            elif group.trace.kind not in _TEXTUAL or group.text:
                yield self._numbered(_change(group, self._traces), [group])

    @staticmethod
    def _moves(groups: Sequence[_Group]) -> dict[str, list[_Group]]:
        """Return the moves of which both ends are in the file, by name."""
        named = defaultdict(list)
        for group in groups:
            if group.trace.move and group.text:
                named[group.trace.move].append(group)
        return {
            name: ends
            for name, ends in named.items()
            if len({group.trace.brings for group in ends}) > 1
        }

    def _numbered(self, change: Change, groups: Iterable[_Group]) -> Change:
        for group in groups:
            self._numbers.update(dict.fromkeys(group.numbers, self._count))
        self._count += 1
        return change

    def _marked(self, line: Line) -> Marked:
        """Return a passage with all its words, each stretch with its changes."""
        labelled = (
            (self._told(piece, brings=True), self._told(piece, brings=False), piece.text)
            for piece in line.pieces
            if piece.text
        )
        segments = tuple(
            Segment(normalise("".join(text for *_, text in group)), *key)
            for key, group in groupby(labelled, key=lambda each: each[:2])
        )
        passage = line.passage
        return Marked(passage.id, passage.kind, segments, passage.level, passage.label)

    def _told(self, piece: Piece, *, brings: bool) -> tuple[int, ...]:
        return tuple(
            sorted(
                {
                    self._numbers[number]
                    for number in piece.traces
                    if number in self._numbers and self._traces[number].brings == brings
                }
            )
        )


def _change(group: _Group, traces: Sequence[Trace]) -> Change:
    """Return a change of one place."""
    kind, brings = group.trace.kind, group.trace.brings
    if kind is ChangeKind.MOVE:
        kind = ChangeKind.INSERTION if brings else ChangeKind.DELETION
    pieces = group.line.pieces
    before = pieces[max(group.first - _NEAR, 0) : group.first]
    behind = pieces[group.last + 1 : group.last + 1 + _NEAR]
    if kind in _PARAGRAPH_ENDS and group.following and not behind:
        behind = group.following.pieces[:_NEAR]
    change = Change(
        kind,
        group.trace.author,
        group.trace.at,
        group.line.passage.id,
        left=base_text(before, traces)[-CONTEXT:],
        right=(base_text(behind, traces) or _all_text(behind, kind))[:CONTEXT],
    )
    words = normalise(group.text)
    return replace(change, after=words) if brings else replace(change, before=words)


def _moved(groups: Sequence[_Group]) -> Change:
    """Return a move: the words at its old place and at its new one."""
    old = [group for group in groups if not group.trace.brings]
    new = [group for group in groups if group.trace.brings]
    return Change(
        ChangeKind.MOVE,
        old[0].trace.author,
        old[0].trace.at,
        old[0].line.passage.id,
        before="\n".join(group.text for group in old),
        after="\n".join(group.text for group in new),
        target=new[0].line.passage.id,
    )
