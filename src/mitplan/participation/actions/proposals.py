"""The changes of a proposal, as they are written into a draft and become an amendment."""

from collections.abc import Sequence
from datetime import datetime

from mitplan.participation.models import FurtherChange, Point
from mitplan.participation.queries.proposals import Change, operations_for

__all__ = ["freeze_further_changes", "keep_further_changes", "operations_for"]


def keep_further_changes(point: Point, changes: Sequence[Change]) -> None:
    """Keep what a draft's proposal does besides, in place of what stood there."""
    if point.further.exists():
        FurtherChange.objects.filter(point=point).delete()
    rows = [
        FurtherChange(
            point=point,
            position=position,
            passage=change.passage,
            quote=change.quote,
            proposal=change.proposal,
            proposed_text=change.text,
            target=change.target,
            new_kind=change.new_kind,
        )
        for position, change in enumerate(changes, start=1)
    ]
    for row in rows:
        row.full_clean(exclude=["point", "passage", "target"])
    FurtherChange.objects.bulk_create(rows)


def freeze_further_changes(points: Sequence[Point], at: datetime) -> None:
    """Freeze what proposals do besides, as soon as they are handed in."""
    wide = [point for point in points if point.further.all()]
    if wide:
        FurtherChange.objects.filter(point__in=wide).update(handed_in_at=at)
