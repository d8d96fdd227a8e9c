"""Write docs/reference/commands.md from the commands themselves."""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

import django

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "commands.md"
INTRODUCTION = """# Commands

Written by `make reference` from the commands themselves; a test compares. `mitplan` lies in `.venv/bin`. Every command explains itself with
`--help` and ends with 0 (done), 1 (refused: the sentence on stderr says why) or 2 (wrong use).
"""


def command_line() -> argparse.ArgumentParser:
    """Return the whole tree of commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mitplan.config.settings")
    django.setup()
    from mitplan.config.cli import build_parser  # noqa: PLC0415 – rooms exist only after set-up

    return build_parser()


def commands(
    parser: argparse.ArgumentParser, summary: str = ""
) -> Iterator[tuple[argparse.ArgumentParser, str]]:
    """Yield every command that does something, with its one-line summary."""
    groups = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not groups:
        yield parser, parser.description or summary
    for group in groups:
        summaries = {choice.dest: choice.help or "" for choice in group._choices_actions}
        for name, child in group.choices.items():
            yield from commands(child, summaries.get(name, ""))


def name_of(argument: argparse.Action) -> str:
    """Return how an argument is written: `--port PORT`, `--json`, `FILE`."""
    value = argument.metavar or argument.dest.upper()
    if not argument.option_strings:
        return str(value)
    takes_value = argument.nargs != 0
    return ", ".join(argument.option_strings) + (f" {value}" if takes_value else "")


def described(parser: argparse.ArgumentParser, summary: str) -> Iterator[str]:
    """Yield the lines of one command."""
    yield f"\n## `{parser.prog}`\n\n{summary}\n"
    arguments = [a for a in parser._actions if a.dest != "help"]
    if arguments:
        yield "\n| Argument | Meaning |\n|---|---|\n"
    for argument in arguments:
        yield f"| `{name_of(argument)}` | {argument.help or ''} |\n"


def rendered() -> str:
    """Return the page as it should stand."""
    found = sorted(commands(command_line()), key=lambda pair: pair[0].prog)
    return INTRODUCTION + "".join(line for command in found for line in described(*command))


if __name__ == "__main__":
    PAGE.write_text(rendered(), encoding="utf-8")
