"""`mitplan simulate consultation`: a whole consultation played by chance, and every promise checked."""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from mitplan.conference.models import Organisation
from mitplan.demo.simulation.cast import Size
from mitplan.demo.simulation.checks import SHOWN, Check
from mitplan.demo.simulation.play import Outcome, play
from mitplan.plan.models import Plan
from mitplan.web.commands.reporting import Refusal, add_json, report

FEWEST_ORGANISATIONS = 3
KILOBYTES = 1024


def register(groups: Any) -> None:  # noqa: ANN401 – argparse's private class
    """Add the commands that simulate."""
    group = groups.add_parser("simulate", help="durchspielen und alle Zusagen prüfen")
    commands = group.add_subparsers(required=True, metavar="BEFEHL")
    parser = commands.add_parser(
        "consultation", help="eine ganze Beteiligung mit zufälligen Schreiben durchspielen"
    )
    parser.add_argument("--organisations", type=int, default=300, help="Organisationen")
    parser.add_argument("--letters", type=int, default=1_000, help="Stellungnahmen")
    parser.add_argument(
        "--points", type=int, default=10, help="Anliegen je Stellungnahme im Mittel"
    )
    parser.add_argument("--seed", type=int, default=1, help="gleiche Zahl, gleiches Ergebnis")
    parser.add_argument(
        "--here",
        action="store_true",
        help="in dieser leeren Datenbank statt in einer eigenen, die danach weg ist",
    )
    add_json(parser)
    parser.set_defaults(run=_run, needs_tables=False)


def _run(options: argparse.Namespace) -> int:
    if options.organisations < FEWEST_ORGANISATIONS or min(options.letters, options.points) < 1:
        message = f"Mindestens {FEWEST_ORGANISATIONS} Organisationen, eine Stellungnahme und ein Anliegen."
        raise Refusal(message)
    return _play_here(options) if options.here else _play_apart(options)


def _play_apart(options: argparse.Namespace) -> int:
    """Play in a process of its own, on a database that is thrown away."""
    values = [
        f"--{name}={getattr(options, name)}"
        for name in ("organisations", "letters", "points", "seed")
    ]
    flags = ["--json"] if options.json else []
    command = [sys.executable, "-m", "mitplan.config.cli", "simulate", "consultation", "--here"]
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"MITPLAN_HOME": home}
        environment.pop("DATABASE_URL", None)
        done = subprocess.run([*command, *values, *flags], env=environment, check=False)  # noqa: S603 – our own program
    return done.returncode


def _play_here(options: argparse.Namespace) -> int:
    _require_empty()
    call_command("migrate", verbosity=0)
    size = Size(options.organisations, options.letters, options.points)
    begin = time.process_time()
    # All or nothing, and no mail leaves before it is marked as sent.
    with transaction.atomic(), _counting() as statements:
        outcome = play(size, options.seed)
    cost = {
        "cpu_seconds": round(time.process_time() - begin, 1),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // KILOBYTES,
        "statements": statements(),
    }
    report(options, _as_data(outcome, cost), "\n".join(_table(outcome, cost)))
    return 0 if outcome.holds else 1


def _require_empty() -> None:
    """Refuse where anything stands that somebody may need."""
    try:
        is_empty = not Plan.objects.exists() and not Organisation.objects.exists()
    except DatabaseError:
        return  # no tables yet
    if not is_empty:
        message = (
            "In dieser Datenbank steht schon etwas. Die Simulation braucht eine leere, oder ohne "
            "--here ihre eigene."
        )
        raise Refusal(message)


@contextmanager
def _counting() -> Iterator[Callable[[], int]]:
    """Count the statements sent to the database."""
    count = 0

    def counted(execute: Any, *arguments: Any) -> Any:  # noqa: ANN401 – Django's own signature
        nonlocal count
        count += 1
        return execute(*arguments)

    with connection.execute_wrapper(counted):
        yield lambda: count


def _as_data(outcome: Outcome, cost: dict[str, Any]) -> dict[str, Any]:
    return {
        "holds": outcome.holds,
        "counts": outcome.counts,
        "cost": cost,
        "digest": outcome.digest,
        "tries": outcome.tries,
        "checks": [
            {"name": each.name, "checked": each.checked, "breaches": list(each.breaches)}
            for each in outcome.checks
        ],
    }


def _table(outcome: Outcome, cost: dict[str, Any]) -> Iterator[str]:
    yield ", ".join(f"{name} {value}" for name, value in outcome.counts.items())
    yield ", ".join(f"{name} {value}" for name, value in cost.items())
    yield ""
    yield f"{'Zusage':<64} {'geprüft':>8} {'verletzt':>8}"
    for each in outcome.checks:
        yield f"{each.name:<64} {each.checked:>8} {len(each.breaches):>8}"
        yield from _examples(each)
    yield ""
    verdict = "Alle Zusagen halten." if outcome.holds else "Nicht alle Zusagen halten."
    yield f"{verdict} Prüfsumme der Ergebnisse: {outcome.digest}"


def _examples(each: Check) -> Iterator[str]:
    for breach in each.breaches[:SHOWN]:
        yield f"    {breach}"
