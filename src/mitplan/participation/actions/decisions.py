"""Decisions: what becomes of a point, and how its words reach the draft."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import audit
from mitplan.common.languages import in_plan_language
from mitplan.conference.models import Department
from mitplan.conference.permissions import require
from mitplan.core.text import amendments as core
from mitplan.participation import permissions, policies, queries
from mitplan.participation.actions.taking_up import DecisionValues, amendment_of, newest_for
from mitplan.participation.models import Advice, Decision, Outcome, Point
from mitplan.participation.queries.groups import contradictions_of, grouped_with
from mitplan.plan import actions as plan_actions
from mitplan.plan.models import Acceptance, Amendment, ChangeOrigin, Origin

NOT_CHECKED = ["point", "decided_by", "text_block", "resolution", "owner_department"]
"""What the caller has read from the database, and need not be looked for again."""


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
        given_as=permissions.advises_as(by, department),
        given_at=at,
    )
    advice.full_clean()
    advice.save()
    audit.record("participation.advice.given", on=advice, by=by, at=at, point=point.number)
    return advice


@transaction.atomic
def decide(*, point: Point, values: DecisionValues, by: User, at: datetime) -> Decision:
    """Decide on a point. What is taken up becomes part of the draft, with the point as its origin.

    The points of a group are decided with it, each with a decision of its own. What contradicts another
    point is decided with that one only.
    """
    require(allowed=permissions.may_decide(by))
    point = locked_point(point)
    _refuse_contradicting([point, *grouped_with(point)])
    return decide_as_one(point, values, by, at)


def decide_as_one(point: Point, values: DecisionValues, by: User, at: datetime) -> Decision:
    """Decide on a locked point and on all of its group; words that are taken up go back to each of them."""
    members = [point, *map(locked_point, grouped_with(point))]
    lead = _lead(members, values)
    first = _decide(lead, values, lambda: amendment_of(lead, values, at), by, at)
    words = _standing_words(lead.origin) if lead.origin else None
    decisions = {lead.pk: first}
    for member in members:
        if member.pk != lead.pk:
            own = partial(_same_words, member, words, at)
            decisions[member.pk] = _decide(member, values, own, by, at)
    return decisions[point.pk]


def _lead(members: Sequence[Point], values: DecisionValues) -> Point:
    """Return the point whose words are taken up: of a group one that proposes any."""
    if values.outcome != Outcome.TAKEN_UP:
        return members[0]
    return next((each for each in members if each.amendment_id), members[0])


def _standing_words(origin: Origin) -> Amendment | None:
    standing = Acceptance.objects.standing().filter(origin=origin).select_related("amendment__base")
    found = standing.order_by("-pk").first()
    return found.amendment if found else None


def _same_words(point: Point, words: Amendment | None, at: datetime) -> Amendment | None:
    """Return the words of a group's lead as those of another of its points."""
    return words and plan_actions.record_amendment(
        base=words.base,
        operations=core.operations_from_json(words.operations),
        at=at,
        derived_from=point.amendment,
    )


def _decide(
    point: Point,
    values: DecisionValues,
    words: Callable[[], Amendment | None],
    by: User,
    at: datetime,
) -> Decision:
    policies.POINT.require(policies.point_state(point), "decide")
    submission = point.submission
    circle = queries.audience_of(submission.consultation, submission.organisation)
    policies.require_window_over(submission, circle, at)
    decision = _decision(point, values, by, at)
    decision.full_clean(exclude=NOT_CHECKED)
    decision.save()
    if point.origin:
        _leave_the_draft(point, point.origin, by, at)
    if amendment := words():
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


def _refuse_contradicting(points: Sequence[Point]) -> None:
    """Refuse to decide on one side of a contradiction alone."""
    for pair in contradictions_of(points)[:1]:
        raise ValidationError(
            _(
                "%(first)s und %(second)s widersprechen sich. Bitte über beide zusammen entscheiden, auf "
                "der Seite des Widerspruchs."
            ),
            params={"first": pair.first.number, "second": pair.second.number},
        )


def locked_point(point: Point) -> Point:
    """Return a point, locked, with all that a decision needs."""
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
        owner_department=values.owner_department,
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
    """Undo a decision that is not published, for all of its group: open again, the record stays."""
    require(allowed=permissions.may_decide(by))
    point = locked_point(point)
    others = [locked_point(each) for each in grouped_with(point)]
    for each in others:
        _reopen(each, by, at)
    return _reopen(point, by, at)


def _reopen(point: Point, by: User, at: datetime) -> Point:
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
