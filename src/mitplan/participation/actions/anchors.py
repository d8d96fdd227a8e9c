"""Anchors: what a point speaks about besides, and where a lost one belongs now."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import audit
from mitplan.conference.permissions import require
from mitplan.participation import permissions, policies
from mitplan.participation.models import Anchor, Point
from mitplan.participation.queries.anchors import places_of
from mitplan.plan.models import Edition, Passage
from mitplan.plan.queries import current_editions


@transaction.atomic
def add_anchor(
    *,
    point: Point,
    kind: Anchor.Kind,
    passage: Passage | None = None,
    quote: str = "",
    by: User,
    at: datetime,
) -> Anchor:
    """Note one more place of the plan that a point speaks about."""
    row = _standing(point, by)
    last = row.anchors.aggregate(last=Max("place"))["last"] or 0
    anchor = Anchor(point=row, place=last + 1, kind=kind, passage=passage, quote=quote)
    return _keep(anchor, "participation.anchor.added", by, at)


@transaction.atomic
def settle_anchor(
    *,
    point: Point,
    place: int,
    kind: Anchor.Kind,
    passage: Passage | None = None,
    reason: str,
    by: User,
    at: datetime,
) -> Anchor:
    """Say where a lost anchor belongs: another passage, missing in the plan, or left at the old edition."""
    row = _standing(point, by)
    if not any(each.number == place and each.is_lost for each in places_of(row)):
        raise ValidationError(_("Diese Bezugsstelle ist nicht verloren."))
    if not reason.strip():
        raise ValidationError(_("Bitte in einem Satz begründen."))
    anchor = Anchor(point=row, place=place, kind=kind, passage=passage, reason=reason.strip())
    return _keep(anchor, "participation.anchor.settled", by, at)


def _standing(point: Point, by: User) -> Point:
    require(allowed=permissions.may_run_consultations(by))
    locked = Point.objects.select_for_update(of=("self",), no_key=True)
    row = locked.select_related("edition__plan", "passage").get(pk=point.pk)
    if policies.point_state(row) not in (
        policies.PointState.UNDECIDED,
        policies.PointState.DECIDED,
    ):
        raise ValidationError(_("Dieses Anliegen steht nicht mehr zur Bearbeitung."))
    return row


def _keep(anchor: Anchor, act: str, by: User, at: datetime) -> Anchor:
    anchor.edition = _newest(anchor.point)
    anchor.made_by, anchor.made_at = by, at
    if anchor.kind in (Anchor.Kind.MISSING, Anchor.Kind.LEFT):
        anchor.passage = None
    entries = anchor.edition.entries.filter(passage=anchor.passage_id)
    if anchor.passage_id and not entries.exists():
        raise ValidationError(_("Diese Textstelle gibt es in der neuesten Fassung nicht."))
    anchor.full_clean(exclude=["point", "edition", "made_by", "passage"])
    anchor.save()
    audit.record(
        act,
        on=anchor.point,
        by=by,
        at=at,
        place=anchor.place,
        kind=anchor.kind,
        passage=anchor.passage.number if anchor.passage else None,
        reason=anchor.reason,
    )
    return anchor


def _newest(point: Point) -> Edition:
    return current_editions().get(point.edition.plan_id) or point.edition
