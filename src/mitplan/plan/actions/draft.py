"""The draft: amendments are accepted into it and taken back, conflicts are settled."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import audit
from mitplan.conference.permissions import require
from mitplan.core.text import amendments as core
from mitplan.core.text.settlements import Choice, check_settlement
from mitplan.core.text.settlements import Settlement as SettlementValue
from mitplan.plan import permissions, policies, queries
from mitplan.plan.models import Acceptance, Amendment, Edition, Origin, Passage, Plan, Settlement


def reserve_passages(plan: Plan, wanted: int) -> list[str]:
    """Give out keys for passages that an amendment inserts; a key is never given twice."""
    plan = Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    first = plan.last_passage + 1
    allocate_passages(plan, plan.last_passage + wanted)
    return [f"t{number}" for number in range(first, first + wanted)]


def record_amendment(
    *,
    base: Edition,
    operations: Iterable[core.Operation],
    at: datetime,
    derived_from: Amendment | None = None,
) -> Amendment:
    """Keep a set of operations on an edition, inside the caller's transaction."""
    operations = tuple(operations)
    try:
        core.check(queries.state_of(base).document, operations)
    except ValueError as problem:
        raise ValidationError(
            _("Der Änderungsvorschlag passt nicht zur Fassung: %(problem)s"),
            params={"problem": problem},
        ) from problem
    return Amendment.objects.create(
        base=base,
        operations=core.operations_to_json(operations),
        derived_from=derived_from,
        made_at=at,
    )


@transaction.atomic
def accept_amendment(*, amendment: Amendment, origin: Origin, by: User, at: datetime) -> Acceptance:
    """Work an amendment into the draft; its words carry the origin."""
    require(allowed=permissions.may_edit_draft(by))
    policies.require_newest(amendment.base, queries.newest_edition(amendment.base.plan))
    acceptance = Acceptance.objects.create(amendment=amendment, origin=origin, accepted_at=at)
    audit.record("plan.amendment.accepted", on=acceptance, by=by, at=at, origin=origin.label)
    return acceptance


@transaction.atomic
def take_back_acceptances(*, origin: Origin, by: User, at: datetime) -> int:
    """Take what an origin brought out of the draft again; what is in an edition stays."""
    require(allowed=permissions.may_edit_draft(by))
    newest = queries.newest_edition(origin.plan)
    standing = Acceptance.objects.standing().filter(origin=origin, amendment__base=newest)
    taken_back = standing.update(taken_back_at=at)
    if taken_back:
        audit.record("plan.acceptance.taken_back", on=origin, by=by, at=at)
    return taken_back


@transaction.atomic
def edit_draft(
    *, base: Edition, operations: Iterable[core.Operation], origin: Origin, by: User, at: datetime
) -> Acceptance:
    """Write in the draft for a reason that is no single amendment: department, resolution, editor."""
    require(allowed=permissions.may_edit_draft(by))
    amendment = record_amendment(base=base, operations=operations, at=at)
    return accept_amendment(amendment=amendment, origin=origin, by=by, at=at)


@transaction.atomic
def settle_conflict(
    *,
    base: Edition,
    cluster: str,
    choice: Settlement.Choice,
    amendments: Sequence[int] = (),
    texts: Sequence[tuple[str, str]] = (),
    reason: str,
    by: User,
    at: datetime,
) -> Settlement:
    """Settle changes that do not commute; a later settlement of the same cluster replaces it.

    `texts` are own words with the keys of their places; the key of the only contested place may be empty.
    """
    require(allowed=permissions.may_edit_draft(by))
    policies.require_newest(base, queries.newest_edition(base.plan))
    _require_settles(
        base.plan,
        SettlementValue(cluster, Choice(choice), tuple(amendments), tuple(texts), origin=0),
    )
    origin = Origin.objects.create(
        plan=base.plan,
        kind=Origin.Kind.EDITORIAL,
        label=_("Konfliktlösung"),
        reason=reason,
        began_at=at,
    )
    settlement = Settlement(
        base=base,
        cluster=cluster,
        choice=choice,
        amendments=list(amendments),
        texts=[list(pair) for pair in texts],
        reason=reason,
        origin=origin,
        settled_at=at,
    )
    settlement.full_clean(exclude=["amendments", "texts"])
    settlement.save()
    audit.record("plan.conflict.settled", on=settlement, by=by, at=at, choice=choice)
    return settlement


def _require_settles(plan: Plan, settlement: SettlementValue) -> None:
    """Refuse a settlement of a conflict that is gone, or one that leaves the contradiction."""
    draft = queries.draft_of(plan)
    known = draft.conflicts if draft else ()
    cluster = next((each for each in known if each.key == settlement.cluster), None)
    if cluster is None:
        raise ValidationError(
            _("Diesen Konflikt gibt es nicht mehr. Bitte die Arbeitsfassung neu laden.")
        )
    if settlement.choice == Choice.CUSTOM and not settlement.texts:
        raise ValidationError(_("Bitte den eigenen Wortlaut schreiben."))
    try:
        check_settlement(cluster, settlement)
    except ValueError as problem:
        raise ValidationError(
            _(
                "Diese Lösung hebt den Widerspruch nicht auf. Bitte eine andere wählen oder den "
                "bisherigen Wortlaut behalten."
            )
        ) from problem


def allocate_passages(plan: Plan, last: int) -> None:
    """Create the passages of a plan up to a number."""
    Passage.objects.bulk_create(
        Passage(plan=plan, number=number) for number in range(plan.last_passage + 1, last + 1)
    )
    plan.last_passage = last
    plan.save(update_fields=["last_passage"])
