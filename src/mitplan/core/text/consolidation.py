"""Consolidation: the text that follows from a set of accepted amendments and settlements."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from mitplan.core.text.amendments import Amendment
from mitplan.core.text.cautions import (
    Caution,
    Touch,
    dangling_references,
    lost_anchors,
    same_sentence,
)
from mitplan.core.text.conflicts import Cluster
from mitplan.core.text.operations import Operation, TextHunk
from mitplan.core.text.outcome import Outcome, Taken, resolve
from mitplan.core.text.passages import Document, Passage
from mitplan.core.text.placement import Slot
from mitplan.core.text.runs import Runs, expand, uniform
from mitplan.core.text.settlements import Choice, Settlement
from mitplan.core.text.strands import strands_of
from mitplan.core.text.tokens import tokenize
from mitplan.core.text.weaving import weave

__all__ = [
    "Agreement",
    "ChangeKind",
    "Choice",
    "Consolidation",
    "LeftOut",
    "PassageChange",
    "Reason",
    "Settlement",
    "consolidate",
]


class ChangeKind(StrEnum):
    """What happened to a passage."""

    INSERTED = "inserted"
    DELETED = "deleted"
    CHANGED = "changed"
    MOVED = "moved"
    FIELDS = "fields"


@dataclass(frozen=True, slots=True)
class PassageChange:
    """One thing that happened to a passage, with the origins of all who asked for it."""

    passage: str
    kind: ChangeKind
    old: Passage | None
    new: Passage | None
    origins: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """An operation that several amendments ask for in the same words; the first is its origin."""

    operation: Operation
    amendments: tuple[int, ...]


class Reason(StrEnum):
    """Why an operation is not in the text."""

    OPEN = "open"
    NOT_CHOSEN = "not_chosen"
    KEPT_BASE = "kept_base"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An operation that is not in the text, and the cluster that decided so."""

    amendment: int
    operation: Operation
    reason: Reason
    cluster: str


@dataclass(frozen=True, slots=True)
class Consolidation:
    """The new text, where each word comes from, and what became of every operation."""

    document: Document
    runs: dict[str, Runs]
    open: tuple[Cluster, ...]
    settled: tuple[tuple[Cluster, Settlement], ...]
    stale: tuple[Settlement, ...]
    applied: dict[int, tuple[Operation, ...]]
    agreed: tuple[Agreement, ...]
    left_out: tuple[LeftOut, ...]
    changes: tuple[PassageChange, ...]
    warnings: tuple[Caution, ...]


def consolidate(
    base: Document,
    runs: Mapping[str, Runs],
    amendments: Iterable[Amendment],
    settlements: Iterable[Settlement] = (),
) -> Consolidation:
    """Write the text that follows from a set of amendments; their order never matters.

    Contested places keep the base text until their cluster is settled. `runs` has the origins of every
    passage of the base.
    """
    amendments = tuple(amendments)
    outcome = resolve(base, amendments, settlements)
    slots = outcome.slots()
    woven = dict(_wordings(outcome, runs, slots))
    document = tuple(passage for passage, _ in woven.values())
    verdict = outcome.verdict
    return Consolidation(
        document,
        {passage: its_runs for passage, (_, its_runs) in woven.items()},
        tuple(verdict.open),
        tuple(verdict.settled),
        tuple(verdict.stale),
        _applied(outcome, amendments),
        tuple(_agreements(outcome)),
        tuple(_left_out(outcome)),
        tuple(_changes(outcome, slots, woven)),
        tuple(_cautions(outcome, document)),
    )


def _wordings(
    outcome: Outcome, runs: Mapping[str, Runs], slots: Iterable[Slot]
) -> Iterator[tuple[str, tuple[Passage, Runs]]]:
    for slot in slots:
        if not slot.is_filled:
            continue
        passage = outcome.passage(slot.passage)
        if slot.passage in outcome.insertions:
            origin = outcome.insertions[slot.passage].origins[0]
            yield passage.id, (passage, uniform(len(tokenize(passage.text)), origin))
        elif slot.passage in outcome.texts or slot.passage in outcome.own_words:
            text, new_runs = _woven(outcome, slot.passage, _runs_of(runs, slot.passage))
            yield passage.id, (replace(passage, text=text), new_runs)
        else:
            yield passage.id, (passage, _runs_of(runs, slot.passage))


def _runs_of(runs: Mapping[str, Runs], passage: str) -> Runs:
    if passage not in runs:
        message = f"passage {passage!r} of the base has no origins"
        raise ValueError(message)
    return runs[passage]


