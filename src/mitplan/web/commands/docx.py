"""`mitplan docx`: what stands in Word files, with its changes and comments. Needs no database."""

import argparse
from pathlib import Path
from typing import Any

from mitplan.formats import anyfile
from mitplan.formats.errors import FormatError
from mitplan.web.commands import redlining
from mitplan.web.commands.docx_reports import reading_as_text, reading_data
from mitplan.web.commands.files import read_bytes
from mitplan.web.commands.reporting import Refusal, add_json, report

READS = "Liest Word (.docx) und OpenDocument (.odt). Braucht keine Datenbank."


def register(groups: Any) -> None:  # noqa: ANN401 – argparse's private class
    """Add the commands about Word files."""
    group = groups.add_parser(
        "docx", help="Word-Dateien: Text, nachverfolgte Änderungen, Kommentare"
    )
    commands = group.add_subparsers(required=True, metavar="BEFEHL")
    _register_text(commands)
    _register_revisions(commands)
    redlining.register(commands)


def _register_text(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser(
        "text", help="der Text, Absatz für Absatz eine Zeile", description=READS
    )
    parser.add_argument("file", type=Path, metavar="DATEI", help="die Datei")
    parser.add_argument(
        "--revisions",
        choices=["accept", "reject", "show"],
        default="accept",
        help="nachverfolgte Änderungen annehmen (ohne Angabe), ablehnen oder im Text zeigen: "
        "{++neu++} {--alt--} {==Stelle==}{>>Kommentar<<}",
    )
    add_json(parser)
    parser.set_defaults(run=_text, needs_tables=False)


def _register_revisions(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser(
        "revisions",
        help="wer was geändert und angemerkt hat",
        description=f"{READS} Textstellen ohne Kennung heißen nach ihrem Platz in der Datei: #3.",
    )
    parser.add_argument("file", type=Path, metavar="DATEI", help="die Datei")
    add_json(parser)
    parser.set_defaults(run=_revisions, needs_tables=False)


def _text(options: argparse.Namespace) -> int:
    try:
        lines = list(
            anyfile.read_lines(options.file.name, read_bytes(options.file), options.revisions)
        )
    except FormatError as problem:
        message = f"{options.file}: {problem}"
        raise Refusal(message) from problem
    data = {"file": str(options.file), "revisions": options.revisions, "paragraphs": lines}
    report(options, data, "\n".join(lines))
    return 0


def _revisions(options: argparse.Namespace) -> int:
    try:
        reading = anyfile.read_reading(options.file.name, read_bytes(options.file))
    except FormatError as problem:
        message = f"{options.file}: {problem}"
        raise Refusal(message) from problem
    report(options, reading_data(str(options.file), reading), reading_as_text(reading))
    return 0
