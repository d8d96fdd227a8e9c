"""Writing in the draft for a reason that is no point: a department, a resolution, the editors."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.conference.models import Department, Resolution
from mitplan.conference.permissions import require
from mitplan.core.text import amendments as core
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.core.text.tokens import normalise
from mitplan.participation.actions.proposals import operations_for
from mitplan.participation.models import Point
from mitplan.plan import actions as plan_actions
from mitplan.plan import permissions as plan_permissions
from mitplan.plan import queries as plan_queries
from mitplan.plan.models import Acceptance, Edition, Origin, Passage


@dataclass(frozen=True, slots=True)
class EditValues:
    """What an editor writes at a passage, and for whom; without fields, they stay as they are."""

    proposal: Point.Proposal
    text: str
    kind: Origin.Kind
    fields: tuple[tuple[str, str], ...] | None = None
    reason: str = ""
    department: Department | None = None
    resolution: Resolution | None = None


@transaction.atomic
def edit_passage(
    *, base: Edition, passage: Passage, values: EditValues, by: User, at: datetime
) -> Acceptance:
    """Write other words at a passage of the draft; they carry their origin with its public reason."""
    require(allowed=plan_permissions.may_edit_draft(by))
    operations = _operations(base, passage, values)
    if not operations:
        raise ValidationError(_("Der Wortlaut ist unverändert. Es gibt nichts zu übernehmen."))
    origin = _origin(base, values, at)
    return plan_actions.edit_draft(base=base, operations=operations, origin=origin, by=by, at=at)


def _operations(base: Edition, passage: Passage, values: EditValues) -> tuple[core.Operation, ...]:
    value = _standing(base, passage)
    text = normalise(values.text).strip()
    if not text and values.proposal != Point.Proposal.DELETE:
        raise ValidationError(
            _("Bitte den Wortlaut schreiben. Soll die Textstelle entfallen, «streichen» wählen.")
        )
    written = operations_for(
        value,
        values.proposal,
        text,
        lambda: plan_actions.reserve_passages(base.plan, 1)[0],
    )
    if values.proposal != Point.Proposal.REWORD or values.fields is None:
        return written
    return (*written, *_field_operations(value, dict(values.fields)))


def _standing(base: Edition, passage: Passage) -> PassageValue:
    document = plan_queries.state_of(base).document
    value = next((each for each in document if each.id == passage.key), None)
    if value is None:
        raise ValidationError(
            _(
                "Die Textstelle %(key)s steht nicht in Fassung %(number)s; sie ist erst in der "
                "Arbeitsfassung entstanden. Bitte die Entscheidung ändern, die sie gebracht hat."
            ),
            params={"key": passage.key, "number": base.number},
        )
    return value


def _field_operations(value: PassageValue, wanted: dict[str, str]) -> Iterator[core.Operation]:
    known = dict(value.fields)
    for name in sorted(known.keys() | wanted.keys()):
        if known.get(name) != wanted.get(name):
            yield core.SetField(value.id, name, wanted.get(name))


def _origin(base: Edition, values: EditValues, at: datetime) -> Origin:
    origin = Origin(
        plan=base.plan,
        kind=values.kind,
        label=_label(values),
        reason=values.reason.strip(),
        began_at=at,
        department=values.department,
        resolution=values.resolution,
    )
    origin.full_clean()
    origin.save()
    return origin


def _label(values: EditValues) -> str:
    if values.department:
        return values.department.name
    return values.resolution.title if values.resolution else _("Redaktion")
