"""Rebase: what becomes of an open amendment when the text moves on."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from mitplan.core.text.amendments import Amendment, derive
from mitplan.core.text.note_mapping import NoteMapping
from mitplan.core.text.notes import anchors_brought_by
from mitplan.core.text.operations import (
    DeletePassage,
    InsertPassage,
    JoinPassages,
    MovePassage,
    Operation,
    Placement,
    SetField,
    SetKind,
    SplitPassage,
    TextHunk,
)
from mitplan.core.text.outcome import Outcome
from mitplan.core.text.passages import Document
from mitplan.core.text.resolution import resolve
from mitplan.core.text.review import check_against
from mitplan.core.text.settlements import Settlement
from mitplan.core.text.structure_mapping import Fate, StructureMapping
from mitplan.core.text.text_mapping import Span, Status, TextMapping
from mitplan.core.text.variants import collect

__all__ = ["Mapped", "Rebased", "Status", "rebase", "rebase_all", "remap"]

_BY_HARM = {status: harm for harm, status in enumerate(Status)}


@dataclass(frozen=True, slots=True)
class Mapped:
    """An operation on the old text, what became of it, and what is left to do on the new one."""

    operation: Operation
    status: Status
    mapped: Operation | None


@dataclass(frozen=True, slots=True)
class Rebased:
    """An amendment mapped to a newer text; `amendment` is None when nothing is left of it.

    The status is the worst of its operations; an amendment that is done in parts only is partly fulfilled.
    """

    amendment: Amendment | None
    operations: tuple[Mapped, ...]
    status: Status


def rebase(
    amendment: Amendment,
    base: Document,
    applied: Iterable[Amendment],
    settlements: Iterable[Settlement] = (),
) -> Rebased:
    """Map an amendment from a base to the text that follows from the applied amendments."""
    return rebase_all([amendment], base, applied, settlements)[0]


def rebase_all(
    amendments: Iterable[Amendment],
    base: Document,
    applied: Iterable[Amendment],
    settlements: Iterable[Settlement] = (),
) -> tuple[Rebased, ...]:
    """Do the same for many amendments; what was applied is worked out only once."""
    path = _Path(resolve(base, applied, settlements))
    return tuple(path.follow(amendment) for amendment in amendments)


def remap(amendment: Amendment, old: Document, new: Document) -> Rebased:
    """Map an amendment from one edition to another that did not come from amendments."""
    return rebase(amendment, old, [Amendment(amendment.id, derive(old, new), amendment.origin)])


class _Path:
    """The way from a base to the next text, on which amendments are sent."""

    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self._structure = StructureMapping(outcome)
        self._notes = NoteMapping(outcome)
        self._texts: dict[str, TextMapping] = {}

    def follow(self, amendment: Amendment) -> Rebased:
        """Map one amendment."""
        check_against(self._outcome.base, amendment.operations)
        carried = {label for each in amendment.operations for label in anchors_brought_by(each)}
        placements = [
            (operation, self._kept(operation, fate, carried))
            for operation, fate in self._structure.placements(_placements(amendment))
        ]
        found: defaultdict[Operation, list[Fate]] = defaultdict(list)
        for operation, fate in (*placements, *self._others(amendment)):
            found[operation].append(self._kept(operation, fate, carried))
        operations = tuple(
            Mapped(operation, *fate)
            for operation in amendment.operations
            for fate in found[operation]
        )
        rest = tuple(_rest(operations, [fate[1] for _, fate in placements]))
        return Rebased(
            replace(amendment, operations=rest) if rest else None, operations, _worst(operations)
        )

    def _kept(self, operation: Operation, fate: Fate, carried: Collection[str]) -> Fate:
        is_torn = fate[1] is not None and self._notes.is_torn(operation, carried)
        return (Status.CONFLICT, None) if is_torn else fate

    def _others(self, amendment: Amendment) -> Iterator[tuple[Operation, Fate]]:
        for operation in amendment.operations:
            if isinstance(operation, DeletePassage | SetField | SetKind):
                yield operation, self._structure.other(operation)
            elif isinstance(operation, JoinPassages):
                yield operation, self._structure.join(operation)
        splits = list(self._splits(amendment))
        for split, status, span in splits:
            at = None if span is None else replace(split, passage=span.passage, at=span.start)
            yield split, (status, at)
        yield from self._hunks(amendment, [(split, span) for split, _, span in splits if span])

    def _splits(self, amendment: Amendment) -> Iterator[tuple[SplitPassage, Status, Span | None]]:
        """Map the splits; where the words between two of them are gone, only the first is left."""
        taken: set[Span] = set()
        splits = [each for each in amendment.operations if isinstance(each, SplitPassage)]
        for split in sorted(splits, key=lambda each: (self._place(each.passage), each.at)):
            status, span = Status.ORPHANED, None
            if split.passage not in self._outcome.deletions:
                status, span = self._mapping(split.passage).map_split(split)
            if span in taken:
                status, span = Status.CONFLICT, None
            elif span is not None:
                taken.add(span)
            yield split, status, span

    def _hunks(
        self, amendment: Amendment, splits: Sequence[tuple[SplitPassage, Span]]
    ) -> Iterator[tuple[Operation, Fate]]:
        texts = collect([amendment]).texts
        mapped: list[tuple[TextHunk, Span]] = []
        statuses: dict[TextHunk, Status] = {}
        for passage in sorted(texts, key=self._place):
            for variant in texts[passage]:
                status, spans = self._map(variant.operation)
                for hunk in (member.operation for member in variant.members):
                    if isinstance(hunk, TextHunk):
                        is_lost = any(self._is_beyond(hunk, *each, spans) for each in splits)
                        statuses[hunk] = Status.CONFLICT if is_lost else status
                        mapped += [] if is_lost else [(hunk, span) for span in spans]
        done = {hunk for hunk, _ in mapped}
        yield from ((hunk, (statuses[hunk], None)) for hunk in statuses if hunk not in done)
        yield from ((hunk, (statuses[hunk], new)) for hunk, new in _placed(mapped))

    def _is_beyond(
        self, hunk: TextHunk, split: SplitPassage, at: Span, spans: Sequence[Span]
    ) -> bool:
        """Tell whether an insertion stood behind a split, and now nothing lies between them.

        It would slip to the other side.
        """
        before = (self._place(split.passage), split.at)
        is_behind = (self._place(hunk.passage), hunk.start) > before
        return hunk.is_insertion and is_behind and at in spans

    def _map(self, joined: Operation) -> tuple[Status, tuple[Span, ...]]:
        if joined.passage in self._outcome.deletions or not isinstance(joined, TextHunk):
            return Status.ORPHANED, ()
        return self._mapping(joined.passage).map(joined)

    def _mapping(self, passage: str) -> TextMapping:
        if passage not in self._texts:
            self._texts[passage] = TextMapping(self._outcome, passage)
        return self._texts[passage]

    def _place(self, passage: str) -> int:
        return self._outcome.base.place[passage]


def _placements(amendment: Amendment) -> list[Placement]:
    return [each for each in amendment.operations if isinstance(each, InsertPassage | MovePassage)]


def _placed(mapped: Iterable[tuple[TextHunk, Span]]) -> Iterator[tuple[TextHunk, TextHunk]]:
    """Put hunks at their new places; insertions that now share a point stay in order.

    What reaches over a split has new words on its left only.
    """
    at_point: Counter[Span] = Counter()
    begun: set[TextHunk] = set()
    for hunk, span in mapped:
        ordinal = hunk.ordinal
        if hunk.is_insertion:
            ordinal = at_point[span]
            at_point[span] += 1
        new = () if hunk in begun else hunk.new
        begun.add(hunk)
        yield hunk, TextHunk(span.passage, span.start, span.end, new, ordinal)


def _rest(
    operations: Iterable[Mapped], placements: Iterable[Operation | None]
) -> Iterator[Operation]:
    """Return what is left to do; placements come in the order in which they stand in the text."""
    in_order = (each for each in placements if each is not None)
    for each in operations:
        if each.mapped is None:
            continue
        is_placement = isinstance(each.mapped, InsertPassage | MovePassage)
        yield next(in_order) if is_placement else each.mapped


def _worst(operations: Iterable[Mapped]) -> Status:
    statuses = {each.status for each in operations}
    if statuses == {Status.CLEAN, Status.FULFILLED}:
        return Status.PARTLY_FULFILLED
    return max(statuses, key=_BY_HARM.__getitem__, default=Status.CLEAN)
