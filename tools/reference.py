"""Write the pages of docs/reference/ that follow from the code: commands, permissions, states."""

import argparse
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import django

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"
INTRODUCTION = """# Commands

Written by `make reference` from the commands themselves; a test compares. `mitplan` lies in `.venv/bin`. Every command explains itself with
`--help` and ends with 0 (done), 1 (refused: the sentence on stderr says why) or 2 (wrong use).
"""

PERMISSIONS = """# Permissions

Written by `make reference` from the views; a test compares, and another walks every route as every role. A cross says that the role may reach the
page. What a person may do there with a single object (a foreign draft, another department) is decided by the predicates in each room's
`permissions.py`.
"""
STATES = """# States

Written by `make reference` from the state tables in each room's `policies.py`; a test compares.
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


def command_page() -> str:
    """Return the page of all commands."""
    found = sorted(commands(command_line()), key=lambda pair: pair[0].prog)
    return INTRODUCTION + "".join(line for command in found for line in described(*command))


def permission_page() -> str:
    """Return the matrix of routes and roles."""
    from mitplan.accounts.models import Role  # noqa: PLC0415 – rooms exist only after set-up
    from tools.routes import every_route  # noqa: PLC0415

    rows = [
        [f"`{route.name}`", *("x" if role in (route.roles or ()) else "" for role in Role)]
        for route in every_route()
    ]
    return PERMISSIONS + table(["Route", *(role.value for role in Role)], rows)


def state_page() -> str:
    """Return the state tables as diagrams."""
    from mitplan.participation import policies  # noqa: PLC0415 – rooms exist only after set-up
    from mitplan.plan.policies import EDITION  # noqa: PLC0415

    tables = (EDITION, policies.CONSULTATION, policies.SUBMISSION, policies.POINT)
    return STATES + "".join(
        f"\n## {each.name}\n\n```mermaid\n{each.diagram()}\n```\n" for each in tables
    )


def table(header: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n" + "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": command_page,
    "permissions.md": permission_page,
    "states.md": state_page,
}


if __name__ == "__main__":
    command_line()
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")
