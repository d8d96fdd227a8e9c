"""When the text moves on: open proposals are carried to the newest edition, submitters answer."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mitplan.common import audit
from mitplan.conference.permissions import require
from mitplan.core.text import amendments as core
from mitplan.core.text.base import Base
from mitplan.core.text.passages import Document
from mitplan.core.text.rebase import Rebased, rebase_all
from mitplan.core.text.settlements import Settlement
from mitplan.participation import policies
from mitplan.participation.models import Point, Rebasing
from mitplan.participation.permissions import Seat
from mitplan.participation.queries import rebasings as queries
from mitplan.participation.queries.proposals import (
    Change,
    new_passages,
    operations_of,
    require_fitting,
)
from mitplan.participation.queries.remarks import Wish, written_change
from mitplan.plan import actions as plan_actions
from mitplan.plan import queries as plan_queries
from mitplan.plan.models import Amendment, Edition, Passage, Plan

DONE_OR_LOST = (Rebasing.Status.FULFILLED, Rebasing.Status.CONFLICT, Rebasing.Status.ORPHANED)


@transaction.atomic
def carry_proposals(*, plan: Plan, at: datetime) -> int:
    """Carry every open proposal on an older edition to the newest one; run again, nothing changes.

    Nothing is rewritten: each gets a new version derived from the one before, which stays as it was.
    """
    plan = Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    newest = plan_queries.newest_edition(plan)
    waiting = list(queries.waiting_proposals(newest)) if newest else []
    if newest is None or not waiting:
        return 0
    found = [_carried(pair, newest, at) for pair in _mapped(waiting, newest)]
    _keep(found)
    statuses = Counter(str(rebasing.status) for rebasing in found)
    audit.record("participation.proposals.carried", on=newest, by=None, at=at, statuses=statuses)
    return len(found)


def carried_to(point: Point, newest: Edition, at: datetime) -> Rebasing:
    """Return how a point's proposal stands on the newest edition, carrying it there if need be."""
    found = Rebasing.objects.filter(point=point, edition=newest).select_related(*queries.RELATED)
    rebasing = found.first()
    if rebasing is None:
        carry_proposals(plan=newest.plan, at=at)
        rebasing = found.first()
    return rebasing or _carried_alone(point, newest, at)


def _carried_alone(point: Point, newest: Edition, at: datetime) -> Rebasing:
    """Carry over a proposal that is no longer open, because somebody decides on it anew."""
    point.__dict__["carried"] = list(point.rebasings.select_related(*queries.RELATED))
    rebasing = _carried(next(_mapped([point], newest)), newest, at)
    _keep([rebasing])
    return rebasing


Pair = tuple[Point, Amendment, Rebased]


def _mapped(points: Sequence[Point], newest: Edition) -> Iterator[Pair]:
    """Map the version of each proposal that holds, all of one edition at once."""
    new = plan_queries.state_of(newest).document
    by_base: defaultdict[int, list[tuple[Point, Amendment]]] = defaultdict(list)
    for point in points:
        version = queries.version_that_holds(point, point.__dict__["carried"])
        if version is not None:
            by_base[version.base_id].append((point, version))
    for base, pairs in by_base.items():
        edition = Edition.objects.get(pk=base)
        old = plan_queries.state_of(edition).document
        proposals = [
            core.Amendment(version.pk, core.operations_from_json(version.operations), origin=0)
            for _point, version in pairs
        ]
        rebased = rebase_all(proposals, old, *_way(edition, newest, old, new))
        yield from ((*pair, each) for pair, each in zip(pairs, rebased, strict=True))


def _way(
    edition: Edition, newest: Edition, old: Document, new: Document
) -> tuple[list[core.Amendment], tuple[Settlement, ...]]:
    """Return what led from an edition to the newest: what was worked in, or else the difference."""
    if newest.parent_id == edition.pk and plan_queries.accepted_on(edition):
        found = plan_queries.consensus_of(plan_queries.draft_on(edition))
        return list(found.worked_in), plan_queries.settlements_on(edition)
    return [core.Amendment(0, core.derive(old, new), origin=0)], ()


def _carried(pair: Pair, newest: Edition, at: datetime) -> Rebasing:
    point, version, rebased = pair
    status = Rebasing.Status(rebased.status.value)
    rebasing = Rebasing(point=point, edition=newest, status=status, made_at=at)
    if rebased.amendment is not None and status not in DONE_OR_LOST:
        rebasing.amendment = Amendment(
            base=newest,
            operations=core.operations_to_json(rebased.amendment.operations),
            derived_from=version,
            made_at=at,
        )
    return rebasing


