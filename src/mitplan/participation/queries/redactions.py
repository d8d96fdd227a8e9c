"""What was blacked out, and how a submission read before, so that its fingerprint can still be checked."""

from collections.abc import Iterable

from django.db.models import QuerySet

from mitplan.participation.models import Point, Redaction, Submission

BLACK = "[geschwärzt]"
"""What stands in place of words; one can hear it, and it does not tell how long they were."""


def redactions_of(submission: Submission) -> QuerySet[Redaction]:
    """Return what was blacked out in a submission and its points, the latest first."""
    found = submission.redactions.select_related("point", "redacted_by")
    return found.order_by("-pk")


def restore(submission: Submission, points: Iterable[Point]) -> bool:
    """Put back in memory what was blacked out; tell whether all of it is still known."""
    parts: dict[int | None, Submission | Point] = {each.pk: each for each in points}
    parts[None] = submission
    is_known = True
    for each in sorted(submission.redactions.all(), key=lambda row: -row.pk):
        # The earliest redaction of a part comes last and holds what was handed in.
        part = parts.get(each.point_id)
        if part is not None:
            setattr(part, each.part, each.original)
            is_known &= each.erased_at is None
    return is_known
