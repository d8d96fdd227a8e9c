"""The hash by which anybody can check that a submission is the one that was handed in."""

import hashlib
import json
from collections.abc import Sequence

from mitplan.participation.models import Point, Submission


def fingerprint(submission: Submission, points: Sequence[Point]) -> str:
    """Return the SHA-256 over a submission and its points, in their order."""
    content = {
        "number": submission.number,
        "organisation": submission.organisation_name,
        "letter": submission.letter,
        "no_remarks": submission.has_no_remarks,
        "points": [
            [
                point.number,
                point.kind,
                point.passage.key if point.passage else "",
                point.quote,
                point.text,
                point.reason,
                point.proposal,
                point.proposed_text,
            ]
            for point in points
        ],
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
