"""Everything that is kept about a person, found by what points to them and by their name and address."""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from mitplan.accounts.models import COMMAND_LINE, User

PACKAGE = "mitplan."
ABOUT_ORGANISATIONS = {"organisation_name"}
NAMES_OF_SNAPSHOTS = ("_as", "mandate", "person")
"""How columns are called that keep in words who acted; each names a person, a role or both."""


def persons() -> QuerySet[User]:
    """Return everybody with an account, by name; the command line is nobody."""
    return User.objects.exclude(email=COMMAND_LINE).order_by("name", "email")


def own_models() -> list[type[models.Model]]:
    """Return the tables of this house."""
    return [model for model in apps.get_models() if model.__module__.startswith(PACKAGE)]


def snapshots() -> Iterator[tuple[type[models.Model], str]]:
    """Yield the columns that keep a name or an address in words, beside the account itself."""
    for model in own_models():
        if model is User:
            continue
        for field in model._meta.concrete_fields:
            if _is_snapshot(field):
                yield model, field.name


def _is_snapshot(field: Any) -> bool:  # noqa: ANN401 – a field of any model
    if isinstance(field, models.EmailField):
        return True
    is_words = isinstance(field, models.CharField) and not field.choices
    is_named = any(part in field.name for part in NAMES_OF_SNAPSHOTS)
    return is_words and is_named and field.name not in ABOUT_ORGANISATIONS


def name_of(person: User) -> re.Pattern[str]:
    """Return what finds a name as whole words, so that «Al» is not found in «Alle»."""
    return re.compile(rf"(?<!\w){re.escape(person.name)}(?!\w)" if person.name.strip() else "(?!)")


def address_of(person: User) -> re.Pattern[str]:
    """Return what finds an address as a whole, in capitals or small letters."""
    return re.compile(rf"(?<![\w.+-]){re.escape(person.email)}(?![\w-])", re.IGNORECASE)


def rows_naming(model: type[models.Model], field: str, person: User) -> QuerySet[Any]:
    """Return the rows in which a column names a person."""
    holds = Q(**{f"{field}__icontains": person.email})
    if person.name.strip():
        holds |= Q(**{f"{field}__contains": person.name})
    name, address = name_of(person), address_of(person)
    texts = model._base_manager.filter(holds).values_list("pk", field).iterator(2000)
    return model._base_manager.filter(
        pk__in=[pk for pk, text in texts if name.search(text) or address.search(text)]
    )


def data_of(person: User) -> dict[str, object]:
    """Return everything that is kept about a person, table by table, as JSON can hold it."""
    tables: dict[str, list[dict[str, object]]] = {}
    for model, rows in _rows_about(person):
        if found := [_plain(row) for row in rows.order_by("pk")]:
            known = tables.setdefault(str(model._meta.label), [])
            known += [row for row in found if row not in known]
    return {"person": _plain(person), "made_at": timezone.now().isoformat(), "tables": tables}


def _rows_about(person: User) -> Iterator[tuple[type[models.Model], QuerySet[Any]]]:
    for model in own_models():
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is User:
                yield model, model._base_manager.filter(**{field.name: person.pk})
    for model, column in snapshots():
        yield model, rows_naming(model, column, person)


_SECRET = {"password", "nonce", "salt"}


def _plain(row: models.Model) -> dict[str, object]:
    """Return a row without secrets and without the bytes of files."""
    return {
        field.name: _value(row, field)
        for field in row._meta.concrete_fields
        if field.name not in _SECRET and not isinstance(field, models.BinaryField)
    }


def _value(row: models.Model, field: Any) -> object:  # noqa: ANN401 – a field of any model
    value = getattr(row, field.attname)
    return value if isinstance(value, str | int | float | bool | None | list | dict) else str(value)
