"""Mapping of structural operations: what becomes of them after others were carried out."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from mitplan.core.text.operations import (
    DeletePassage,
    MovePassage,
    Operation,
    Placement,
    SetField,
    SetKind,
)
from mitplan.core.text.outcome import Outcome, Taken
from mitplan.core.text.parents import parents
from mitplan.core.text.placement import sequences
from mitplan.core.text.relations import Relation, placed_content, relation
from mitplan.core.text.text_mapping import Status
from mitplan.core.text.variants import placements_of

Fate = tuple[Status, Operation | None]
"""What became of an operation, and what is left of it."""


class StructureMapping:
    """Maps structural operations through those that were carried out."""

    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self._slots = outcome.slots()
        self._sequences = {
            spot: _sequences(group) for spot, group in outcome.placed.items() if group
        }
        self._got_children = {
            parent
            for spot, group in self._sequences.items()
            for sequence in group
            for _, parent in parents(outcome.base, spot, sequence)
        }

    def other(self, operation: DeletePassage | SetField | SetKind) -> Fate:
        """Map what is no text and no placement."""
        if isinstance(operation, DeletePassage):
            return self._deletion(operation)
        if operation.passage in self._outcome.deletions:
            return Status.ORPHANED, None
        done = self._outcome.settings.get(operation.passage, ())
        relations = {relation(operation, each.pick.variant.operation) for each in done}
        if Relation.AGREE in relations:
            return Status.FULFILLED, None
        if Relation.FIELD in relations:
            return Status.CONFLICT, None
        return Status.CLEAN, operation

    def _deletion(self, operation: DeletePassage) -> Fate:
        outcome = self._outcome
        if operation.passage in outcome.deletions:
            return Status.FULFILLED, None
        touched = (
            outcome.texts,
            outcome.own_words,
            outcome.moves,
            outcome.settings,
            self._got_children,
        )
        if any(operation.passage in each for each in touched):
            return Status.CONFLICT, None
        return Status.CLEAN, operation

    def placements(self, operations: Sequence[Placement]) -> dict[Operation, Fate]:
        """Map all placements of one amendment; they come back in the order in which they stand."""
        own_moves = {each.passage for each in operations if isinstance(each, MovePassage)}
        by_spot = sequences(operations)
        return {
            operation: fate
            for spot in sorted(by_spot, key=self._place)
            for operation, fate in self._sequence(spot, by_spot[spot], own_moves)
        }

    def _place(self, spot: str | None) -> int:
        return -1 if spot is None else self._outcome.base.place[spot]

    def _sequence(
        self, spot: str | None, sequence: Sequence[Placement], own_moves: Collection[str]
    ) -> Iterator[tuple[Operation, Fate]]:
        done = [_contents(each) for each in self._sequences.get(spot, ())]
        if _contents(sequence) in done:
            yield from ((each, (Status.FULFILLED, None)) for each in sequence)
            return
        anchor = self._anchor(spot, own_moves)
        status = Status.CLEAN if anchor == spot else Status.CONTEXT_CHANGED
        homeless = {
            index
            for index, parent in parents(self._outcome.base, spot, sequence)
            if parent in self._outcome.deletions
        }
        is_lost = bool(done)
        for index, operation in enumerate(sequence):
            is_orphaned = self._is_orphaned(operation)
            is_lost |= is_orphaned or index in homeless or self._is_elsewhere(spot, operation)
            if is_lost:
                yield operation, (Status.ORPHANED if is_orphaned else Status.CONFLICT, None)
            else:
                after = anchor if operation.after == spot else operation.after
                yield operation, (status, replace(operation, after=after))

    def _is_orphaned(self, operation: Placement) -> bool:
        return isinstance(operation, MovePassage) and operation.passage in self._outcome.deletions

    def _is_elsewhere(self, spot: str | None, operation: Placement) -> bool:
        """Tell whether the passage was moved already, or the spot was moved behind it."""
        moves = self._outcome.moves
        if not isinstance(operation, MovePassage):
            return False
        is_cycle = spot in moves and moves[spot].pick.variant.spot == operation.passage
        return is_cycle or operation.passage in moves

    def _anchor(self, spot: str | None, own_moves: Collection[str]) -> str | None:
        """Return what now stands before the spot and will stay there."""
        outcome = self._outcome
        if spot is None or (spot not in outcome.deletions and spot not in outcome.moves):
            return spot
        before: str | None = None
        for slot in self._slots:
            if slot.passage == spot and not slot.is_filled:
                break
            if slot.is_filled and slot.passage not in own_moves:
                before = slot.passage
        return before


def _sequences(group: Sequence[Taken]) -> list[tuple[Placement, ...]]:
    """Cut what was placed at one spot into what each amendment placed there."""
    by_amendment: defaultdict[int, list[Taken]] = defaultdict(list)
    for taken in group:
        by_amendment[min(taken.amendments, default=0)].append(taken)
    return [placements_of(each.pick.variant for each in part) for part in by_amendment.values()]


def _contents(sequence: Sequence[Placement]) -> list[tuple[object, ...]]:
    return [placed_content(each) for each in sequence]
