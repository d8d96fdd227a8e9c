"""How commands report: a sentence for people, JSON for programs."""

import argparse
import json
from typing import Any


def add_json(parser: argparse.ArgumentParser) -> None:
    """Let a command report as JSON."""
    parser.add_argument("--json", action="store_true", help="Ergebnis als JSON ausgeben")


def add_dry_run(parser: argparse.ArgumentParser) -> None:
    """Let a command show what it would do."""
    parser.add_argument("--dry-run", action="store_true", help="nur zeigen, nichts speichern")


def report(options: argparse.Namespace, data: dict[str, Any], sentence: str) -> None:
    """Print what happened."""
    print(json.dumps(data, ensure_ascii=False, indent=2) if options.json else sentence)
