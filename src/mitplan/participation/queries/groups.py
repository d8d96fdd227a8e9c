"""Points that say nearly the same: suggested with the reason, and what persons said of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor

from django.core.cache import caches
from django.db.models import Count, Q, QuerySet, Sum

from mitplan.core.uptake.near import (
    ALIKE,
    CONTAINED,
    Comparison,
    Near,
    Statement,
    compare,
    near_pairs,
)
from mitplan.participation.models import Consultation, Point, PointGroup, PointPair
from mitplan.participation.queries.rounds import countable_points
from mitplan.plan.models import Entry

THRESHOLD = round(100 * ALIKE)
CONTAINED_THRESHOLD = round(100 * CONTAINED)
MOST_WORDS = 14
"""So many shared words are shown as the reason."""

INSERTING = Point.Proposal.INSERT_AFTER
IN_PLACE = (Point.Proposal.REWORD, Point.Proposal.DELETE)

Keys = tuple[int, int]


def points_to_group(consultation: Consultation) -> QuerySet[Point]:
    """Return the points of a round that are decided on: answers to questions are none."""
    return (
        countable_points()
        .filter(submission__consultation=consultation)
        .exclude(kind=Point.Kind.ANSWER)
    )


def near_points(consultation: Consultation) -> list[Near]:
    """Return all near-identical points of a round; as long as the points are the same they are kept."""
    points = points_to_group(consultation)
    facts = points.aggregate(count=Count("pk"), total=Sum("pk"))
    key = f"near:{consultation.pk}:{facts['count']}:{facts['total']}"
    cache = caches["pages"]
    found: list[Near] | None = cache.get(key)
    if found is None:
        found = near_pairs(_statements(points, consultation))
        cache.set(key, found)
    return found


def _statements(points: QuerySet[Point], consultation: Consultation) -> list[Statement]:
    rows = list(points.prefetch_related("further").only(*_READ).order_by("pk"))
    changed = {row.passage_id for row in rows if row.proposal in IN_PLACE}
    entries = Entry.objects.filter(edition=consultation.edition_id, passage__in=changed)
    wordings = dict(entries.values_list("passage_id", "wording__text"))
    return [_statement(row, wordings) for row in rows]


_READ = ("text", "proposal", "proposed_text", "passage_id", "target_id", "submission_id")


def _statement(point: Point, wordings: Mapping[int, str]) -> Statement:
    further = [
        f"{each.proposal} {each.passage_id} {each.proposed_text}" for each in point.further.all()
    ]
    text = " ".join([point.text, *further])
    place = f"t{point.passage_id}"
    if not point.proposal:
        return Statement(point.pk, text)
    if point.proposal in IN_PLACE:
        before = wordings.get(point.passage_id or 0, "")
        return Statement(point.pk, text, place, before, point.proposed_text)
    act = "" if point.proposal == INSERTING else f"{point.proposal} {point.target_id}"
    return Statement(point.pk, text, place, "", f"{act} {point.proposed_text}".strip())


def refused_pairs(consultation: Consultation) -> set[Keys]:
    """Return the pairs of which a person said that they are not the same, or contradict each other."""
    pairs = PointPair.objects.filter(first__submission__consultation=consultation)
    return set(pairs.values_list("first_id", "second_id"))


@dataclass(frozen=True, slots=True)
class Suggested:
    """Points that may be one group, and how near each is to another of them."""

    keys: tuple[int, ...]
    nearness: Mapping[int, Near]


def suggestions(consultation: Consultation) -> list[Suggested]:
    """Return what might be grouped: undecided points that no person has put together or kept apart."""
    open_points = points_to_group(consultation).filter(latest_decision__isnull=True)
    groups = dict(open_points.values_list("pk", "group_id"))
    refused = refused_pairs(consultation)
    fresh = [near for near in near_points(consultation) if _is_open(near, groups, refused)]
    return _clusters(fresh, refused)


def _is_open(near: Near, groups: Mapping[int, int | None], refused: set[Keys]) -> bool:
    pair = (near.first, near.second)
    if pair in refused or not groups.keys() >= set(pair):
        return False
    return groups[near.first] is None or groups[near.first] != groups[near.second]


def _clusters(pairs: Iterable[Near], refused: set[Keys]) -> list[Suggested]:
    """Put pairs together, the nearest first, unless that would bring a refused pair together."""
    cluster: dict[int, set[int]] = {}
    nearness: dict[int, Near] = {}
    for near in pairs:
        one = cluster.setdefault(near.first, {near.first})
        other = cluster.setdefault(near.second, {near.second})
        if one is other or _clash(one, other, refused):
            continue
        nearness.setdefault(near.second, near)
        nearness.setdefault(near.first, near)
        one |= other
        cluster.update(dict.fromkeys(other, one))
    distinct = {id(each): each for each in cluster.values() if len(each) > 1}
    return [
        Suggested(tuple(sorted(each)), {key: nearness[key] for key in each})
        for each in sorted(distinct.values(), key=lambda keys: (-len(keys), min(keys)))
    ]


def _clash(one: set[int], other: set[int], refused: set[Keys]) -> bool:
    return bool(refused) and any((min(a, b), max(a, b)) in refused for a in one for b in other)


@dataclass(frozen=True, slots=True)
class Member:
    """A point that may belong to a group, and why."""

    point: Point
    percent: int = 100
    is_contained: bool = False
    comparison: Comparison | None = None

    @property
    def shared(self) -> str:
        """The words it shares with the first one, as far as they are shown."""
        words = self.comparison.shared if self.comparison else ()
        return " ".join(words[:MOST_WORDS]) + (" …" if len(words) > MOST_WORDS else "")

    @property
    def different(self) -> str:
        """The words only one of the two has."""
        found = self.comparison
        words = (*found.only_first, *found.only_second) if found else ()
        return ", ".join(dict.fromkeys(words[:MOST_WORDS]))


def members_of(suggested: Sequence[Suggested]) -> list[list[Member]]:
    """Return the points of suggestions with the reasons, read at once."""
    keys = [key for each in suggested for key in each.keys]
    found = Point.objects.select_related("submission", "passage", "group").in_bulk(keys)
    return [_members(each, found) for each in suggested]


def _members(suggested: Suggested, found: Mapping[int, Point]) -> list[Member]:
    first, *others = suggested.keys
    lead = found[first]
    return [Member(lead), *(_member(found[key], lead, suggested.nearness[key]) for key in others)]


def _member(point: Point, lead: Point, near: Near) -> Member:
    words = compare(said_by(lead), said_by(point))
    return Member(point, floor(100 * near.share), near.is_contained, words)


def said_by(point: Point) -> str:
    """Return the words of a point that are compared."""
    return " ".join(filter(None, (point.text, point.proposed_text)))


def groups_of(consultation: Consultation) -> list[tuple[PointGroup, list[Point]]]:
    """Return the groups of a round with their points, the newest first."""
    rows = Point.objects.filter(group__consultation=consultation).select_related(
        "submission", "passage", "latest_decision"
    )
    points: defaultdict[int, list[Point]] = defaultdict(list)
    for row in rows.order_by("number"):
        points[row.group_id or 0].append(row)
    groups = consultation.point_groups.filter(pk__in=points).order_by("-pk")
    return [(group, points[group.pk]) for group in groups]


def grouped_with(point: Point) -> list[Point]:
    """Return the other points that are decided in one act with this one."""
    if point.group_id is None:
        return []
    others = countable_points().filter(group=point.group_id).exclude(pk=point.pk)
    return list(others.select_related("submission", "latest_decision").order_by("number"))


def contradictions_of(points: Iterable[Point]) -> list[PointPair]:
    """Return the contradictions in which any of these points stands with one that stands, too."""
    keys = [point.pk for point in points]
    pairs = _contradictions().filter(Q(first__in=keys) | Q(second__in=keys))
    return [pair for pair in pairs if _stands(pair.first) and _stands(pair.second)]


def contradictions_in(consultation: Consultation) -> list[PointPair]:
    """Return the pairs of a round of which a person said that they contradict each other."""
    pairs = _contradictions().filter(first__submission__consultation=consultation)
    return [pair for pair in pairs if _stands(pair.first) and _stands(pair.second)]


def _contradictions() -> QuerySet[PointPair]:
    related = [
        f"{side}__{path}"
        for side in ("first", "second")
        for path in ("submission", "latest_decision")
    ]
    pairs = PointPair.objects.filter(relation=PointPair.Relation.CONTRADICTING)
    return pairs.select_related(*related).order_by("pk")


def _stands(point: Point) -> bool:
    return point.withdrawn_at is None and point.replaced_at is None


def contradiction(pk: int) -> PointPair | None:
    """Return one contradiction."""
    return _contradictions().filter(pk=pk).first()


@dataclass(frozen=True, slots=True)
class Unequal:
    """Two near-identical points that were decided differently."""

    first: Point
    second: Point
    percent: int


def unequal_answers(consultation: Consultation) -> list[Unequal]:
    """Return near-identical points with different outcomes that nobody declared to be different."""
    decided = points_to_group(consultation).filter(latest_decision__isnull=False)
    outcomes = dict(decided.values_list("pk", "latest_decision__outcome"))
    refused = refused_pairs(consultation)
    odd = [
        near
        for near in near_points(consultation)
        if outcomes.keys() >= {near.first, near.second}
        and outcomes[near.first] != outcomes[near.second]
        and (near.first, near.second) not in refused
    ]
    keys = {key for near in odd for key in (near.first, near.second)}
    found = Point.objects.select_related("submission", "latest_decision").in_bulk(keys)
    return [Unequal(found[near.first], found[near.second], floor(100 * near.share)) for near in odd]
