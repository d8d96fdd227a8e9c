"""Splitting, merging and rewording points: successors with numbers of their own, and nothing is destroyed."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import audit
from mitplan.conference.permissions import require
from mitplan.core.uptake.near import words_of
from mitplan.participation import permissions, policies, queries
from mitplan.participation.actions.receiving import make_amendments
from mitplan.participation.actions.submissions import PointValues, add_points
from mitplan.participation.models import Point, Submission, Succession
from mitplan.participation.policies import ConsultationState
from mitplan.participation.queries.groups import contradictions_of

Cause = Succession.Cause


@transaction.atomic
def replace_points(
    *,
    points: Collection[Point],
    successors: Sequence[PointValues],
    cause: Succession.Cause,
    reason: str,
    by: User,
    at: datetime,
) -> list[Point]:
    """Let points go on in successors with new numbers; each old one keeps number, address and words.

    One is split in several, several of one submission are merged in one, or one is reworded. No word may be
    lost by splitting or merging; other words are a rewording.
    """
    require(allowed=permissions.may_decide(by))
    submission = _locked_submission(points)
    rows = _replaceable(submission, points, at)
    _require_numbers(rows, successors, cause)
    if not reason.strip():
        raise ValidationError(_("Bitte in einem Satz begründen; der Satz ist öffentlich."))
    if cause != Cause.REWORDED:
        _require_all_words(rows, successors)
    named = [passage for values in successors for passage in values.passages]
    policies.require_consulted(submission.consultation, named)
    new = _received(submission, successors, at)
    Succession.objects.bulk_create(
        Succession(
            point=old, successor=each, cause=cause, reason=reason.strip(), made_by=by, made_at=at
        )
        for old in rows
        for each in new
    )
    Point.objects.filter(pk__in=[row.pk for row in rows]).update(replaced_at=at)
    audit.record(
        f"participation.point.{cause}",
        on=rows[0],
        by=by,
        at=at,
        points=[row.number for row in rows],
        successors=[each.number for each in new],
        reason=reason.strip(),
    )
    return new


def _locked_submission(points: Collection[Point]) -> Submission:
    keys = {point.submission_id for point in points}
    if len(keys) != 1:
        raise ValidationError(
            _(
                "Zusammenführen geht nur innerhalb einer Stellungnahme. Was mehrere Organisationen gleich "
                "fordern, wird eine Gruppe."
            )
        )
    locked = Submission.objects.select_for_update(of=("self", "consultation"), no_key=True)
    return locked.select_related("consultation__edition__plan").get(pk=keys.pop())


def _replaceable(submission: Submission, points: Collection[Point], at: datetime) -> list[Point]:
    if queries.state_of(submission.consultation, at) == ConsultationState.PUBLISHED:
        raise ValidationError(
            _("Die Ergebnisse sind veröffentlicht. Die Anliegen bleiben, wie sie sind.")
        )
    rows = list(
        submission.points.filter(pk__in={point.pk for point in points}).order_by("position")
    )
    for row in rows:
        policies.POINT.require(policies.point_state(row), "replace")
        if row.group_id or contradictions_of([row]):
            raise ValidationError(
                _(
                    "Anliegen %(number)s gehört zu einer Gruppe oder zu einem Widerspruch. Bitte erst dort "
                    "herausnehmen."
                ),
                params={"number": row.number},
            )
    return rows


def _require_numbers(
    rows: Sequence[Point], successors: Sequence[PointValues], cause: Succession.Cause
) -> None:
    one, one_new = len(rows) == 1, len(successors) == 1
    fits = {
        Cause.SPLIT: one and not one_new and successors,
        Cause.MERGED: not one and one_new,
        Cause.REWORDED: one and one_new,
    }
    if not fits[cause]:
        raise ValidationError(
            _("Geteilt wird eines in mehrere, zusammengeführt werden mehrere in eines.")
        )


def _require_all_words(rows: Sequence[Point], successors: Sequence[PointValues]) -> None:
    old = Counter(word for row in rows for word in words_of(f"{row.text} {row.proposed_text}"))
    new = Counter(
        word for values in successors for word in words_of(f"{values.text} {values.proposed_text}")
    )
    if missing := [word for word in old if word not in new]:
        raise ValidationError(
            _("Kein Wort darf verloren gehen. Es fehlt: %(words)s."),
            params={"words": ", ".join(missing[:10])},
        )


def _received(
    submission: Submission, successors: Sequence[PointValues], at: datetime
) -> list[Point]:
    """Write the successors behind the points of their submission, and freeze them at once."""
    rows = add_points(submission, successors)
    proposals = [row for row in rows if row.proposal]
    if proposals:
        make_amendments(submission, proposals, at)
    for row in rows:
        row.number, row.handed_in_at = f"{submission.number}-{row.position:02d}", at
        row.save()
    return rows
