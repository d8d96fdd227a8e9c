"""The hash by which anybody can check that a submission is the one that was handed in."""

import hashlib
import json
from collections.abc import Sequence

from mitplan.participation.models import Point, Submission
from mitplan.participation.queries.proposals import Change, changes_of


def fingerprint(submission: Submission, points: Sequence[Point]) -> str:
    """Return the SHA-256 over a submission and its points, in their order."""
    content = {
        "number": submission.number,
        "organisation": submission.organisation_name,
        "letter": submission.letter,
        "no_remarks": submission.has_no_remarks,
        "points": [_content(point) for point in points],
    }
    if submission.mandate:
        # Only where there is one: what was handed in before keeps its fingerprint.
        content["mandate"] = submission.mandate
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _content(point: Point) -> list[object]:
    content: list[object] = [
        point.number,
        point.kind,
        point.passage.key if point.passage else "",
        point.quote,
        point.text,
        point.reason,
        point.proposal,
        point.proposed_text,
    ]
    first, *further = changes_of(point) or (None,)
    if first and (first.target or first.new_kind or further):
        # Only where there is any of it: what was handed in before keeps its fingerprint.
        content.append([_place(first), *map(_further, further)])
    return content


def _place(change: Change) -> list[str]:
    return [change.target.key if change.target else "", change.new_kind]


def _further(change: Change) -> list[str]:
    what = [change.passage.key, change.quote, str(change.proposal), change.text]
    return [*what, *_place(change)]
