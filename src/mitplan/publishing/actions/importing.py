"""Reading a file in as the next edition: first to look at, then for good."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.plan import actions as plan_actions
from mitplan.plan.models import Edition, Plan
from mitplan.plan.queries import newest_edition, state_of
from mitplan.publishing.queries.comparison import Comparison, compare_documents


@dataclass(frozen=True, slots=True)
class ImportValues:
    """A text that was read from a file, and what the edition made of it is called."""

    passages: tuple[PassageValue, ...]
    kind: Edition.Kind
    title: str
    dated_on: date
    release: bool


@transaction.atomic
def preview_text(*, plan: Plan, values: ImportValues, by: User, at: datetime) -> Comparison:
    """Read a text in, compare it with the edition before, and leave everything as it was."""
    base = newest_edition(plan)
    before = state_of(base).document if base else ()
    edition = _read_in(plan, values, by, at)
    comparison = compare_documents(before, state_of(edition).document)
    transaction.set_rollback(True)
    return comparison


@transaction.atomic
def import_text(*, plan: Plan, values: ImportValues, after: int, by: User, at: datetime) -> Edition:
    """Read a text in as the edition that follows the one it was compared with."""
    base = newest_edition(Plan.objects.select_for_update(no_key=True).get(pk=plan.pk))
    if (base.number if base else 0) != after:
        raise ValidationError(
            _(
                "Inzwischen gibt es eine neuere Fassung. Bitte die Datei noch einmal hochladen und "
                "die Unterschiede prüfen."
            )
        )
    edition = _read_in(plan, values, by, at)
    if values.release:
        plan_actions.release_edition(edition=edition, by=by, at=at)
    return edition


def _read_in(plan: Plan, values: ImportValues, by: User, at: datetime) -> Edition:
    return plan_actions.import_edition(
        plan=plan,
        passages=values.passages,
        kind=values.kind,
        title=values.title,
        dated_on=values.dated_on,
        by=by,
        at=at,
    )
