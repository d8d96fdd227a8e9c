"""Editions: a plan begins, texts are read in, the draft is frozen, an edition is opened to all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import audit
from mitplan.conference.permissions import require
from mitplan.core.text.amendments import Amendment as AmendmentValue
from mitplan.core.text.amendments import operations_to_json
from mitplan.core.text.attribution import History
from mitplan.core.text.consensus import Consensus, InseparableError
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.plan import permissions, policies, queries
from mitplan.plan.actions import revisions, writing
from mitplan.plan.actions.draft import allocate_passages
from mitplan.plan.models import Acceptance, Amendment, Edition, Origin, Passage, Plan


@transaction.atomic
def create_plan(
    *, slug: str, title: str, by: User, at: datetime, is_demonstration: bool = False
) -> Plan:
    """Begin a plan; its text comes with the first edition."""
    require(allowed=permissions.may_import_editions(by))
    plan = Plan(slug=slug, title=title, is_demonstration=is_demonstration)
    plan.full_clean()
    plan.save()
    audit.record("plan.created", on=plan, by=by, at=at, title=title)
    return plan


@dataclass(frozen=True, slots=True)
class EditionValues:
    """A text to be read in, and what the edition made of it is called."""

    passages: Sequence[PassageValue]
    kind: Edition.Kind
    title: str
    dated_on: date


def import_edition(
    *,
    plan: Plan,
    passages: Sequence[PassageValue],
    kind: Edition.Kind,
    title: str,
    dated_on: date,
    by: User,
    at: datetime,
) -> Edition:
    """Read one text in as the plan's next edition."""
    values = EditionValues(passages, kind, title, dated_on)
    return import_editions(plan=plan, texts=[values], by=by, at=at)[0]


@transaction.atomic
def import_editions(
    *, plan: Plan, texts: Iterable[EditionValues], by: User, at: datetime
) -> list[Edition]:
    """Read texts in as the plan's next editions, all or none.

    Passages keep their ids by matching with the editions so far, and every token is attributed to
    the edition that first brought it.
    """
    require(allowed=permissions.may_import_editions(by))
    plan = Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    history = History.of(
        queries.state_of(edition).pairs() for edition in plan.editions.order_by("number")
    )
    return [_import_or_name(plan, history, values, by, at) for values in texts]


def _import_or_name(
    plan: Plan, history: History, values: EditionValues, by: User, at: datetime
) -> Edition:
    """Read one text in; a refusal says which of them it is about."""
    try:
        return _import_one(plan, history, values, by, at)
    except ValidationError as problem:
        raise ValidationError(
            [
                _("«%(title)s»: %(problem)s") % {"title": values.title, "problem": each}
                for each in problem.messages
            ]
        ) from problem


def _import_one(
    plan: Plan, history: History, values: EditionValues, by: User, at: datetime
) -> Edition:
    base = queries.newest_edition(plan)
    policies.require_readable_text(values.passages)
    policies.require_not_adopted_by_reading(
        values.kind, list(plan.editions.values_list("kind", flat=True))
    )
    policies.require_no_pending_changes(len(queries.standing_acceptances(base)) if base else 0)
    origin = Origin.objects.create(
        plan=plan, kind=Origin.Kind.EDITION, label=values.title, began_at=at
    )
    numbers = count(plan.last_passage + 1)
    before = queries.state_of(base) if base else queries.State((), {})
    passages = revisions.known_by_number(plan, _with_own_ids(plan, values.passages))
    attributed = history.next(passages, origin.pk, lambda: f"t{next(numbers)}")
    allocate_passages(plan, next(numbers) - 1)
    edition = writing.write_edition(
        plan=plan,
        parent=base,
        kind=values.kind,
        title=values.title,
        dated_on=values.dated_on,
        state=queries.State(
            document=tuple(each.passage for each in attributed),
            runs={each.passage.id: each.runs for each in attributed},
        ),
        changes=writing.changes_between(before, attributed, origin.pk),
        at=at,
    )
    Origin.objects.filter(pk=origin.pk).update(edition=edition)
    hashes = {"hash": edition.content_hash, "title": values.title}
    audit.record("plan.edition.imported", on=edition, by=by, at=at, **hashes)
    return edition


def _with_own_ids(plan: Plan, passages: Sequence[PassageValue]) -> list[PassageValue]:
    """Take off ids that this plan never gave out: the file was written from another plan."""
    own = {Passage.key_of(number) for number in plan.passages.values_list("number", flat=True)}
    return [passage if passage.id in own else replace(passage, id="") for passage in passages]


@transaction.atomic
def release_edition(*, edition: Edition, by: User, at: datetime) -> Edition:
    """Open an edition to everybody."""
    require(allowed=permissions.may_import_editions(by))
    if policies.EDITION.can(policies.edition_state(edition), "release"):
        edition.released_at = at
        edition.save(update_fields=["released_at"])
        audit.record("plan.edition.released", on=edition, by=by, at=at)
    return edition


@transaction.atomic
def freeze_draft(
    *, plan: Plan, kind: Edition.Kind, title: str, dated_on: date, by: User, at: datetime
) -> Edition:
    """Make the draft the plan's next edition. It stands for ever and nothing in it can change.

    What is contested keeps its old words and goes on to the draft on the new edition, still contested; only
    an adopted edition leaves nothing open.
    """
    require(allowed=permissions.may_edit_draft(by))
    plan = Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    draft = queries.draft_of(plan)
    if draft is None:
        raise ValidationError(_("Der Plan hat noch keinen Text. Bitte zuerst eine Datei einlesen."))
    if kind == Edition.Kind.ADOPTED:
        policies.require_settled(len(draft.consolidation.open))
    found = _consensus(draft)
    edition = writing.write_edition(
        plan=plan,
        parent=draft.base,
        kind=kind,
        title=title,
        dated_on=dated_on,
        state=queries.State(found.consolidation.document, found.consolidation.runs),
        changes=found.consolidation.changes,
        at=at,
    )
    _carry_on(edition, found.waiting, at)
    facts = {"hash": edition.content_hash, "title": title}
    if found.waiting:
        facts["waiting"] = str(len(found.waiting))
    audit.record("plan.edition.frozen", on=edition, by=by, at=at, **facts)
    return edition


def _consensus(draft: queries.Draft) -> Consensus:
    try:
        return queries.consensus_of(draft)
    except InseparableError as problem:
        raise ValidationError(
            _(
                "An Textstelle %(passages)s reicht eine Lösung in einen offenen Konflikt hinein. "
                "Bitte zuerst auch diesen lösen."
            ),
            params={"passages": ", ".join(each.removeprefix("t") for each in problem.passages)},
        ) from problem


def _carry_on(edition: Edition, waiting: Iterable[AmendmentValue], at: datetime) -> None:
    """Accept what waits into the draft on a new edition, each as a version of what it was before."""
    for value in waiting:
        amendment = Amendment.objects.create(
            base=edition,
            operations=operations_to_json(value.operations),
            derived_from_id=value.id,
            made_at=at,
        )
        Acceptance.objects.create(amendment=amendment, origin_id=value.origin, accepted_at=at)
