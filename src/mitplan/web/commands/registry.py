"""All groups of commands, and the one place where a refusal becomes a sentence and an exit code."""

import argparse
import os
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from mitplan.web.commands import (
    audit,
    backup,
    bench_data,
    consult,
    docx,
    letters,
    mail,
    person,
    plan,
    search,
    serve,
    text,
)
from mitplan.web.commands.reporting import Refusal, refuse

Groups = Any
"""What argparse returns for subparsers; its class is private."""


def register(groups: Groups) -> None:
    """Add every group of commands."""
    for module in (
        serve,
        plan,
        text,
        docx,
        consult,
        letters,
        mail,
        search,
        person,
        audit,
        backup,
        bench_data,
    ):
        module.register(groups)


def run(options: argparse.Namespace) -> int:
    """Run the chosen command; what the user can mend is said in a sentence, not a traceback."""
    try:
        if getattr(options, "needs_tables", True):
            _require_tables()
        return int(options.run(options) or 0)
    except ValidationError as problem:
        return refuse(*problem.messages)
    except PermissionDenied:
        return refuse("Dazu fehlt die Berechtigung.")
    except Refusal as problem:
        return refuse(*problem.args)
    except OSError as problem:
        if problem.filename is None:
            raise
        return refuse(f"{problem.filename}: {os.strerror(problem.errno or 0)}")


def _require_tables() -> None:
    """Refuse to work on a database that was never prepared, or not since the last update."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as problem:
        message = f"Die Datenbank ist nicht erreichbar: {problem}"
        raise Refusal(message) from problem
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        message = (
            "Die Datenbank ist nicht auf diesem Stand eingerichtet. Bitte zuerst: mitplan prepare"
        )
        raise Refusal(message)
