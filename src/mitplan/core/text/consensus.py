"""Consensus: what can go into the next edition while conflicts are still open, and what waits for the one after."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mitplan.core.text.amendments import Amendment
from mitplan.core.text.conflicts import Cluster, Member
from mitplan.core.text.consolidation import Consolidation, consolidate
from mitplan.core.text.operations import (
    DeletePassage,
    InsertPassage,
    JoinPassages,
    MovePassage,
    Operation,
)
from mitplan.core.text.passages import Document
from mitplan.core.text.placement import sequences
from mitplan.core.text.rebase import Rebased, Status, rebase_all
from mitplan.core.text.resolution import resolve
from mitplan.core.text.runs import Runs
from mitplan.core.text.settlements import Settlement


@dataclass(frozen=True, slots=True)
class Consensus:
    """The next text without anything contested, and what moves on to it, still contested.

    `worked_in` are the amendments by what went into the text, `outside` by what did not, both on the base;
    `waiting` is `outside` mapped to the new text.
    """

    consolidation: Consolidation
    worked_in: tuple[Amendment, ...]
    outside: tuple[Amendment, ...]
    waiting: tuple[Amendment, ...]


class InseparableError(ValueError):
    """A conflict would vanish without a choice of anybody if the rest of the text moved on."""

    def __init__(self, passages: Iterable[str | None]) -> None:
        self.passages = tuple(sorted(filter(None, passages)))
        super().__init__(f"what is open at {', '.join(self.passages)} cannot wait")


def find_consensus(
    base: Document,
    runs: Mapping[str, Runs],
    amendments: Iterable[Amendment],
    settlements: Iterable[Settlement] = (),
) -> Consensus:
    """Part a set of amendments into what is agreed and what waits.

    Every conflict that is open stays one on the new text. Where one would vanish because of what went in beside
    it, that waits too; raises InseparableError where it cannot, because it was settled.
    """
    amendments, settlements = tuple(amendments), tuple(settlements)
    whole = consolidate(base, runs, amendments, settlements)
    if not whole.open:
        return Consensus(whole, amendments, (), ())
    contested = {each for cluster in whole.open for each in cluster.members}
    free = _free(amendments, whole)
    held = _with_sequences(amendments, contested)
    while True:
        outside = tuple(_parts(amendments, held, is_in=True))
        worked_in = tuple(_parts(amendments, held, is_in=False))
        text = consolidate(base, runs, worked_in, settlements)
        moved = rebase_all(outside, base, worked_in, settlements)
        lost = set(_lost(outside, moved, contested, text.document))
        too = (
            _beside(lost, whole.open, free - held)
            if lost
            else _at(_places_of(set(_displaced(outside, worked_in)), whole.open), free - held)
        )
        if not too:
            return Consensus(text, worked_in, outside, tuple(_waiting(moved)))
        held = _with_sequences(amendments, held | too)


def _waiting(moved: Iterable[Rebased]) -> Iterator[Amendment]:
    return (each.amendment for each in moved if each.amendment)


def _free(amendments: Iterable[Amendment], whole: Consolidation) -> set[Member]:
    """Return what is asked for and not settled."""
    settled = {each for cluster, _ in whole.settled for each in cluster.members}
    asked = (Member(one.id, each) for one in amendments for each in one.operations)
    return {each for each in asked if each not in settled}


def _lost(
    outside: Iterable[Amendment],
    moved: Sequence[Rebased],
    contested: Collection[Member],
    document: Document,
) -> Iterator[Member]:
    """Yield what nobody could choose any more on a text: it finds no place, or is contested no longer."""
    made = {
        member for taken in resolve(document, _waiting(moved), ()).taken for member in taken.members
    }
    for amendment, rebased in zip(outside, moved, strict=True):
        for each in rebased.operations:
            member = Member(amendment.id, each.operation)
            is_gone = each.mapped is None and each.status != Status.FULFILLED
            is_decided = each.mapped is None or Member(amendment.id, each.mapped) in made
            if is_gone or (is_decided and member in contested):
                yield member


def _displaced(outside: Iterable[Amendment], worked_in: Iterable[Amendment]) -> Iterator[Member]:
    """Yield what would stand elsewhere on a text, because the passage before it has left its place."""
    gone = {
        each.passage
        for amendment in worked_in
        for each in amendment.operations
        if isinstance(each, DeletePassage | MovePassage)
    }
    for amendment in outside:
        for each in amendment.operations:
            if isinstance(each, InsertPassage | MovePassage) and each.after in gone:
                yield Member(amendment.id, each)


def _beside(
    lost: set[Member], clusters: Iterable[Cluster], free: Collection[Member]
) -> set[Member]:
    """Return what has to wait too: what is at the same passages, or else belongs to the same amendments."""
    passages = _places_of(lost, clusters)
    theirs = {each.amendment for each in _together(lost, clusters)}
    of_theirs = {each for each in free if each.amendment in theirs}
    found = _at(passages, free) or of_theirs or set(free)
    if not found:
        raise InseparableError(passages)
    return found


def _at(passages: set[str | None], free: Iterable[Member]) -> set[Member]:
    return {each for each in free if not passages.isdisjoint(_places(each.operation))}


def _places_of(members: set[Member], clusters: Iterable[Cluster]) -> set[str | None]:
    """Return the passages that members have to do with, and whatever conflicts with them."""
    return {place for each in _together(members, clusters) for place in _places(each.operation)}


def _together(members: set[Member], clusters: Iterable[Cluster]) -> set[Member]:
    near = [each.members for each in clusters if not members.isdisjoint(each.members)]
    return members.union(*near)


def _places(operation: Operation) -> Iterator[str | None]:
    yield operation.passage
    if isinstance(operation, JoinPassages):
        yield operation.right
    elif isinstance(operation, InsertPassage | MovePassage):
        yield operation.after


def _with_sequences(amendments: Iterable[Amendment], held: Collection[Member]) -> set[Member]:
    """Add what an amendment places at one spot together with something that waits."""
    found = set(held)
    for amendment in amendments:
        placements = [
            each for each in amendment.operations if isinstance(each, InsertPassage | MovePassage)
        ]
        for sequence in sequences(placements).values() if placements else ():
            members = {Member(amendment.id, each) for each in sequence}
            if not members.isdisjoint(held):
                found |= members
    return found


def _parts(
    amendments: Iterable[Amendment], members: Collection[Member], *, is_in: bool
) -> Iterator[Amendment]:
    for amendment in amendments:
        operations = tuple(
            each
            for each in amendment.operations
            if (Member(amendment.id, each) in members) == is_in
        )
        if operations:
            yield replace(amendment, operations=operations)
