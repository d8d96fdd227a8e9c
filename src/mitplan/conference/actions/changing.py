"""How rows that may change are changed: read afresh, compared, checked, saved."""

from typing import TypeVar

from django.db.models import Model, QuerySet

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
