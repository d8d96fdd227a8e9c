"""Groups of near-identical points and pairs that contradict each other: a person says which they are."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import combinations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import audit
from mitplan.common.immutable import ImmutableQuerySet
from mitplan.conference.permissions import require
from mitplan.participation import permissions
from mitplan.participation.actions.decisions import decide_as_one, locked_point
from mitplan.participation.actions.taking_up import DecisionValues
from mitplan.participation.models import Consultation, Decision, Point, PointGroup, PointPair
from mitplan.participation.queries import countable_points
from mitplan.participation.queries.groups import points_to_group

DIFFERENT = PointPair.Relation.DIFFERENT
CONTRADICTING = PointPair.Relation.CONTRADICTING


@transaction.atomic
def make_group(
    *, consultation: Consultation, points: Collection[Point], by: User, at: datetime
) -> PointGroup:
    """Put near-identical points together, so that one act decides on all; groups among them become one."""
    require(allowed=permissions.may_decide(by))
    rows = _undecided(consultation, points)
    _require_two(rows)
    _refuse_contradicting(rows)
    groups = sorted({row.group_id for row in rows if row.group_id})
    group = (
        PointGroup.objects.get(pk=groups[0])
        if groups
        else PointGroup.objects.create(consultation=consultation, made_by=by, made_at=at)
    )
    everybody = countable_points().filter(group__in=groups) | _among(rows)
    numbers = sorted(str(number) for number in everybody.values_list("number", flat=True))
    _among(list(everybody)).update(group=group)
    PointGroup.objects.filter(pk__in=groups[1:]).update(dissolved_at=at)
    audit.record("participation.group.made", on=group, by=by, at=at, points=numbers)
    return group


@transaction.atomic
def leave_group(*, point: Point, by: User, at: datetime) -> None:
    """Take a point out of its group; a group of one is none."""
    require(allowed=permissions.may_decide(by))
    [row] = _undecided(point.submission.consultation, [point])
    group = row.group
    if group is None:
        raise ValidationError(_("Das Anliegen gehört zu keiner Gruppe."))
    staying = list(group.points.exclude(pk=row.pk)[:2])
    leaving = [row, *staying] if len(staying) < 2 else [row]  # noqa: PLR2004 – two make a group
    _among(leaving).update(group=None)
    if len(leaving) > 1 or not staying:
        PointGroup.objects.filter(pk=group.pk).update(dissolved_at=at)
    audit.record("participation.group.left", on=group, by=by, at=at, point=row.number)


@transaction.atomic
def keep_apart(
    *, consultation: Consultation, points: Collection[Point], by: User, at: datetime
) -> int:
    """Note of near-identical points that they are not the same; they are never suggested again."""
    require(allowed=permissions.may_decide(by))
    rows = _undecided(consultation, points)
    _require_two(rows)
    if any(one.group_id and one.group_id == other.group_id for one, other in combinations(rows, 2)):
        raise ValidationError(
            _("Diese Anliegen gehören zu einer Gruppe. Bitte erst aus der Gruppe nehmen.")
        )
    for one, other in combinations(rows, 2):
        _say((one, other), DIFFERENT, by=by, at=at)
    numbers = [row.number for row in rows]
    audit.record("participation.points.kept_apart", on=consultation, by=by, at=at, points=numbers)
    return len(rows)


@transaction.atomic
def link_contradiction(
    *, first: Point, second: Point, reason: str, by: User, at: datetime
) -> PointPair:
    """Note that two points contradict each other: from here on both are decided in one act."""
    require(allowed=permissions.may_decide(by))
    if not reason.strip():
        raise ValidationError(
            _("Bitte in einem Satz sagen, worin sich die Anliegen widersprechen.")
        )
    rows = _undecided(first.submission.consultation, [first, second])
    _require_two(rows)
    if rows[0].group_id and rows[0].group_id == rows[1].group_id:
        raise ValidationError(
            _("Diese Anliegen gehören zu einer Gruppe. Bitte erst aus der Gruppe nehmen.")
        )
    pair = _say(rows, CONTRADICTING, reason.strip(), by=by, at=at)
    audit.record(
        "participation.contradiction.linked",
        on=pair,
        by=by,
        at=at,
        points=[row.number for row in rows],
        reason=pair.reason,
    )
    return pair


@transaction.atomic
def unlink_contradiction(*, pair: PointPair, by: User, at: datetime) -> None:
    """Take back that two points contradict each other, as long as nothing is decided."""
    require(allowed=permissions.may_decide(by))
    rows = _undecided(pair.first.submission.consultation, [pair.first, pair.second])
    audit.record(
        "participation.contradiction.unlinked",
        on=pair,
        by=by,
        at=at,
        points=[row.number for row in rows],
    )
    pair.delete()


@transaction.atomic
def decide_contradiction(
    *, pair: PointPair, values: Mapping[int, DecisionValues], by: User, at: datetime
) -> list[Decision]:
    """Decide on two points that contradict each other, in one act: both or none.

    `values` are by the key of the point; each takes the points of its group along.
    """
    require(allowed=permissions.may_decide(by))
    points = [locked_point(pair.first), locked_point(pair.second)]
    decisions = [decide_as_one(point, values[point.pk], by, at) for point in points]
    audit.record(
        "participation.contradiction.decided",
        on=pair,
        by=by,
        at=at,
        points=[point.number for point in points],
    )
    return decisions


def _among(rows: Sequence[Point]) -> ImmutableQuerySet:
    return Point.objects.filter(pk__in=[row.pk for row in rows])


def _undecided(consultation: Consultation, points: Collection[Point]) -> list[Point]:
    """Return points of a round, locked, if all of them stand and none is decided."""
    keys = {point.pk for point in points}
    standing = points_to_group(consultation).filter(pk__in=keys)
    rows = list(standing.select_for_update(of=("self",), no_key=True).order_by("pk"))
    if len(rows) < len(keys):
        raise ValidationError(
            _(
                "Zusammen geht nur, was in derselben Runde steht und weder zurückgezogen noch ersetzt ist."
            )
        )
    for row in rows:
        if row.latest_decision_id:
            raise ValidationError(
                _(
                    "Über Anliegen %(number)s ist schon entschieden. Bitte die Entscheidung erst zurücknehmen."
                ),
                params={"number": row.number},
            )
    return rows


def _require_two(rows: Sequence[Point]) -> None:
    if len(rows) < 2:  # noqa: PLR2004 – two make a group
        raise ValidationError(_("Bitte mindestens zwei Anliegen wählen."))


def _refuse_contradicting(rows: Sequence[Point]) -> None:
    groups = [row.group_id for row in rows if row.group_id]
    keys = {row.pk for row in rows} | set(
        countable_points().filter(group__in=groups).values_list("pk", flat=True)
    )
    pairs = PointPair.objects.filter(first__in=keys, second__in=keys, relation=CONTRADICTING)
    for pair in pairs.select_related("first", "second")[:1]:
        raise ValidationError(
            _("%(first)s und %(second)s widersprechen sich und lassen sich nicht zusammenfassen."),
            params={"first": pair.first.number, "second": pair.second.number},
        )


def _say(
    points: Sequence[Point], relation: str, reason: str = "", *, by: User, at: datetime
) -> PointPair:
    first, second = sorted(point.pk for point in points)
    pair, _is_new = PointPair.objects.get_or_create(
        first_id=first,
        second_id=second,
        relation=relation,
        defaults={"reason": reason, "said_by": by, "said_at": at},
    )
    return pair
