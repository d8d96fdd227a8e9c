"""How commands report: a sentence for people, JSON for programs, a refusal for what can be mended."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

DRY_RUN = "Nichts gespeichert (--dry-run)."


class Refusal(Exception):  # noqa: N818 – a refusal is an answer, not a fault
    """A command cannot do what was asked; its sentences say what is wrong, where, and how to mend it."""


def add_json(parser: argparse.ArgumentParser) -> None:
    """Let a command report as JSON."""
    parser.add_argument("--json", action="store_true", help="Ergebnis als JSON ausgeben")


def add_dry_run(parser: argparse.ArgumentParser) -> None:
    """Let a command show what it would do."""
    parser.add_argument("--dry-run", action="store_true", help="nur zeigen, nichts speichern")


def report(options: argparse.Namespace, data: Mapping[str, Any], sentence: str) -> None:
    """Print what happened."""
    print(json.dumps(data, ensure_ascii=False, indent=2) if options.json else sentence)


def refuse(*sentences: object) -> int:
    """Say why nothing was done and return the exit code for it."""
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return 1


def first_problems(problems: Sequence[str], shown: int = 20) -> list[str]:
    """Return the first problems and how many more there are; nothing is saved while there is one."""
    rest = len(problems) - shown
    more = [f"… und {rest} weitere."] if rest > 0 else []
    return [*problems[:shown], *more, "Nichts wurde gespeichert."]
