"""Conflicts: which changes of different amendments cannot both be made."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import combinations, pairwise

from mitplan.core.text.amendments import Amendment
from mitplan.core.text.base import Base
from mitplan.core.text.operation_json import operation_to_json
from mitplan.core.text.operations import DeletePassage, InsertPassage, TextHunk
from mitplan.core.text.parents import parents
from mitplan.core.text.passages import Document
from mitplan.core.text.relations import Relation, hunk_relation, relation
from mitplan.core.text.variants import Member, Variant, Variants, collect, placements_of

__all__ = [
    "Cluster",
    "Conflict",
    "Member",
    "Region",
    "Relation",
    "cluster_variants",
    "find_conflicts",
    "relation",
]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two amendments that cannot both have their way."""

    left: int
    right: int
    relation: Relation


@dataclass(frozen=True, slots=True)
class Region:
    """The tokens [start, end) of a passage that a cluster is about."""

    passage: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """Changes that hang together by conflicts; a person has to settle them.

    The key changes with every member and with the wording they touch. `passages` are those of the base where
    the cluster is to be shown.
    """

    key: str
    members: tuple[Member, ...]
    conflicts: tuple[Conflict, ...]
    passages: tuple[str, ...]
    regions: tuple[Region, ...]
    variants: tuple[Variant, ...] = field(compare=False, repr=False)

    @property
    def amendments(self) -> tuple[int, ...]:
        """The numbers of the amendments, lowest first."""
        return tuple(sorted({member.amendment for member in self.members}))

    @property
    def relations(self) -> tuple[Relation, ...]:
        """The kinds of conflict, each once."""
        return tuple(sorted({conflict.relation for conflict in self.conflicts}))


def find_conflicts(base: Document, amendments: Iterable[Amendment]) -> tuple[Cluster, ...]:
    """Return the clusters of changes that do not commute, in reading order."""
    in_order = sorted(amendments, key=lambda amendment: amendment.id)
    return cluster_variants(Base(base), collect(in_order))


def cluster_variants(base: Base, variants: Variants) -> tuple[Cluster, ...]:
    """Do the same for variants that are gathered already."""
    graph = _Graph()
    _meet_in_texts(graph, variants)
    _meet_in_settings(graph, variants)
    _meet_at_spots(graph, variants)
    moves = variants.moves()
    _meet_in_moves(graph, moves)
    _meet_deletions(graph, variants, moves)
    _meet_deleted_parents(graph, base, variants)
    _tie_followers(graph, variants)
    place = {id(variant): number for number, variant in enumerate(variants)}
    clusters = [_cluster(base, *component, place) for component in graph.components()]
    return tuple(sorted(clusters, key=lambda cluster: _reading_place(base, cluster)))


class _Graph:
    """Variants and their conflicts; finds what hangs together."""

    def __init__(self) -> None:
        self._conflicts: list[tuple[Variant, Variant, Relation]] = []
        self._leader: dict[Variant, Variant] = {}

    def add(self, left: Variant, right: Variant, kind: Relation) -> None:
        self._conflicts.append((left, right, kind))
        self.tie(left, right)

    def tie(self, left: Variant, right: Variant) -> None:
        self._leader[self._find(left)] = self._find(right)

    def _find(self, variant: Variant) -> Variant:
        leader = self._leader.setdefault(variant, variant)
        while leader is not variant:
            self._leader[variant] = self._leader[leader]
            variant, leader = leader, self._leader[leader]
        return leader

    def is_contested(self, variant: Variant) -> bool:
        return variant in self._leader

    def components(
        self,
    ) -> Iterator[tuple[list[Variant], list[tuple[Variant, Variant, Relation]]]]:
        variants: defaultdict[Variant, list[Variant]] = defaultdict(list)
        conflicts: defaultdict[Variant, list[tuple[Variant, Variant, Relation]]]
        conflicts = defaultdict(list)
        for variant in list(self._leader):
            variants[self._find(variant)].append(variant)
        for conflict in self._conflicts:
            conflicts[self._find(conflict[0])].append(conflict)
        for leader, group in variants.items():
            yield group, conflicts[leader]


def _meet_in_texts(graph: _Graph, variants: Variants) -> None:
    """Sweep each passage once, keeping the ranges that are still open."""
    for group in variants.texts.values():
        is_open: list[tuple[TextHunk, Variant]] = []
        for hunk, variant in _by_start(group) if len(group) > 1 else ():
            is_open = [
                each for each in is_open if each[0].end > hunk.start or each[0].start == hunk.start
            ]
            for other, rival in is_open:
                kind = hunk_relation(other, hunk)
                if kind.is_conflict:
                    graph.add(rival, variant, kind)
            is_open.append((hunk, variant))


def _by_start(group: Sequence[Variant]) -> list[tuple[TextHunk, Variant]]:
    pairs = [(each.operation, each) for each in group if isinstance(each.operation, TextHunk)]
    return sorted(pairs, key=lambda pair: (pair[0].start, pair[0].end))