def _keep(found: Sequence[Rebasing]) -> None:
    Amendment.objects.bulk_create([each.amendment for each in found if each.amendment])
    for each in found:
        each.amendment = each.amendment  # the row has its id only now
    Rebasing.objects.bulk_create(found)


ReworkValues = Sequence[tuple[Passage, Wish]]
"""What a submitter writes on the newest edition instead of the proposal made before: what, and where."""


@transaction.atomic
def confirm_rebasing(*, rebasing: Rebasing, seat: Seat, at: datetime) -> Rebasing:
    """Confirm that a proposal still means what it should on the newer edition."""
    rebasing = _open_to_answer(rebasing, seat)
    if rebasing.is_lost and not rebasing.reworked_id:
        raise ValidationError(
            _(
                "Dieser Vorschlag passt nicht mehr zum neuen Text und lässt sich deshalb nicht "
                "bestätigen. Bitte schreiben Sie ihn um."
            )
        )
    if rebasing.answered_at is None:
        _answer(rebasing, seat, at, "participation.rebasing.confirmed")
    return rebasing


@transaction.atomic
def rework_proposal(
    *, rebasing: Rebasing, values: ReworkValues, seat: Seat, at: datetime
) -> Rebasing:
    """Write a proposal anew on the newer edition; what was handed in stays as it was."""
    rebasing = _open_to_answer(rebasing, seat)
    rebasing.reworked = plan_actions.record_amendment(
        base=rebasing.edition,
        operations=_operations(rebasing.edition, values),
        at=at,
        derived_from=rebasing.point.amendment,
    )
    _answer(rebasing, seat, at, "participation.rebasing.reworked")
    return rebasing


def _operations(edition: Edition, values: ReworkValues) -> tuple[core.Operation, ...]:
    document = plan_queries.document_of(edition)
    known = {value.id for value in document}
    changes = [_change(edition, known, passage, wish) for passage, wish in values]
    if not changes:
        raise ValidationError(_("Bitte schreiben Sie den Wortlaut, den Sie jetzt vorschlagen."))
    wanted = sum(map(new_passages, changes))
    keys = iter(plan_actions.reserve_passages(edition.plan, wanted) if wanted else ())
    operations = operations_of(changes, document, keys.__next__)
    require_fitting(changes, operations, Base(document))
    return operations


def _change(edition: Edition, known: set[str], passage: Passage, wish: Wish) -> Change:
    if passage.key not in known:
        raise ValidationError(
            _(
                "Die Textstelle %(passage)s steht nicht in Fassung %(number)s. Bitte eine andere "
                "Textstelle nennen."
            ),
            params={"passage": passage.number, "number": edition.number},
        )
    change = written_change(edition, passage, wish)
    if change is None and not wish.text.strip():
        raise ValidationError(_("Bitte schreiben Sie den Wortlaut, den Sie jetzt vorschlagen."))
    if change is None:
        raise ValidationError(
            _("Der vorgeschlagene Wortlaut gleicht dem neuen Text. Bitte ändern oder bestätigen.")
        )
    return change


def _open_to_answer(rebasing: Rebasing, seat: Seat) -> Rebasing:
    """Return the rebasing, locked, if this seat may answer it now."""
    locked = Rebasing.objects.select_for_update(of=("self",), no_key=True)
    related = ("point__submission", "point__latest_decision", "point__amendment", *queries.RELATED)
    rebasing = locked.select_related(*related).get(pk=rebasing.pk)
    require(allowed=seat.holds(rebasing.point.submission) and seat.may_hand_in)
    policies.require_open_proposal(rebasing.point)
    if rebasing.edition != plan_queries.newest_edition(rebasing.edition.plan):
        raise ValidationError(
            _(
                "Inzwischen gibt es eine neuere Fassung. Bitte antworten Sie zu der neuen Fassung, "
                "sobald sie veröffentlicht ist."
            )
        )
    return rebasing


def _answer(rebasing: Rebasing, seat: Seat, at: datetime, event: str) -> None:
    rebasing.answered_at, rebasing.answered_as = at, seat.role
    rebasing.save(update_fields=["reworked", "answered_at", "answered_as"])
    audit.record(
        event,
        on=rebasing,
        by=seat.user,
        at=at,
        on_behalf_of=seat.organisation.name,
        point=rebasing.point.number,
    )
