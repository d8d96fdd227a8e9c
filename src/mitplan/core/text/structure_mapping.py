"""Mapping of structural operations: what becomes of them after others were carried out."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from mitplan.core.text.operations import (
    DeletePassage,
    JoinPassages,
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
        if operation.passage in self._outcome.joins:
            return Status.CONFLICT, None
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
        is_changed = outcome.is_touched(operation.passage)
        if is_changed or operation.passage in self._got_children:
            return Status.CONFLICT, None
        return Status.CLEAN, operation

    def join(self, operation: JoinPassages) -> Fate:
        """Map a join; what was split or joined beside the border has other names now."""
        outcome, left, right = self._outcome, operation.left, operation.right
        if left in outcome.deletions:
            return Status.ORPHANED, None
        if right in outcome.joins:
            return Status.FULFILLED, None
        is_torn = left in outcome.moves or bool(outcome.placed.get(left))
        is_gone = any(
            right in each
            for each in (outcome.deletions, outcome.moves, outcome.settings, self._got_children)
        )
        if is_torn or is_gone:
            return Status.CONFLICT, None
        return Status.CLEAN, JoinPassages(outcome.boundaries.last_holder(left), right)

    def placements(self, operations: Sequence[Placement]) -> list[tuple[Placement, Fate]]:
        """Map all placements of one amendment, in the order in which they stand.

        A passage that others have split is moved with all that was split off.
        """
        by_spot = sequences(operations)
        to_do = [
            each
            for spot in by_spot
            if not self._is_done(spot, by_spot[spot])
            for each in by_spot[spot]
        ]
        moved = {each.passage for each in to_do if isinstance(each, MovePassage)}
        own = moved.union(*map(self._outcome.boundaries.split_off, moved))
        return [
            (operation, fate)
            for spot in sorted(by_spot, key=self._place)
            for operation, fate in self._sequence(spot, by_spot[spot], own)
        ]

    def _is_done(self, spot: str | None, sequence: Sequence[Placement]) -> bool:
        done = map(_contents, self._sequences.get(spot, ()))
        return _contents(sequence) in done

    def _place(self, spot: str | None) -> int:
        return -1 if spot is None else self._outcome.base.place[spot]

    def _sequence(
        self, spot: str | None, sequence: Sequence[Placement], own_moves: Collection[str]
    ) -> Iterator[tuple[Placement, Fate]]:
        if self._is_done(spot, sequence):
            yield from ((each, (Status.FULFILLED, None)) for each in sequence)
            return
        anchor = self._anchor(spot, own_moves)
        status = Status.CLEAN if anchor == self._end_of(spot) else Status.CONTEXT_CHANGED
        homeless = {
            index
            for index, parent in parents(self._outcome.base, spot, sequence)
            if parent in self._outcome.deletions or parent in self._outcome.joins
        }
        is_lost = spot in self._sequences or self._is_closed(spot)
        for index, operation in enumerate(sequence):
            is_orphaned = self._is_orphaned(operation)
            is_lost |= is_orphaned or index in homeless or self._is_elsewhere(spot, operation)
            if is_lost:
                yield operation, (Status.ORPHANED if is_orphaned else Status.CONFLICT, None)
            else:
                after = anchor if operation.after == spot else self._end_of(operation.after)
                yield operation, (status, replace(operation, after=after))
                yield from self._split_off(operation, status)

    def _split_off(self, operation: Placement, status: Status) -> Iterator[tuple[Placement, Fate]]:
        """What was split off follows a passage that is moved."""
        if isinstance(operation, MovePassage):
            names = (operation.passage, *self._outcome.boundaries.split_off(operation.passage))
            for before, passage in pairwise(names):
                yield operation, (status, MovePassage(passage, before))

    def _end_of(self, passage: str | None) -> str | None:
        """Return where the last words of a passage stand now."""
        return None if passage is None else self._outcome.boundaries.last_holder(passage)

    def _is_closed(self, spot: str | None) -> bool:
        """Tell whether the passage there was joined to the one behind it."""
        joins = self._outcome.joins.values()
        return any(spot == each.pick.variant.operation.passage for each in joins)

    def _is_orphaned(self, operation: Placement) -> bool:
        return isinstance(operation, MovePassage) and operation.passage in self._outcome.deletions

    def _is_elsewhere(self, spot: str | None, operation: Placement) -> bool:
        """Tell whether the passage has gone elsewhere, or the spot was moved behind it."""
        moves = self._outcome.moves
        if not isinstance(operation, MovePassage):
            return False
        is_cycle = spot in moves and moves[spot].pick.variant.spot == operation.passage
        is_joined = operation.passage in self._outcome.joins or self._is_closed(operation.passage)
        return is_cycle or is_joined or operation.passage in moves

    def _anchor(self, spot: str | None, own_moves: Collection[str]) -> str | None:
        """Return what now stands before the spot and will stay there."""
        outcome = self._outcome
        if spot is None or (spot not in outcome.deletions and spot not in outcome.moves):
            return self._end_of(spot)
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
