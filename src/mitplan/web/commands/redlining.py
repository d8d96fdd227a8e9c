"""`mitplan docx redline`: two texts in files as one Word file with tracked changes. Needs no database."""

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mitplan.core.text.compare import Row, RowKind, compare
from mitplan.core.text.matching import match
from mitplan.core.text.passages import Document, Kind
from mitplan.formats import docx
from mitplan.formats.docx_output import Sheet
from mitplan.formats.docx_tracking import Author
from mitplan.web.commands.files import read_text
from mitplan.web.commands.reporting import Refusal, add_json, report
from mitplan.web.commands.text_reports import KINDS

ABOUT = (
    "Schreibt eine Word-Datei, in der alle Änderungen von ALT zu NEU nachverfolgt sind: alle annehmen "
    "ergibt NEU, alle ablehnen ALT. Liest Word, OpenDocument, Markdown und einfachen Text; in Dateien "
    "nachverfolgte Änderungen gelten als angenommen. Braucht keine Datenbank."
)


def register(commands: Any) -> None:  # noqa: ANN401 – argparse's private class
    """Add the command to those about Word files."""
    parser = commands.add_parser(
        "redline", help="zwei Texte als Word-Datei mit nachverfolgten Änderungen", description=ABOUT
    )
    parser.add_argument("old", type=Path, metavar="ALT", help="der frühere Text")
    parser.add_argument("new", type=Path, metavar="NEU", help="der spätere Text")
    parser.add_argument("out", type=Path, metavar="ZIEL.docx", help="die Datei, die entsteht")
    parser.add_argument("--author", metavar="NAME", help="wer geändert hat; sonst der Name von NEU")
    parser.add_argument(
        "--date",
        type=datetime.fromisoformat,
        metavar="JJJJ-MM-TT",
        help="wann geändert wurde; sonst, wann NEU gespeichert wurde",
    )
    parser.add_argument("--force", action="store_true", help="eine vorhandene Datei ersetzen")
    add_json(parser)
    parser.set_defaults(run=_redline, needs_tables=False)


def _redline(options: argparse.Namespace) -> int:
    _check_target(options.out, force=options.force)
    old, new = with_ids(read_text(options.old), read_text(options.new))
    data = docx.redline(old, new, Sheet(_title(new, options.new)), by=_author(options))
    options.out.write_bytes(data)
    counts = _counts(compare(old, new))
    told = ", ".join(f"{count} {KINDS[kind]}" for kind, count in counts.items())
    report(
        options,
        {
            "old": str(options.old),
            "new": str(options.new),
            "out": str(options.out),
            "passages": {str(kind): count for kind, count in counts.items()},
        },
        f"{options.out} ist geschrieben. Textstellen: {told}.",
    )
    return 0


def _check_target(path: Path, *, force: bool) -> None:
    if path.suffix.lower() != ".docx":
        message = (
            f"{path}: Hier entsteht eine Word-Datei. Bitte einen Namen wählen, der auf .docx endet."
        )
        raise Refusal(message)
    if path.exists() and not force:
        message = f"{path}: Die Datei gibt es schon. Bitte einen anderen Namen wählen oder mit --force ersetzen."
        raise Refusal(message)


def with_ids(old: Document, new: Document) -> tuple[Document, Document]:
    """Give passages of two files the ids by which they are the same; made-up ones never reach the file."""
    before = tuple(
        passage if passage.id else replace(passage, id=f"#{number}")
        for number, passage in enumerate(_each_once(old))
    )
    after = tuple(_each_once(new))
    return before, tuple(
        replace(passage, id=passage.id or f"#neu{number}" if link is None else before[link].id)
        for number, (passage, link) in enumerate(zip(after, match(before, after), strict=True))
    )


def _each_once(document: Document) -> Iterator[Any]:
    """Take away an id from the second passage that carries it, as copied text does."""
    seen: set[str] = set()
    for passage in document:
        yield replace(passage, id="") if passage.id in seen else passage
        seen.add(passage.id)


def _title(document: Document, path: Path) -> str:
    headings = (each.text for each in document if each.kind is Kind.HEADING and each.level == 1)
    return next(headings, path.stem)


def _author(options: argparse.Namespace) -> Author:
    saved = datetime.fromtimestamp(options.new.stat().st_mtime, UTC)
    return Author(options.author or options.new.stem, options.date or saved)


def _counts(rows: tuple[Row, ...]) -> dict[RowKind, int]:
    counts = Counter(row.kind for row in rows)
    return {kind: counts[kind] for kind in RowKind}
