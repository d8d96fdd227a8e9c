"""`mitplan demo` and `mitplan simulate`: invented data to look at, and to prove the house with."""

import argparse
from typing import Any

from django.db import transaction
from django.utils import timezone

from mitplan.common.audit import first_break
from mitplan.demo.actions.story import load_demonstration
from mitplan.demo.simulation import command as simulation
from mitplan.participation.models import Point, Submission
from mitplan.plan.models import Passage
from mitplan.web.commands.reporting import add_dry_run, add_json, report


def register(groups: Any) -> None:  # noqa: ANN401 – argparse's private class
    """Add the commands that load the demonstration and simulate."""
    parser = groups.add_parser("demo", help="die Demonstration in eine leere Datenbank laden")
    add_json(parser)
    add_dry_run(parser)
    parser.set_defaults(run=_load)
    simulation.register(groups)


def _load(options: argparse.Namespace) -> int:
    with transaction.atomic():
        plan = load_demonstration(today=timezone.localdate())
        data = {
            "plan": plan.slug,
            "editions": plan.editions.count(),
            "passages": Passage.objects.filter(plan=plan).count(),
            "submissions": Submission.objects.count(),
            "points": Point.objects.count(),
            "audit_holds": first_break() is None,
        }
        if options.dry_run:
            transaction.set_rollback(True)
    sentence = (
        "Demonstration geladen: {editions} Fassungen, {passages} Textstellen, "
        "{submissions} Stellungnahmen, {points} Anliegen."
    )
    report(options, data, sentence.format(**data))
    return 0
