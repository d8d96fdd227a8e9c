"""Decisions: what becomes of a point, and how its words reach the draft."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import audit
from mitplan.conference.models import Department, Resolution
from mitplan.conference.permissions import require
from mitplan.core.text import amendments as core
from mitplan.participation import permissions, policies
from mitplan.participation.actions.proposals import operations_for
from mitplan.participation.actions.rebasings import carried_to
from mitplan.participation.models import (
    Advice,
    Decision,
    Outcome,
    Point,
    ReasonCode,
    Rebasing,
    TextBlock,
)
from mitplan.plan import actions as plan_actions
from mitplan.plan import queries as plan_queries
from mitplan.plan.models import Acceptance, Amendment, ChangeOrigin, Edition, Origin, Passage


@dataclass(frozen=True, slots=True)
class DecisionValues:
    """What is decided on a point.

    For an outcome in substance or in part, `final_text` is the wording the editor gives the passage
    (`passage`, or the one the point stands at); `insert` puts it behind that passage instead.
    """

    outcome: Outcome
    reason_code: ReasonCode | None = None
    sentence: str = ""
    text_block: TextBlock | None = None
    covered_by: Passage | None = None
    owner: str = ""
    review_on: date | None = None
    resolution: Resolution | None = None
    passage: Passage | None = None
    final_text: str = ""
    insert: bool = False


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
    decision = _decision(point, values, by, at)
    decision.full_clean(exclude=["point", "decided_by", "text_block", "resolution"])
    decision.save()
    if point.origin:
        _leave_the_draft(point, point.origin, by, at)
    if amendment := _amendment(point, values, at):
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
    related = ("edition__plan", "submission__consultation", "passage", "amendment", "origin")
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
        decided_as=(
            str(values.resolution.agenda_item.sitting.body)
            if values.resolution
            else _("Geschäftsstelle")
        ),
        decided_at=at,
    )


def _amendment(point: Point, values: DecisionValues, at: datetime) -> Amendment | None:
    """Return what the decision changes in the draft, in words for the newest edition."""
    newest = _newest(point)
    if values.outcome == Outcome.TAKEN_UP:
        return _own_words(point, newest, at)
    if values.outcome not in (Outcome.IN_SUBSTANCE, Outcome.PARTLY):
        return None
    operations = _editors_wording(point, values, newest)
    own = point.amendment
    if own and newest == point.edition and core.operations_from_json(own.operations) == operations:
        return own
    return plan_actions.record_amendment(
        base=newest, operations=operations, at=at, derived_from=own
    )


def _own_words(point: Point, newest: Edition, at: datetime) -> Amendment:
    """Return the point's own proposal as it stands on the newest edition, if that is sure."""
    if point.amendment is None:
        raise ValidationError(
            _(
                "Das Anliegen schlägt keinen Wortlaut vor und kann deshalb nicht wörtlich "
                "übernommen werden. Bitte «sinngemäß übernommen» wählen und den Wortlaut schreiben."
            )
        )
    if newest == point.edition:
        return point.amendment
    rebasing = carried_to(point, newest, at)
    if rebasing.holds is None:
        raise _not_sure(point, rebasing)
    return rebasing.holds


def _not_sure(point: Point, rebasing: Rebasing) -> ValidationError:
    """Say why a proposal cannot be taken up word for word on the newest edition."""
    if rebasing.status == Rebasing.Status.FULFILLED:
        sentence = _(
            "Was das Anliegen vorschlägt, steht schon in Fassung %(newest)s. Bitte «bereits "
            "enthalten» wählen und die Textstelle nennen."
        )
    elif rebasing.is_lost:
        sentence = _(
            "Der Text hat sich seit Fassung %(number)s an dieser Stelle geändert; der Vorschlag "
            "lässt sich nicht übertragen. Bitte «sinngemäß übernommen» wählen und den Wortlaut "
            "auf die neue Fassung schreiben."
        )
    else:
        sentence = _(
            "Rund um den Vorschlag hat sich der Text in Fassung %(newest)s geändert, und "
            "%(organisation)s hat ihn noch nicht bestätigt. Bitte die Antwort abwarten oder "
            "«sinngemäß übernommen» wählen und den Wortlaut schreiben."
        )
    params = {
        "number": point.edition.number,
        "newest": rebasing.edition.number,
        "organisation": point.submission.organisation_name,
    }
    return ValidationError(sentence, params=params)


def _newest(point: Point) -> Edition:
    """Return the edition the draft stands on; a point's own edition is the oldest it can be."""
    return plan_queries.newest_edition(point.edition.plan) or point.edition


def _editors_wording(
    point: Point, values: DecisionValues, newest: Edition
) -> tuple[core.Operation, ...]:
    passage = values.passage or point.passage
    if passage is None or not values.final_text.strip():
        raise ValidationError(
            _("Bitte die Textstelle wählen und den Wortlaut schreiben, der in den Plan kommt.")
        )
    document = plan_queries.state_of(newest).document
    value = next((each for each in document if each.id == passage.key), None)
    if value is None:
        raise ValidationError(
            _(
                "Die Textstelle %(passage)s steht nicht in Fassung %(number)s. Bitte eine andere "
                "Textstelle nennen."
            ),
            params={"passage": passage.number, "number": newest.number},
        )
    proposal = Point.Proposal.INSERT_AFTER if values.insert else Point.Proposal.REWORD
    operations = operations_for(
        value,
        proposal,
        values.final_text.strip(),
        lambda: plan_actions.reserve_passages(newest.plan, 1)[0],
    )
    if not operations:
        raise ValidationError(
            _("Der Wortlaut ist unverändert. Eine Übernahme muss den Text wirklich ändern.")
        )
    return operations


def _origin_of(point: Point, at: datetime) -> Origin:
    return Origin.objects.create(
        plan=point.edition.plan,
        kind=Origin.Kind.POINT,
        label=_("Anliegen %(number)s") % {"number": point.number},
        began_at=at,
    )


def _leave_the_draft(point: Point, origin: Origin, by: User, at: datetime) -> None:
    """Take the point's words out of the draft; what an edition holds already stays there."""
    standing = Acceptance.objects.standing().filter(origin=origin)
    came_in = standing.exclude(amendment__base=_newest(point)).filter(amendment__versions=None)
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
