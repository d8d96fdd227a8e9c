"""The command line: `mitplan …`. Every command says what it does with --help."""

import argparse
import os
import sys


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 refused, 2 wrong use."""
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] in (["text"], ["docx"]):
        return _run_without_database(given)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mitplan.config.settings")
    import django  # noqa: PLC0415 – commands about texts start without it

    django.setup()
    from mitplan.web.commands.registry import run  # noqa: PLC0415 – rooms exist only after set-up

    return run(build_parser().parse_args(given))


def build_parser() -> argparse.ArgumentParser:
    """Return the parser with every command; needs Django to be set up."""
    from mitplan.demo import commands as demo  # noqa: PLC0415 – rooms exist only after set-up
    from mitplan.web.commands import registry  # noqa: PLC0415

    parser, groups = _empty_parser()
    registry.register(groups)
    demo.register(groups)
    return parser


def _run_without_database(arguments: list[str]) -> int:
    """Run a command about texts alone: no settings, no tables, nothing written beside its output."""
    from mitplan.web.commands import docx, text  # noqa: PLC0415 – the other commands need no text engine

    parser, groups = _empty_parser()
    text.register(groups)
    docx.register(groups)
    return text.run(parser.parse_args(arguments))


def _empty_parser() -> tuple[
    argparse.ArgumentParser, "argparse._SubParsersAction[argparse.ArgumentParser]"
]:
    parser = argparse.ArgumentParser(
        prog="mitplan", description="Ein lebender Plan, geschrieben von Konferenz und Regierung."
    )
    groups = parser.add_subparsers(title="Befehle", required=True, metavar="BEFEHL")
    return parser, groups


if __name__ == "__main__":
    sys.exit(main())
