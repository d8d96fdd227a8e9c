"""`mitplan mail` and `mitplan remind`: what waits is sent, what came back is noted, who forgot is reminded."""

import argparse
from pathlib import Path
from typing import Any

from django.utils import timezone

from mitplan.common import bounces, mail
from mitplan.participation.actions.reminders import remind
from mitplan.web.commands.reporting import add_json, report


def register(groups: Any) -> None:  # noqa: ANN401 – argparse's private class
    """Add the commands about mail."""
    group = groups.add_parser("mail", help="E-Mails versenden und Rückläufer einlesen")
    commands = group.add_subparsers(required=True, metavar="BEFEHL")
    send = commands.add_parser("send", help="liegen gebliebene E-Mails versenden (für cron)")
    add_json(send)
    send.set_defaults(run=_send)
    returned = commands.add_parser(
        "bounces", help="Unzustellbarkeitsberichte (RFC 3464) aus .eml oder mbox einlesen"
    )
    returned.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="DATEI",
        help="Berichte: je Datei eine Nachricht (.eml) oder ein Postfach (mbox)",
    )
    add_json(returned)
    returned.set_defaults(run=_bounces)
    reminding = groups.add_parser(
        "remind", help="an Fristen und Aufgaben erinnern (für cron; beliebig oft)"
    )
    add_json(reminding)
    reminding.set_defaults(run=_remind)


def _send(options: argparse.Namespace) -> int:
    sent = mail.send_left_behind(timezone.now())
    report(options, {"sent": sent}, f"{sent} E-Mails versandt.")
    return 0


def _bounces(options: argparse.Namespace) -> int:
    found = bounces.note_returns(bounces.read_files(options.files), at=timezone.now())
    data = {
        "noted": [each.to for each in found.noted],
        "known": [each.to for each in found.known],
        "unknown": [
            {"recipient": each.recipient, "message_id": each.message_id, "reason": each.sentence}
            for each in found.unknown
        ],
        "no_report": found.unread,
    }
    report(options, data, "\n".join(_sentences(found)))
    return 0


def _remind(options: argparse.Namespace) -> int:
    written = remind(at=timezone.now())
    report(options, {"written": written}, f"{written} Erinnerungen geschrieben.")
    return 0


def _sentences(found: bounces.Outcome) -> list[str]:
    return [
        f"{len(found.noted)} zurückgekommene E-Mails vermerkt, {len(found.known)} waren schon bekannt.",
        *(f"Zurückgekommen: {each.to}" for each in found.noted),
        *(
            f"Unbekannt: {each.recipient} ({each.message_id or 'ohne Kennung'})"
            for each in found.unknown
        ),
        *([f"{found.unread} Nachrichten sind kein Bericht."] if found.unread else []),
    ]
