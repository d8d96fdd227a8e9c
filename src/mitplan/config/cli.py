"""The command line: `mitplan …`. Every command says what it does with --help."""

import argparse
import os
import sys

import django


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 refused, 2 wrong use."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mitplan.config.settings")
    django.setup()
    from mitplan.web.commands import run  # noqa: PLC0415 – rooms exist only after set-up

    return run(build_parser().parse_args(arguments))


def build_parser() -> argparse.ArgumentParser:
    """Return the parser with every command; needs Django to be set up."""
    from mitplan.demo import commands as demo  # noqa: PLC0415 – rooms exist only after set-up
    from mitplan.web import commands as web  # noqa: PLC0415

    parser = argparse.ArgumentParser(
        prog="mitplan", description="Ein lebender Plan, geschrieben von Konferenz und Regierung."
    )
    groups = parser.add_subparsers(title="Befehle", required=True, metavar="BEFEHL")
    web.register(groups)
    demo.register(groups)
    return parser


if __name__ == "__main__":
    sys.exit(main())
