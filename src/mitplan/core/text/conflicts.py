"""Conflicts: which changes of different amendments cannot both be made."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

from mitplan.core.text.amendments import Amendment
from mitplan.core.text.base import Base, base_of
from mitplan.core.text.meetings import Graph, Meeting, meetings
from mitplan.core.text.operation_json import operation_to_json
from mitplan.core.text.operations import DeletePassage, InsertPassage, JoinPassages, TextHunk
from mitplan.core.text.passages import Document
from mitplan.core.text.relations import Relation, relation
from mitplan.core.text.variants import Member, Variant, Variants, collect

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
    return gathered(base_of(base), tuple(in_order))[1]


@lru_cache(maxsize=4)
def gathered(base: Base, in_order: tuple[Amendment, ...]) -> tuple[Variants, tuple[Cluster, ...]]:
    """Return the variants of amendments in the order of their numbers, and the clusters among them.

    The latest are kept: a set stays the same while its conflicts are looked at and settled.
    """
    variants = collect(in_order)
    return variants, cluster_variants(base, variants)


def cluster_variants(base: Base, variants: Variants) -> tuple[Cluster, ...]:
    """Do the same for variants that are gathered already."""
    graph = meetings(base, variants)
    while _tie_overlapping(graph, base) or _tie_enclosed(graph, base, variants):
        pass
    place = {id(variant): number for number, variant in enumerate(variants)}
    clusters = [_cluster(base, *component, place) for component in graph.components()]
    return tuple(sorted(clusters, key=lambda cluster: _reading_place(base, cluster)))


def _tie_overlapping(graph: Graph, base: Base) -> bool:
    """Make one of clusters that are about the same words; tell whether there were any.

    Two deletions may overlap without a conflict, while each is part of one. Settled apart, the words would be written
    twice.
    """
    by_passage: defaultdict[str, list[tuple[int, int, Variant]]] = defaultdict(list)
    for variants, _ in graph.components():
        for region in _regions(base, variants):
            by_passage[region.passage].append((region.start, region.end, variants[0]))
    overlapping = [
        pair for group in by_passage.values() for pair in _overlapping(sorted(group, key=_span))
    ]
    for left, right in overlapping:
        graph.tie(left, right)
    return bool(overlapping)


def _tie_enclosed(graph: Graph, base: Base, variants: Variants) -> bool:
    """Tie to a cluster what stands between its words; own words for all of them would pass over it."""
    enclosed = [
        (members[0], variant)
        for members, _ in list(graph.components())
        for region in _regions(base, members)
        for variant in variants.texts.get(region.passage, ())
        if not graph.is_contested(variant) and _is_between(variant, region, members)
    ]
    for member, variant in enclosed:
        graph.tie(member, variant)
    return bool(enclosed)


def _is_between(variant: Variant, region: Region, members: Iterable[Variant]) -> bool:
    """Tell whether a change of words lies inside a region and shares no word with what is contested there."""
    hunk = variant.operation
    if not isinstance(hunk, TextHunk) or hunk.end > region.end or hunk.start < region.start:
        return False
    if hunk.is_insertion and hunk.start in {region.start, region.end}:
        return False
    others = (each.operation for each in members if isinstance(each.operation, TextHunk))
    return not any(
        each.passage == hunk.passage and max(each.start, hunk.start) < min(each.end, hunk.end)
        for each in others
    )


def _span(region: tuple[int, int, Variant]) -> tuple[int, int]:
    return region[:2]


def _overlapping(regions: Iterable[tuple[int, int, Variant]]) -> Iterator[tuple[Variant, Variant]]:
    """Yield neighbours in the order of the text that share words, or one of which stands inside the other."""
    last: tuple[int, int, Variant] | None = None
    for region in regions:
        if last is not None and region[0] < last[1]:
            yield last[2], region[2]
        if last is None or region[1] > last[1]:
            last = region


def _cluster(
    base: Base,
    variants: list[Variant],
    conflicts: list[Meeting],
    place: dict[int, int],
) -> Cluster:
    variants = sorted(variants, key=lambda variant: place[id(variant)])
    members = {_stored(member): member for variant in variants for member in variant.members}
    shown_at = {passage for variant in variants for passage in _shown_at(base, variant)}
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


def _shown_at(base: Base, variant: Variant) -> tuple[str, ...]:
    match variant.operation:
        case InsertPassage():
            return (variant.spot or next(iter(base.ids), ""),)
        case JoinPassages(left, right):
            return left, right
        case operation:
            return (operation.passage,)


def _between_amendments(
    conflicts: Iterable[Meeting],
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