def _meet_in_settings(graph: _Graph, variants: Variants) -> None:
    for group in variants.settings.values():
        for left, right in combinations(group, 2):
            graph.add(left, right, Relation.FIELD)


def _meet_at_spots(graph: _Graph, variants: Variants) -> None:
    """Two different sequences at one spot need an order; each is settled as a whole."""
    for rivals in variants.sequences.values():
        if len(rivals) == 1:
            continue
        for sequence in rivals:
            for variant in sequence[1:]:
                graph.tie(sequence[0], variant)
        for left, right in combinations(rivals, 2):
            graph.add(left[0], right[0], Relation.ORDER)


def _meet_in_moves(graph: _Graph, moves: dict[str, list[Variant]]) -> None:
    for passage, group in moves.items():
        for left, right in combinations(group, 2):
            if left.spot != right.spot:
                graph.add(left, right, Relation.TARGET)
        for variant in group:
            anchor = variant.spot
            for other in moves.get(anchor, ()) if anchor is not None and passage < anchor else ():
                if other.spot == passage:
                    graph.add(variant, other, Relation.CYCLE)


def _meet_deletions(graph: _Graph, variants: Variants, moves: dict[str, list[Variant]]) -> None:
    settings: defaultdict[str, list[Variant]] = defaultdict(list)
    for (passage, _), group in variants.settings.items() if variants.deletions else ():
        settings[passage] += group
    for passage, deletion in variants.deletions.items():
        for rivals in (variants.texts, moves, settings):
            for variant in rivals.get(passage, ()):
                graph.add(deletion, variant, Relation.DELETED)


def _meet_deleted_parents(graph: _Graph, base: Base, variants: Variants) -> None:
    """Nothing may be placed under a heading or list item that somebody else deletes.

    Where the same amendments ask for both, they know what they do.
    """
    if not variants.deletions:
        return
    for spot, rivals in variants.sequences.items():
        for sequence in rivals:
            for index, parent in parents(base, spot, placements_of(sequence)):
                deletion = variants.deletions.get(parent)
                if deletion is not None and deletion.amendments != sequence[index].amendments:
                    graph.add(deletion, sequence[index], Relation.DELETED)


def _tie_followers(graph: _Graph, variants: Variants) -> None:
    """What stands behind a contested passage of its own sequence, perhaps under it, waits with it."""
    for rivals in variants.sequences.values():
        for sequence in rivals:
            for leader, follower in pairwise(sequence):
                if graph.is_contested(leader):
                    graph.tie(leader, follower)


def _cluster(
    base: Base,
    variants: list[Variant],
    conflicts: list[tuple[Variant, Variant, Relation]],
    place: dict[int, int],
) -> Cluster:
    variants = sorted(variants, key=lambda variant: place[id(variant)])
    members = {_stored(member): member for variant in variants for member in variant.members}
    shown_at = {_shown_at(base, variant) for variant in variants}
    passages = tuple(sorted(shown_at & base.place.keys(), key=base.place.__getitem__))
    return Cluster(
        _key(base, sorted(members), passages),
        tuple(members[stored] for stored in sorted(members)),
        tuple(_between_amendments(conflicts)),
        passages,
        tuple(_regions(base, variants)),
        tuple(variants),
    )


def _stored(member: Member) -> tuple[int, str]:
    return member.amendment, json.dumps(operation_to_json(member.operation), sort_keys=True)


def _key(base: Base, members: list[tuple[int, str]], passages: Sequence[str]) -> str:
    wordings = [base.passage(passage).text for passage in passages]
    return sha256(json.dumps([members, wordings]).encode()).hexdigest()[:16]


def _shown_at(base: Base, variant: Variant) -> str:
    if isinstance(variant.operation, InsertPassage):
        return variant.spot or next(iter(base.ids), "")
    return variant.operation.passage


def _between_amendments(
    conflicts: Iterable[tuple[Variant, Variant, Relation]],
) -> list[Conflict]:
    pairs = {
        (min(one, other), max(one, other), kind)
        for left, right, kind in conflicts
        for one in left.amendments
        for other in right.amendments
        if one != other
    }
    return [Conflict(*pair) for pair in sorted(pairs)]


def _regions(base: Base, variants: Iterable[Variant]) -> Iterator[Region]:
    """Return the contested stretch of each passage; all of it where somebody deletes the passage."""
    spans: dict[str, tuple[int, int]] = {}
    for operation in (variant.operation for variant in variants):
        if isinstance(operation, DeletePassage):
            span = (0, len(base.tokens(operation.passage)))
        elif isinstance(operation, TextHunk):
            span = (operation.start, operation.end)
        else:
            continue
        start, end = spans.get(operation.passage, span)
        spans[operation.passage] = (min(start, span[0]), max(end, span[1]))
    for passage, (start, end) in sorted(spans.items(), key=lambda item: base.place[item[0]]):
        yield Region(passage, start, end)


def _reading_place(base: Base, cluster: Cluster) -> tuple[int, int, str]:
    place = base.place[cluster.passages[0]] if cluster.passages else -1
    start = cluster.regions[0].start if cluster.regions else -1
    return place, start, cluster.key
