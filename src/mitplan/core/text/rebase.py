"""Rebase: what becomes of an open amendment when the text moves on."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mitplan.core.text.amendments import Amendment, derive
from mitplan.core.text.operations import (
    DeletePassage,
    InsertPassage,
    MovePassage,
    Operation,
    SetField,
    SetKind,
    TextHunk,
)
from mitplan.core.text.outcome import Outcome, resolve
from mitplan.core.text.passages import Document
from mitplan.core.text.review import check_against
from mitplan.core.text.settlements import Settlement
from mitplan.core.text.strands import strands_of
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
        self._texts: dict[str, TextMapping] = {}

    def follow(self, amendment: Amendment) -> Rebased:
        """Map one amendment."""
        check_against(self._outcome.base, amendment.operations)
        placements = self._structure.placements(
            [each for each in amendment.operations if isinstance(each, InsertPassage | MovePassage)]
        )
        found: dict[Operation, Fate] = {**placements, **self._hunks(amendment)}
        for operation in amendment.operations:
            if isinstance(operation, DeletePassage | SetField | SetKind):
                found[operation] = self._structure.other(operation)
        operations = tuple(Mapped(each, *found[each]) for each in amendment.operations)
        rest = tuple(_rest(operations, [fate for _, fate in placements.values()]))
        return Rebased(
            replace(amendment, operations=rest) if rest else None, operations, _worst(operations)
        )

    def _hunks(self, amendment: Amendment) -> dict[Operation, Fate]:
        found: dict[Operation, Fate] = {}
        for group in collect([amendment]).texts.values():
            mapped: list[tuple[TextHunk, Span]] = []
            for variant in group:
                status, span = self._map(variant.operation)
                for hunk in (member.operation for member in variant.members):
                    found[hunk] = status, None
                    if span is not None and isinstance(hunk, TextHunk):
                        mapped.append((hunk, span))
            for hunk, new_hunk in _placed(mapped):
                found[hunk] = found[hunk][0], new_hunk
        return found

    def _map(self, joined: Operation) -> tuple[Status, Span | None]:
        passage = joined.passage
        if passage in self._outcome.deletions or not isinstance(joined, TextHunk):
            return Status.ORPHANED, None
        if passage not in self._texts:
            tokens = self._outcome.base.tokens(passage)
            strands = strands_of(self._outcome, passage, [0] * len(tokens))
            self._texts[passage] = TextMapping(passage, tokens, strands)
        return self._texts[passage].map(joined)


def _placed(mapped: Iterable[tuple[TextHunk, Span]]) -> Iterator[tuple[TextHunk, TextHunk]]:
    """Put hunks of one passage at their new places; insertions that now share a point stay in order."""
    at_point: Counter[int] = Counter()
    for hunk, span in mapped:
        ordinal = hunk.ordinal
        if hunk.is_insertion:
            ordinal = at_point[span.start]
            at_point[span.start] += 1
        yield hunk, replace(hunk, start=span.start, end=span.end, ordinal=ordinal)


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
