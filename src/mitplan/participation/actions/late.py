"""What came in after the last day is treated by the rule its consultation has stated before."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common.languages import in_plan_language
from mitplan.participation.actions.decisions import decide
from mitplan.participation.actions.taking_up import DecisionValues
from mitplan.participation.models import Consultation, Outcome, Point, ReasonCode, Submission

COMES_BACK_AFTER = timedelta(days=182)
"""When a stored point is laid before the secretariat again, if no round comes earlier."""


def treat_late(submission: Submission, points: Iterable[Point], *, by: User, at: datetime) -> None:
    """Put late points into the store of topics where that is the rule; each stays readable.

    In the store a point is deferred: it counts in no rate, and comes back with the next round.
    """
    if not submission.is_late or submission.consultation.late_rule != Consultation.LateRule.STORE:
        return
    with in_plan_language():
        values = DecisionValues(
            outcome=Outcome.DEFERRED,
            reason_code=ReasonCode.MORE_WORK,
            sentence=_(
                "Nach Ablauf der Frist eingegangen. Nach der Regel dieser Beteiligungsrunde steht das "
                "Anliegen im Themenspeicher und liegt in der nächsten Runde wieder vor."
            ),
            owner=_("Geschäftsstelle"),
            review_on=timezone.localdate(at) + COMES_BACK_AFTER,
        )
    for point in points:
        if point.kind != Point.Kind.ANSWER:
            decide(point=point, values=values, by=by, at=at)