def _woven(outcome: Outcome, passage: str, runs: Runs) -> tuple[str, Runs]:
    tokens = outcome.base.tokens(passage)
    origins = expand(runs)
    if len(origins) != len(tokens):
        message = f"passage {passage!r} has {len(tokens)} tokens, but {len(origins)} origins"
        raise ValueError(message)
    return weave(tokens, origins, strands_of(outcome, passage, origins))


def _applied(outcome: Outcome, amendments: Iterable[Amendment]) -> dict[int, tuple[Operation, ...]]:
    taken = {
        (member.amendment, member.operation) for each in outcome.taken for member in each.members
    }
    applied = {
        amendment.id: tuple(each for each in amendment.operations if (amendment.id, each) in taken)
        for amendment in sorted(amendments, key=lambda amendment: amendment.id)
    }
    return {number: operations for number, operations in applied.items() if operations}


def _agreements(outcome: Outcome) -> Iterator[Agreement]:
    for taken in outcome.taken:
        if len(taken.amendments) > 1:
            yield Agreement(taken.pick.variant.operation, taken.amendments)


def _left_out(outcome: Outcome) -> Iterator[LeftOut]:
    taken = {id(each.pick.variant) for each in outcome.taken}
    for cluster in outcome.verdict.open:
        for member in cluster.members:
            yield LeftOut(member.amendment, member.operation, Reason.OPEN, cluster.key)
    for cluster, settlement in outcome.verdict.settled:
        reason = _REASONS.get(settlement.choice, Reason.NOT_CHOSEN)
        for variant in cluster.variants:
            for member in variant.members if id(variant) not in taken else ():
                yield LeftOut(member.amendment, member.operation, reason, cluster.key)


_REASONS = {Choice.KEEP_BASE: Reason.KEPT_BASE, Choice.CUSTOM: Reason.REWORDED}


def _changes(
    outcome: Outcome, slots: Iterable[Slot], woven: Mapping[str, tuple[Passage, Runs]]
) -> Iterator[PassageChange]:
    for slot in slots:
        passage = slot.passage
        if not slot.is_filled:
            if passage in outcome.deletions:
                old = outcome.base.passage(passage)
                origins = outcome.deletions[passage].origins
                yield PassageChange(passage, ChangeKind.DELETED, old, None, origins)
            continue
        new = woven[passage][0]
        if passage in outcome.insertions:
            origins = outcome.insertions[passage].origins
            yield PassageChange(passage, ChangeKind.INSERTED, None, new, origins)
        else:
            yield from _changes_of_old(outcome, outcome.base.passage(passage), new)


def _changes_of_old(outcome: Outcome, old: Passage, new: Passage) -> Iterator[PassageChange]:
    if old.text != new.text:
        asked = [origin for taken in _in_text_order(outcome, old.id) for origin in taken.origins]
        asked += [each.origin for each in outcome.own_words.get(old.id, ())]
        origins = tuple(dict.fromkeys(asked))
        yield PassageChange(old.id, ChangeKind.CHANGED, old, new, origins)
    if old.id in outcome.moves:
        origins = outcome.moves[old.id].origins
        yield PassageChange(old.id, ChangeKind.MOVED, old, new, origins)
    if (old.kind, old.level, old.fields) != (new.kind, new.level, new.fields):
        asked = [origin for taken in outcome.settings[old.id] for origin in taken.origins]
        yield PassageChange(old.id, ChangeKind.FIELDS, old, new, tuple(dict.fromkeys(asked)))


def _in_text_order(outcome: Outcome, passage: str) -> list[Taken]:
    return sorted(outcome.texts.get(passage, ()), key=_text_key)


def _text_key(taken: Taken) -> tuple[int, int, int]:
    hunk = taken.pick.variant.operation
    at = (hunk.start, hunk.end) if isinstance(hunk, TextHunk) else (0, 0)
    return *at, taken.pick.rank


def _cautions(outcome: Outcome, document: Document) -> Iterator[Caution]:
    for passage in sorted(outcome.texts, key=outcome.base.place.__getitem__):
        group = outcome.texts[passage]
        if len(group) > 1:
            yield from same_sentence(passage, outcome.base.tokens(passage), _touches(group))
    deleted = {passage: taken.amendments for passage, taken in outcome.deletions.items()}
    moved = {passage: taken.amendments for passage, taken in outcome.moves.items()}
    placed = [
        (taken.pick.variant.operation.passage, spot, taken.amendments)
        for spot, group in outcome.placed.items()
        for taken in group
    ]
    yield from lost_anchors(placed, deleted, moved)
    yield from dangling_references(document, deleted)


def _touches(group: Iterable[Taken]) -> list[Touch]:
    return [
        Touch(hunk.start, hunk.end, taken.amendments)
        for taken in group
        if isinstance(hunk := taken.pick.variant.operation, TextHunk)
    ]
