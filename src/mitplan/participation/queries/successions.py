"""What became of a point that was split, merged or reworded, and where a point comes from."""

from collections.abc import Sequence
from dataclasses import dataclass

from mitplan.participation.models import Point, Succession


@dataclass(frozen=True, slots=True)
class Lineage:
    """The points before and after a point, with the cause and the reason."""

    before: Sequence[Succession]
    after: Sequence[Succession]


def lineage_of(point: Point) -> Lineage:
    """Return what a point comes from and what became of it, read at once."""
    related = Succession.objects.select_related("point", "successor")
    rows = list((related.filter(point=point) | related.filter(successor=point)).order_by("pk"))
    return Lineage(
        before=[row for row in rows if row.successor_id == point.pk],
        after=[row for row in rows if row.point_id == point.pk],
    )


def siblings_of(point: Point) -> list[Point]:
    """Return the other points of a submission that it could be merged with."""
    found = point.submission.points.filter(
        handed_in_at__isnull=False,
        withdrawn_at__isnull=True,
        replaced_at__isnull=True,
        latest_decision__isnull=True,
    )
    return list(found.exclude(pk=point.pk).exclude(kind=Point.Kind.ANSWER).order_by("position"))
