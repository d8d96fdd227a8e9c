"""Whether the house can answer."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


def problem_of_database() -> str:
    """Return why the database cannot serve yet, or nothing if it can."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "database"
    return "migrations" if waiting else ""
