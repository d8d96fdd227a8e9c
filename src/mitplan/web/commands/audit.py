"""`mitplan audit`: the record of every act, checked."""

import argparse
from typing import Any

from mitplan.common import audit
from mitplan.common.models import AuditHead
from mitplan.web.commands.reporting import add_json, report

REASONS = {
    "missing": "fehlt",
    "chain": "schließt nicht an den Eintrag davor an",
    "entry": "wurde verändert",
    "details": "hat veränderte Einzelheiten",
}


def register(groups: Any) -> None:  # noqa: ANN401 – argparse's private class
    """Add the commands about the record."""
    group = groups.add_parser("audit", help="Protokoll prüfen")
    commands = group.add_subparsers(required=True, metavar="BEFEHL")
    verify = commands.add_parser("verify", help="die Kette aller Einträge nachrechnen")
    add_json(verify)
    verify.set_defaults(run=_verify)


def _verify(options: argparse.Namespace) -> int:
    broken = audit.first_break()
    head = AuditHead.objects.first()
    number, digest = (head.number, head.hash) if head else (0, "")
    if broken:
        sentence = f"Eintrag {broken.number} {REASONS[broken.reason]}."
    else:
        sentence = f"Alle {number} Einträge halten. Letzte Prüfsumme: {digest or '–'}"
    data = {
        "entries": number,
        "head": digest,
        "first_break": {"number": broken.number, "reason": broken.reason} if broken else None,
    }
    report(options, data, sentence)
    return 1 if broken else 0
