"""How proposals stand on newer editions: what waits to be carried over, and what was."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from mitplan.core.text import amendments as core
from mitplan.core.text.consolidation import PassageChange, consolidate
from mitplan.core.text.diff import Segment, word_diff
from mitplan.participation.models import Outcome, Point, Rebasing, Submission
from mitplan.participation.queries.rounds import countable_points
from mitplan.plan import queries as plan_queries
from mitplan.plan.models import Amendment, Edition

RELATED = ("edition__plan", "amendment", "reworked")


def open_proposals() -> QuerySet[Point]:
    """Return the points with a proposal on which nobody has decided for good."""
    is_open = Q(latest_decision__isnull=True) | Q(latest_decision__outcome=Outcome.DEFERRED)
    return countable_points().filter(is_open, amendment__isnull=False)


def waiting_proposals(newest: Edition) -> QuerySet[Point]:
    """Return the open proposals on older editions that were not carried to the newest one yet."""
    older = open_proposals().filter(edition__plan=newest.plan_id).exclude(edition=newest)
    known = Rebasing.objects.select_related(*RELATED).order_by("edition__number")
    return (
        older.exclude(rebasings__edition=newest)
        .select_related("amendment", "edition")
        .prefetch_related(Prefetch("rebasings", known, to_attr="carried"))
        .order_by("pk")
    )


def version_that_holds(point: Point, carried: Iterable[Rebasing]) -> Amendment | None:
    """Return the newest version of a proposal that is sure: reworded, confirmed, or the first one."""
    sure = [rebasing.holds for rebasing in carried if rebasing.holds]
    return sure[-1] if sure else point.amendment


def rebasings_of(point: Point, *, sees_all: bool) -> list[Rebasing]:
    """Return how a proposal stands on newer editions, the newest first; only on public ones for most."""
    found = Rebasing.objects.filter(point=point).select_related(*RELATED)
    if not sees_all:
        found = found.filter(edition__released_at__isnull=False)
    return list(found.order_by("-edition__number"))


def newest_rebasings_in(submission: Submission, *, sees_all: bool) -> dict[int, Rebasing]:
    """Return how the proposals of a submission stand now, by point, in one statement."""
    found = Rebasing.objects.filter(point__submission=submission)
    if not sees_all:
        found = found.filter(edition__released_at__isnull=False)
    related = found.select_related("edition__plan")
    return {each.point_id: each for each in related.order_by("edition__number")}


def to_be_answered() -> QuerySet[Rebasing]:
    """Return what waits for its submitter: open proposals on a public edition that is the newest."""
    return Rebasing.objects.filter(
        point__in=open_proposals(),
        edition__released_at__isnull=False,
        edition__children__isnull=True,
        answered_at__isnull=True,
    )


@dataclass(frozen=True, slots=True)
class Effect:
    """What a proposal does with one passage."""

    number: str
    kind: str
    segments: tuple[Segment, ...]


def effects_of(amendment: Amendment | None) -> list[Effect]:
    """Return what a version of a proposal does to the edition it speaks of, passage by passage."""
    if amendment is None:
        return []
    state = plan_queries.state_of(amendment.base)
    operations = core.operations_from_json(amendment.operations)
    proposed = core.Amendment(amendment.pk, operations, origin=0)
    return [
        _effect(change) for change in consolidate(state.document, state.runs, [proposed]).changes
    ]


def _effect(change: PassageChange) -> Effect:
    old, new = change.old.text if change.old else "", change.new.text if change.new else ""
    return Effect(change.passage.removeprefix("t"), change.kind, word_diff(old, new))
