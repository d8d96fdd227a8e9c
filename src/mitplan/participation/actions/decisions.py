"""Decisions: what becomes of a point, and how its words reach the draft."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import audit
from mitplan.common.languages import in_plan_language
from mitplan.conference.models import Department
from mitplan.conference.permissions import require
from mitplan.participation import permissions, policies, queries
from mitplan.participation.actions.taking_up import DecisionValues, amendment_of, newest_for
from mitplan.participation.models import Advice, Decision, Outcome, Point
from mitplan.plan import actions as plan_actions
from mitplan.plan.models import Acceptance, ChangeOrigin, Origin


@transaction.atomic
def give_advice(
    *,
    point: Point,
    department: Department,
    recommendation: Outcome,
    text: str,
    by: User,
    at: datetime,
) -> Advice:
    """Give a department's recommendation on a point."""
    require(allowed=permissions.may_advise(by, department))
    policies.POINT.require(policies.point_state(point), "advise")
    advice = Advice(
        point=point,
        department=department,
        recommendation=recommendation,
        text=text,
        given_by=by,
        given_at=at,
    )
    advice.full_clean()
    advice.save()
    audit.record("participation.advice.given", on=advice, by=by, at=at, point=point.number)
    return advice


@transaction.atomic
def decide(*, point: Point, values: DecisionValues, by: User, at: datetime) -> Decision:
    """Decide on a point. What is taken up becomes part of the draft, with the point as its origin."""
    require(allowed=permissions.may_decide(by))
    point = _locked(point)
    policies.POINT.require(policies.point_state(point), "decide")
    submission = point.submission
    circle = queries.audience_of(submission.consultation, submission.organisation)
    policies.require_window_over(submission, circle, at)
    decision = _decision(point, values, by, at)
    decision.full_clean(exclude=["point", "decided_by", "text_block", "resolution"])
    decision.save()
    if point.origin:
        _leave_the_draft(point, point.origin, by, at)
    if amendment := amendment_of(point, values, at):
        point.origin = point.origin or _origin_of(point, at)
        plan_actions.accept_amendment(amendment=amendment, origin=point.origin, by=by, at=at)
    point.latest_decision = decision
    point.save(update_fields=["latest_decision", "origin"])
    audit.record(
        "participation.point.decided",
        on=point,
        by=by,
        at=at,
        outcome=values.outcome,
        sentence=values.sentence,
    )
    return decision


def _locked(point: Point) -> Point:
    # The plan before the record: whoever freezes it takes the locks in this order, too.
    locked = Point.objects.select_for_update(of=("self", "edition__plan"), no_key=True)
    related = (
        "edition__plan",
        "submission__consultation",
        "submission__organisation",
        "passage",
        "amendment",
        "origin",
    )
    return locked.select_related(*related).get(pk=point.pk)


def _decision(point: Point, values: DecisionValues, by: User, at: datetime) -> Decision:
    return Decision(
        point=point,
        outcome=values.outcome,
        reason_code=values.reason_code or "",
        sentence=values.sentence.strip(),
        text_block=values.text_block,
        covered_by=values.covered_by,
        owner=values.owner,
        review_on=values.review_on,
        resolution=values.resolution,
        decided_by=by,
        decided_as=_who_decided(values),
        decided_at=at,
    )


def _who_decided(values: DecisionValues) -> str:
    if values.resolution:
        return str(values.resolution.agenda_item.sitting.body)
    with in_plan_language():
        return _("Geschäftsstelle")


def _origin_of(point: Point, at: datetime) -> Origin:
    with in_plan_language():
        label = _("Anliegen %(number)s") % {"number": point.number}
    return Origin.objects.create(
        plan=point.edition.plan, kind=Origin.Kind.POINT, label=label, began_at=at
    )


def _leave_the_draft(point: Point, origin: Origin, by: User, at: datetime) -> None:
    """Take the point's words out of the draft; what an edition holds already stays there."""
    standing = Acceptance.objects.standing().filter(origin=origin)
    came_in = standing.exclude(amendment__base=newest_for(point)).filter(amendment__versions=None)
    if came_in.exists() or ChangeOrigin.objects.filter(origin=origin).exists():
        raise ValidationError(
            _(
                "Das Anliegen ist schon in eine Fassung eingegangen. Die Entscheidung bleibt bestehen; "
                "eine Änderung braucht einen neuen Beschluss."
            )
        )
    plan_actions.take_back_acceptances(origin=origin, by=by, at=at)


@transaction.atomic
def reopen_point(*, point: Point, by: User, at: datetime) -> Point:
    """Undo a decision that is not published: the point is open again, the record stays."""
    require(allowed=permissions.may_decide(by))
    point = _locked(point)
    policies.POINT.require(policies.point_state(point), "reopen")
    if point.submission.consultation.results_published_at:
        raise ValidationError(
            _("Die Ergebnisse sind veröffentlicht. Bitte neu entscheiden statt zurückzunehmen.")
        )
    if point.origin:
        _leave_the_draft(point, point.origin, by, at)
    point.latest_decision = None
    point.save(update_fields=["latest_decision"])
    audit.record("participation.point.reopened", on=point, by=by, at=at)
    return point
