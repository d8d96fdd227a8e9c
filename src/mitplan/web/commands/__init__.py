"""Commands of the house, grouped as people look for them."""

import argparse
import sys
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError

from mitplan.web.commands import audit, backup, plan, serve

Groups = Any
"""What argparse returns for subparsers; its class is private."""


def register(groups: Groups) -> None:
    """Add every group of commands."""
    for module in (serve, plan, audit, backup):
        module.register(groups)


def run(options: argparse.Namespace) -> int:
    """Run the chosen command; what the user can mend is said in a sentence, not a traceback."""
    try:
        result = options.run(options)
    except ValidationError as problem:
        for message in problem.messages:
            print(message, file=sys.stderr)
        return 1
    except PermissionDenied:
        print("Dazu fehlt die Berechtigung.", file=sys.stderr)
        return 1
    return int(result or 0)
