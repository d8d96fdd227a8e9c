"""Consolidation: the text that follows from a set of accepted amendments and settlements."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from mitplan.core.text.amendments import Amendment
from mitplan.core.text.cautions import (
    Caution,
    Touch,
    dangling_references,
    lost_anchors,
    lost_footnotes,
    same_sentence,
    spanned_split,
)
from mitplan.core.text.changes import ChangeKind, PassageChange, changes_of
from mitplan.core.text.conflicts import Cluster
from mitplan.core.text.numbering import list_starts, renumber
from mitplan.core.text.operations import Operation, SplitPassage, TextHunk
from mitplan.core.text.outcome import Outcome, Taken
from mitplan.core.text.passages import Document, Passage
from mitplan.core.text.placement import Slot
from mitplan.core.text.resolution import resolve
from mitplan.core.text.runs import Runs, expand, uniform
from mitplan.core.text.settlements import Choice, Settlement
from mitplan.core.text.strands import reworded, rewording_of, warps_of
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
    written = tuple(passage for passage, _ in woven.values())
    document = renumber(written, list_starts(base))
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
        tuple(changes_of(outcome, slots, document)),
        tuple(_cautions(outcome, document)),
    )


def _wordings(
    outcome: Outcome, runs: Mapping[str, Runs], slots: Iterable[Slot]
) -> Iterator[tuple[str, tuple[Passage, Runs]]]:
    for slot in slots:
        if not slot.is_filled:
            continue
        passage = outcome.passage(slot.passage)
        if passage.id in outcome.insertions:
            origin = outcome.insertions[passage.id].origins[0]
            yield passage.id, (passage, uniform(len(tokenize(passage.text)), origin))
        elif passage.id in outcome.base and not outcome.boundaries.has_new_borders(passage.id):
            yield passage.id, _reworded(outcome, runs, passage)
        else:
            text, new_runs = weave(warps_of(outcome, passage.id, partial(_origins, outcome, runs)))
            yield passage.id, (replace(passage, text=text), new_runs)


def _reworded(outcome: Outcome, runs: Mapping[str, Runs], passage: Passage) -> tuple[Passage, Runs]:
    if not outcome.has_new_words(passage.id):
        return passage, _runs_of(runs, passage.id)
    _require_fitting(outcome, runs, passage.id)
    text, new_runs = reworded(passage.text, runs[passage.id], rewording_of(outcome, passage.id))
    return replace(passage, text=text), new_runs


def _runs_of(runs: Mapping[str, Runs], passage: str) -> Runs:
    if passage not in runs:
        message = f"passage {passage!r} of the base has no origins"
        raise ValueError(message)
    return runs[passage]


def _origins(outcome: Outcome, runs: Mapping[str, Runs], passage: str) -> list[int]:
    _require_fitting(outcome, runs, passage)
    return expand(runs[passage])


def _require_fitting(outcome: Outcome, runs: Mapping[str, Runs], passage: str) -> None:
    tokens = len(outcome.base.tokens(passage))
    origins = sum(run.count for run in _runs_of(runs, passage))
    if origins != tokens:
        message = f"passage {passage!r} has {tokens} tokens, but {origins} origins"
        raise ValueError(message)


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


def _cautions(outcome: Outcome, document: Document) -> Iterator[Caution]:
    for passage in sorted(outcome.texts, key=outcome.base.place.__getitem__):
        group = outcome.texts[passage]
        if len(group) > 1:
            yield from same_sentence(passage, outcome.base.tokens(passage), _touches(group))
    yield from _spanned_splits(outcome)
    deleted = {passage: taken.amendments for passage, taken in outcome.deletions.items()}
    moved = {passage: taken.amendments for passage, taken in outcome.moves.items()}
    placed = [
        (taken.pick.variant.operation.passage, spot, taken.amendments)
        for spot, group in outcome.placed.items()
        for taken in group
    ]
    yield from lost_anchors(placed, deleted, moved)
    joined = {passage: taken.amendments for passage, taken in outcome.joins.items()}
    yield from dangling_references(document, deleted | joined)
    yield from lost_footnotes(outcome.base.document, document, deleted)


def _spanned_splits(outcome: Outcome) -> Iterator[Caution]:
    for taken in outcome.splits.values():
        split = taken.pick.variant.operation
        if isinstance(split, SplitPassage):
            touches = _touches(outcome.texts.get(split.passage, ()))
            yield from spanned_split(
                split.passage, Touch(split.at, split.at, taken.amendments), touches
            )


def _touches(group: Iterable[Taken]) -> list[Touch]:
    return [
        Touch(hunk.start, hunk.end, taken.amendments)
        for taken in group
        if isinstance(hunk := taken.pick.variant.operation, TextHunk)
    ]
