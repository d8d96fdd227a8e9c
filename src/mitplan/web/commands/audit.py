"""`mitplan audit`: the record of every act, checked."""

import argparse
from typing import Any

from mitplan.common import audit
from mitplan.common.models import AuditDetail, AuditHead
from mitplan.web.commands.reporting import add_json, report
from mitplan.web.queries.proofs import first_forgery

REASONS = {
    "missing": "fehlt",
    "chain": "schließt nicht an den Eintrag davor an",
    "entry": "wurde verändert",
    "details": "hat veränderte Einzelheiten",
}
THINGS = {"edition": "Die Fassung", "submission": "Die Stellungnahme", "point": "Das Anliegen"}


def register(groups: Any) -> None:  # noqa: ANN401 – argparse's private class
    """Add the commands about the record."""
    group = groups.add_parser("audit", help="Protokoll prüfen")
    commands = group.add_subparsers(required=True, metavar="BEFEHL")
    verify = commands.add_parser(
        "verify", help="die Kette aller Einträge und alle Prüfsummen nachrechnen"
    )
    add_json(verify)
    verify.set_defaults(run=_verify)


def _verify(options: argparse.Namespace) -> int:
    broken, forged = audit.first_break(), first_forgery()
    head = AuditHead.objects.first()
    number, digest = (head.number, head.hash) if head else (0, "")
    if broken:
        sentence = f"Eintrag {broken.number} {REASONS[broken.reason]}."
    elif forged:
        sentence = f"{THINGS[forged.kind]} {forged.name} ist nicht mehr, was protokolliert wurde."
    else:
        sentence = f"Alle {number} Einträge halten. Letzte Prüfsumme: {digest or '–'}"
    data = {
        "entries": number,
        "head": digest,
        "first_break": {"number": broken.number, "reason": broken.reason} if broken else None,
        "first_forgery": {"kind": forged.kind, "name": forged.name} if forged else None,
        "erased_details": number - AuditDetail.objects.count(),
    }
    report(options, data, sentence)
    return 1 if broken or forged else 0
