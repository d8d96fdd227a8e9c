"""The command line: `mitplan …`. Every command says what it does with --help."""

import argparse
import os
import sys

import django


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 refused, 2 wrong use."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mitplan.config.settings")
    django.setup()
    from mitplan.demo import commands as demo  # noqa: PLC0415 – rooms exist only after set-up
    from mitplan.web import commands as web  # noqa: PLC0415

    parser = argparse.ArgumentParser(
        prog="mitplan", description="Ein lebender Plan, geschrieben von Konferenz und Regierung."
    )
    groups = parser.add_subparsers(title="Befehle", required=True, metavar="BEFEHL")
    web.register(groups)
    demo.register(groups)
    options = parser.parse_args(arguments)
    return web.run(options)


if __name__ == "__main__":
    sys.exit(main())
