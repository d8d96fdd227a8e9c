"""How contradictions that a point was part of were settled on the way to a public edition."""

from collections.abc import Iterator
from dataclasses import dataclass

from mitplan.core.text.conflicts import find_conflicts
from mitplan.participation.models import Point
from mitplan.plan.models import Acceptance, Edition, Settlement
from mitplan.plan.queries import accepted_on, document_of


@dataclass(frozen=True, slots=True)
class Settled:
    """A settlement, and the edition in which it took effect."""

    settlement: Settlement
    edition: Edition


def settlements_of(point: Point) -> list[Settled]:
    """Return the settlements of contradictions between a point's words and those of others."""
    if point.origin_id is None:
        return []
    accepted = Acceptance.objects.standing().filter(origin=point.origin_id)
    mine = set(accepted.values_list("amendment_id", flat=True))
    followed = Edition.objects.public().filter(
        parent__amendments__in=mine, parent__settlements__isnull=False
    )
    editions = followed.select_related("parent", "plan").order_by("number").distinct()
    return [each for edition in editions for each in _settled(edition, mine)]


def _settled(edition: Edition, mine: set[int]) -> Iterator[Settled]:
    base = edition.parent
    if base is None:
        return
    newest = {row.cluster: row for row in base.settlements.order_by("pk")}
    for cluster in find_conflicts(document_of(base), accepted_on(base)):
        if cluster.key in newest and mine.intersection(cluster.amendments):
            yield Settled(newest[cluster.key], edition)
