"""How rows come on record and are changed: read afresh, compared, checked, saved, noted in the audit."""

from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from mitplan.accounts.models import User
from mitplan.common import audit

M = TypeVar("M", bound=Model)


def locked(thing: M) -> M:
    """Return a thing as it is stored, kept for this transaction."""
    return QuerySet(type(thing)).select_for_update(no_key=True).get(pk=thing.pk)


def changed_by(thing: Model, values: dict[str, object]) -> set[str]:
    """Write values onto a thing and return the names of the fields that differ now."""
    changed = {name for name, value in values.items() if getattr(thing, name) != value}
    for name in changed:
        setattr(thing, name, values[name])
    return changed


def on_record(thing: M, event: str, *, by: User, at: datetime, **facts: Any) -> M:  # noqa: ANN401 – as the audit takes them
    """Check and save a thing, and note in the audit what happened to it."""
    thing.full_clean()
    thing.save()
    audit.record(event, on=thing, by=by, at=at, **facts)
    return thing
