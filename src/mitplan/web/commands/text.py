"""`mitplan text`: compare, trace and merge texts in files. Needs no database."""

import argparse
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from mitplan.core.text.attribution import History
from mitplan.core.text.passages import Document
from mitplan.web.commands import text_reports
from mitplan.web.commands.files import read_text
from mitplan.web.commands.merging import merge
from mitplan.web.commands.reporting import Refusal, add_json, refuse, report

READS = (
    "Liest Markdown (.md), Word (.docx), OpenDocument (.odt), PDF und einfachen Text (.txt). "
    "Braucht keine Datenbank."
)


def register(groups: Any) -> None:  # noqa: ANN401 – argparse's private class
    """Add the commands about texts in files."""
    group = groups.add_parser(
        "text", help="Texte in Dateien vergleichen, verfolgen, zusammenführen"
    )
    commands = group.add_subparsers(required=True, metavar="BEFEHL")
    _register_compare(commands)
    _register_history(commands)
    _register_merge(commands)


def _register_compare(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser("compare", help="zwei Texte Wort für Wort", description=READS)
    parser.add_argument("old", type=Path, metavar="ALT", help="der frühere Text")
    parser.add_argument("new", type=Path, metavar="NEU", help="der spätere Text")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--html", action="store_true", help="Vergleich als HTML-Seite ausgeben")
    add_json(shape)
    parser.add_argument("--all", action="store_true", help="auch unveränderte Textstellen zeigen")
    parser.set_defaults(run=_compare, needs_tables=False)


def _register_history(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser(
        "history", help="zu jedem Wort die Fassung, die es zuerst brachte", description=READS
    )
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="DATEI", help="die Fassungen, die älteste zuerst"
    )
    add_json(parser)
    parser.set_defaults(run=_history, needs_tables=False)


def _register_merge(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser(
        "merge", help="mehrere Änderungen an einem Text zusammenführen", description=READS
    )
    parser.add_argument(
        "base", type=Path, metavar="GRUNDLAGE", help="der Text, auf den sich alle beziehen"
    )
    parser.add_argument(
        "variants", nargs="+", type=Path, metavar="VARIANTE", help="vollständige geänderte Kopie"
    )
    add_json(parser)
    parser.set_defaults(run=_merge, needs_tables=False)


def run(options: argparse.Namespace) -> int:
    """Run one of these commands; what the user can mend is said in a sentence."""
    try:
        return int(options.run(options))
    except Refusal as problem:
        return refuse(*problem.args)
    except BrokenPipeError:  # the reader of the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def names_of(paths: list[Path]) -> list[str]:
    """Return the names of files; where two have the same, all are named by their whole path.

    A file that is given more than once is numbered.
    """
    names = [path.name for path in paths]
    if max(Counter(names).values()) == 1:
        return names
    seen: Counter[Path] = Counter()
    return [_numbered(path, seen) for path in paths]


def _numbered(path: Path, seen: Counter[Path]) -> str:
    seen[path] += 1
    return str(path) if seen[path] == 1 else f"{path} ({seen[path]})"


def _compare(options: argparse.Namespace) -> int:
    paths = [options.old, options.new]
    rows = text_reports.compared(*map(read_text, paths))
    if options.html:
        print(text_reports.as_html(rows, *names_of(paths), everything=options.all))
    else:
        data = text_reports.comparison_data(rows, *names_of(paths))
        report(options, data, text_reports.as_text(rows, everything=options.all))
    return 0


def _history(options: argparse.Namespace) -> int:
    states = [read_text(path) for path in options.files]
    data = text_reports.history_data(names_of(options.files), traced(states))
    report(options, data, text_reports.history_as_text(data))
    return 0


def traced(states: list[Document]) -> list[text_reports.Traced]:
    """Return every state with ids that stay and the state that first brought each token."""
    history = History()
    return [history.next(state, number) for number, state in enumerate(states)]


def _merge(options: argparse.Namespace) -> int:
    variants = zip(names_of(options.variants), map(read_text, options.variants), strict=True)
    data = merge(read_text(options.base), dict(variants))
    report(options, data, text_reports.merge_as_text(data))
    return 0
