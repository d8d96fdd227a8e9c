"""`mitplan backup` and `mitplan restore`."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management import call_command

from mitplan.common.backup import restore_backup, write_backup
from mitplan.web.commands.reporting import add_json, report


def register(groups: Any) -> None:  # noqa: ANN401 – argparse's private class
    """Add the commands that keep and bring back everything."""
    backup = groups.add_parser("backup", help="alles in eine Datei mit Prüfsumme sichern")
    backup.add_argument("file", type=Path, metavar="DATEI", help="die neue ZIP-Datei")
    add_json(backup)
    backup.set_defaults(run=_backup)
    restore = groups.add_parser("restore", help="eine Sicherung in eine leere Datenbank laden")
    restore.add_argument(
        "file", type=Path, metavar="DATEI", help="die Sicherung; die Prüfsumme liegt daneben"
    )
    add_json(restore)
    restore.set_defaults(run=_restore, needs_tables=False)


def _backup(options: argparse.Namespace) -> int:
    digest = write_backup(options.file)
    report(options, {"file": str(options.file), "sha256": digest}, f"Gesichert. SHA-256: {digest}")
    return 0


def _restore(options: argparse.Namespace) -> int:
    call_command("migrate", verbosity=0)
    rows = restore_backup(options.file)
    report(options, {"rows": rows}, f"{rows} Zeilen wiederhergestellt.")
    return 0
