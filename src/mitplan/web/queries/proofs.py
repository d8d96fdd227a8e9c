"""Whether what was decided still is what the record says: texts, submissions, decisions."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch

from mitplan.common.models import AuditDetail
from mitplan.core.text.fingerprint import fingerprint as text_fingerprint
from mitplan.participation.models import Decision, Point, Submission
from mitplan.participation.queries.fingerprints import fingerprint
from mitplan.participation.queries.proposals import WITH_CHANGES
from mitplan.participation.queries.redactions import restore
from mitplan.plan.models import Edition
from mitplan.plan.queries import state_of

_DECIDED, _REOPENED = "participation.point.decided", "participation.point.reopened"


@dataclass(frozen=True, slots=True)
class Forgery:
    """A thing that is no longer what was put on record: which kind, and which one."""

    kind: str
    name: str


def first_forgery() -> Forgery | None:
    """Recompute every fingerprint and compare every decision with its entry; return the first that is off."""
    return next(_forgeries(), None)


def _forgeries() -> Iterator[Forgery]:
    for edition in Edition.objects.select_related("plan").order_by("pk"):
        if text_fingerprint(state_of(edition).document) != edition.content_hash:
            yield Forgery("edition", f"{edition.plan.slug}/{edition.number}")
    received = Submission.objects.filter(received_at__isnull=False)
    # Points that the secretariat made of a letter, or of other points, came later; what they were made of
    # is in the fingerprint.
    handed_in = Point.objects.filter(blocks__isnull=True, predecessions__isnull=True)
    rows = handed_in.select_related("passage", "target").prefetch_related(WITH_CHANGES)
    whole = received.prefetch_related(Prefetch("points", rows), "redactions")
    for submission in whole.order_by("pk").iterator(200):
        points = sorted(submission.points.all(), key=lambda point: point.position)
        # What the law had erased can no longer be compared; that it was erased stands on record.
        is_known = restore(submission, points)
        if is_known and fingerprint(submission, points) != submission.sha256:
            yield Forgery("submission", str(submission.number))
    yield from _forged_decisions()


def _forged_decisions() -> Iterator[Forgery]:
    """Compare the decisions of every point with the acts on record; erased details tell nothing."""
    acts = _acts_on_points()
    stored: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for point, outcome, sentence in Decision.objects.order_by("pk").values_list(
        "point_id", "outcome", "sentence"
    ):
        stored[point].append((outcome, sentence))
    rows = Point.objects.filter(number__isnull=False).order_by("pk")
    for point, number, latest in rows.values_list("pk", "number", "latest_decision_id"):
        on_record = [act for act in acts.get(point, ()) if act is not None]
        is_decided = bool(acts.get(point)) and acts[point][-1] is not None
        if point in acts and (on_record != stored[point] or is_decided != bool(latest)):
            yield Forgery("point", str(number))


def _acts_on_points() -> dict[int, list[tuple[str, str] | None]]:
    """Return, for each point, outcome and sentence of every decision, and None for a reopening."""
    acts: dict[int, list[tuple[str, str] | None]] = defaultdict(list)
    details = AuditDetail.objects.filter(entry__event__in=[_DECIDED, _REOPENED])
    rows = details.order_by("entry_id").values_list("entry__event", "entry__object_id", "content")
    for event, point, content in rows.iterator(2000):
        data = json.loads(content)["data"]
        acts[int(point)].append(
            (data["outcome"], data["sentence"].strip()) if event == _DECIDED else None
        )
    return acts
