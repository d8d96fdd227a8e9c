"""Migrations run years from now: they lean on nothing of ours that may have changed by then."""

from tests.architecture.house import PACKAGE, imported_modules, relative

# Field classes that stand for a column type; their names are part of the schema.
COLUMN_TYPES = {"mitplan.common.partial_dates"}


def test_migrations_import_nothing_of_the_project():
    leaning = [
        f"{relative(path)}: {module}"
        for path in sorted(PACKAGE.glob("*/migrations/*.py"))
        for module in imported_modules(path)
        if module.split(".")[0] == "mitplan" and module not in COLUMN_TYPES
    ]

    assert leaning == []
