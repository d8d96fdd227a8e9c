"""The database's own guard: triggers that refuse to change or delete frozen rows."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.apps import AppConfig, apps
from django.db import connections, models

from mitplan.common.immutable import Immutable

MESSAGE = "mitplan: this row is frozen"
ERROR_CODE = "MP001"

_FUNCTION = f"""
CREATE OR REPLACE FUNCTION mitplan_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = '{ERROR_CODE}'; END $$
"""


def guarded_models(candidates: Iterable[type[models.Model]] | None = None) -> list[type[Immutable]]:
    """Return every model whose rows can be frozen."""
    found = apps.get_models() if candidates is None else candidates
    return [model for model in found if issubclass(model, Immutable)]


def trigger_names(model: type[Immutable], vendor: str) -> list[str]:
    """Return the names of the triggers a model's table must have."""
    table = model._meta.db_table
    events = ["update", "delete"] + (["truncate"] if vendor == "postgresql" else [])
    return [f"mitplan_{table}_{event}" for event in events]


def install_for_app(sender: AppConfig, using: str = "default", **_: object) -> None:
    """Install the triggers of one room's tables; called after every migration."""
    install(guarded_models(sender.get_models()), using=using)


def install(guarded: Iterable[type[Immutable]] | None = None, *, using: str = "default") -> None:
    """(Re)install the triggers of the given models, or of all."""
    guarded = list(guarded_models() if guarded is None else guarded)
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and guarded:
            cursor.execute(_FUNCTION)
        for model in guarded:
            if model._meta.db_table in present:
                for statement in _statements(model, connection.vendor):
                    cursor.execute(statement)


def remove(*, using: str = "default") -> None:
    """Take all triggers away, for restoring a backup into empty tables and for tests that clean up."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for model in guarded_models():
            for name in trigger_names(model, connection.vendor):
                cursor.execute(_drop(name, model, connection.vendor))


@contextmanager
def lifted(model: type[Immutable]) -> Iterator[None]:
    """Let rows of one table be changed in the caller's transaction, where the law demands it of an act.

    Nobody else sees the table unguarded, and if the act fails the guard is back with everything else.
    """
    connection = connections["default"]
    if not connection.in_atomic_block:
        message = "The guard is lifted inside the transaction of an act only."
        raise RuntimeError(message)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in trigger_names(model, connection.vendor):
            cursor.execute(_drop(name, model, connection.vendor))
    yield
    install([model])


def _statements(model: type[Immutable], vendor: str) -> list[str]:
    names = trigger_names(model, vendor)
    drops = [_drop(name, model, vendor) for name in names]
    make = _postgresql if vendor == "postgresql" else _sqlite
    return drops + make(model, *names)


def _drop(name: str, model: type[Immutable], vendor: str) -> str:
    on = f' ON "{model._meta.db_table}"' if vendor == "postgresql" else ""
    return f'DROP TRIGGER IF EXISTS "{name}"{on}'


def _sqlite(model: type[Immutable], update: str, delete: str) -> list[str]:
    table = model._meta.db_table
    body = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    return [
        (
            f'CREATE TRIGGER "{update}" BEFORE UPDATE ON "{table}" '
            f"WHEN {_is_frozen(model)} AND ({_differs(model, 'IS NOT')}) {body}"
        ),
        f'CREATE TRIGGER "{delete}" BEFORE DELETE ON "{table}" WHEN {_is_frozen(model)} {body}',
    ]


def _postgresql(model: type[Immutable], update: str, delete: str, truncate: str) -> list[str]:
    table = model._meta.db_table
    run = "EXECUTE FUNCTION mitplan_frozen()"
    return [
        (
            f'CREATE TRIGGER "{update}" BEFORE UPDATE ON "{table}" FOR EACH ROW '
            f"WHEN ({_is_frozen(model)} AND ({_differs(model, 'IS DISTINCT FROM')})) {run}"
        ),
        (
            f'CREATE TRIGGER "{delete}" BEFORE DELETE ON "{table}" FOR EACH ROW '
            f"WHEN ({_is_frozen(model)}) {run}"
        ),
        f'CREATE TRIGGER "{truncate}" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT {run}',
    ]


def _is_frozen(model: type[Immutable]) -> str:
    if not model.frozen_when:
        return "TRUE"
    columns = {field.name: field.column for field in model._meta.concrete_fields}
    return f'OLD."{columns[model.frozen_when]}" IS NOT NULL'


def _differs(model: type[Immutable], operator: str) -> str:
    columns = [
        field.column for field in model._meta.concrete_fields if field.name not in model.may_change
    ]
    return " OR ".join(f'OLD."{column}" {operator} NEW."{column}"' for column in columns)
