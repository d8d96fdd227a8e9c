"""`mitplan search`: what can be found."""

import argparse
from typing import Any

from django.utils import timezone

from mitplan.publishing.actions import rebuild_search
from mitplan.web.commands.reporting import add_json, report


def register(groups: Any) -> None:  # noqa: ANN401 – argparse's private class
    """Add the commands about the search."""
    group = groups.add_parser("search", help="Suche")
    commands = group.add_subparsers(required=True, metavar="BEFEHL")
    rebuild = commands.add_parser(
        "rebuild", help="das Verzeichnis der Suche von Grund auf neu anlegen"
    )
    add_json(rebuild)
    rebuild.set_defaults(run=_rebuild)


def _rebuild(options: argparse.Namespace) -> int:
    entries = rebuild_search(at=timezone.now(), from_scratch=True)
    report(options, {"entries": entries}, f"{entries} Einträge im Verzeichnis der Suche.")
    return 0
