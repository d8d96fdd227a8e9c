"""Settlements: how a person settled a cluster, and what follows for the text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from mitplan.core.text.conflicts import Cluster, Region
from mitplan.core.text.operations import InsertPassage, SetField
from mitplan.core.text.relations import Relation
from mitplan.core.text.tokens import normalise
from mitplan.core.text.variants import Variant


class Choice(StrEnum):
    """The ways to settle a cluster."""

    KEEP_BASE = "keep_base"
    CHOOSE = "choose"
    ORDER = "order"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a person decided about the cluster with this key.

    `amendments` are those chosen or their order; `texts` are own words for contested places, each with the key
    of its place (or with "" where only one is contested), attributed to `origin`.
    """

    cluster: str
    choice: Choice
    amendments: tuple[int, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    origin: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a settlement can have own words: a region of the base, or a new passage or field by its variant."""

    key: str
    region: Region | None = None
    variant: Variant | None = None


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A region of a passage and the words a settlement puts there."""

    region: Region
    text: str
    origin: int


@dataclass(frozen=True, slots=True)
class Pick:
    """A variant that goes into the text; rank orders it among others at its place.

    `origin` is set where a settlement worded it.
    """

    variant: Variant
    rank: int = 0
    origin: int | None = None


@dataclass(slots=True)
class Verdict:
    """What all settlements together mean."""

    picks: list[Pick] = field(default_factory=list)
    own_words: list[OwnWords] = field(default_factory=list)
    open: list[Cluster] = field(default_factory=list)
    settled: list[tuple[Cluster, Settlement]] = field(default_factory=list)
    stale: list[Settlement] = field(default_factory=list)


def check_settlement(cluster: Cluster, settlement: Settlement) -> None:
    """Raise ValueError with a sentence when a settlement does not settle its cluster."""
    _apply(Verdict(), cluster, settlement)


def settle(clusters: Iterable[Cluster], settlements: Iterable[Settlement]) -> Verdict:
    """Apply each settlement to its cluster; what has no cluster is stale, what has none is open."""
    verdict = Verdict()
    by_key: dict[str, Settlement] = {}
    for settlement in settlements:
        if by_key.setdefault(settlement.cluster, settlement) != settlement:
            message = f"cluster {settlement.cluster!r} is settled in two ways"
            raise ValueError(message)
    for cluster in clusters:
        found = by_key.pop(cluster.key, None)
        if found is None:
            verdict.open.append(cluster)
        else:
            _apply(verdict, cluster, found)
            verdict.settled.append((cluster, found))
    verdict.stale = [by_key[key] for key in sorted(by_key)]
    return verdict


def _apply(verdict: Verdict, cluster: Cluster, settlement: Settlement) -> None:
    unknown = set(settlement.amendments) - set(cluster.amendments)
    if unknown:
        message = f"amendment {min(unknown)} is not part of cluster {cluster.key!r}"
        raise ValueError(message)
    match settlement.choice:
        case Choice.CHOOSE:
            _require_compatible(cluster, settlement, allowed=frozenset())
            verdict.picks += [Pick(variant) for variant, _ in _named(cluster, settlement)]
        case Choice.ORDER:
            _require_compatible(cluster, settlement, allowed=frozenset({Relation.ORDER}))
            verdict.picks += [Pick(variant, rank) for variant, rank in _named(cluster, settlement)]
        case Choice.CUSTOM:
            _apply_own_words(verdict, cluster, settlement)


def _require_compatible(
    cluster: Cluster, settlement: Settlement, *, allowed: frozenset[Relation]
) -> None:
    named = set(settlement.amendments)
    if not named:
        message = f"the settlement of cluster {cluster.key!r} names no amendment"
        raise ValueError(message)
    for conflict in cluster.conflicts:
        if {conflict.left, conflict.right} <= named and conflict.relation not in allowed:
            message = f"amendments {conflict.left} and {conflict.right} exclude each other"
            raise ValueError(message)


def _named(cluster: Cluster, settlement: Settlement) -> Iterator[tuple[Variant, int]]:
    rank = {amendment: number for number, amendment in enumerate(settlement.amendments)}
    for variant in cluster.variants:
        ranks = [rank[each] for each in variant.amendments if each in rank]
        if ranks:
            yield variant, min(ranks)


def places_of(cluster: Cluster) -> tuple[Place, ...]:
    """Return the places of a cluster that can have own words; where passages only go elsewhere there are none.

    What several amendments would place at one spot is one place.
    """
    found = {each.passage: Place(each.passage, region=each) for each in cluster.regions}
    spots: set[str | None] = set()
    for variant in cluster.variants:
        operation = variant.operation
        if isinstance(operation, InsertPassage) and variant.spot not in spots:
            spots.add(variant.spot)
            found[operation.id] = Place(operation.id, variant=variant)
        elif isinstance(operation, SetField):
            key = f"{operation.passage}.{operation.name}"
            found.setdefault(key, Place(key, variant=variant))
    return tuple(found.values())


def _apply_own_words(verdict: Verdict, cluster: Cluster, settlement: Settlement) -> None:
    if settlement.origin is None:
        message = f"the own words for cluster {cluster.key!r} need an origin"
        raise ValueError(message)
    for place, text in _worded(cluster, settlement):
        if place.region is not None:
            verdict.own_words.append(OwnWords(place.region, text, settlement.origin))
        elif place.variant is not None and text:
            verdict.picks.append(Pick(_reworded(place.variant, text), origin=settlement.origin))


def _worded(cluster: Cluster, settlement: Settlement) -> Iterator[tuple[Place, str]]:
    """Yield the places that have own words; those left out keep the base."""
    places = {place.key: place for place in places_of(cluster)}
    if not places or not settlement.texts:
        message = f"own words do not settle cluster {cluster.key!r}"
        raise ValueError(message)
    only = next(iter(places)) if len(places) == 1 else ""
    for key, text in settlement.texts:
        if (key or only) not in places:
            message = f"say which place of cluster {cluster.key!r} the own words are for"
            raise ValueError(message)
        yield places[key or only], normalise(text)


def _reworded(variant: Variant, text: str) -> Variant:
    """Return a new passage or a field with other words."""
    operation = variant.operation
    if isinstance(operation, InsertPassage):
        return Variant(replace(operation, text=text), variant.spot, variant.index)
    if isinstance(operation, SetField):
        return Variant(replace(operation, value=text))
    message = f"{operation} has no words"
    raise TypeError(message)
