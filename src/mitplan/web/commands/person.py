"""`mitplan person`: what is kept about a person, written out or erased."""

import argparse
import json
from pathlib import Path
from typing import Any

from django.utils import timezone

from mitplan.accounts.models import User
from mitplan.web.actions.persons import erase_person
from mitplan.web.commands.persons import system_user
from mitplan.web.commands.reporting import Refusal, add_dry_run, add_json, report
from mitplan.web.queries.personal_data import data_of


def register(groups: Any) -> None:  # noqa: ANN401 – argparse's private class
    """Add the commands about persons."""
    group = groups.add_parser("person", help="Daten einer Person ausgeben oder löschen")
    commands = group.add_subparsers(required=True, metavar="BEFEHL")
    export = commands.add_parser("export", help="alles, was gespeichert ist, als JSON ausgeben")
    export.add_argument("email", metavar="E-MAIL")
    export.add_argument("--output", type=Path, metavar="DATEI", help="Datei statt Ausgabe")
    export.set_defaults(run=_export)
    erase = commands.add_parser(
        "erase", help="Name und Adresse überall durch ein Pseudonym ersetzen, Konto schließen"
    )
    erase.add_argument("email", metavar="E-MAIL")
    add_dry_run(erase)
    add_json(erase)
    erase.set_defaults(run=_erase)


def _person(email: str) -> User:
    person = User.objects.filter(email__iexact=email.strip()).first()
    if person is None:
        message = f"Eine Person mit der Adresse {email} gibt es nicht."
        raise Refusal(message)
    return person


def _export(options: argparse.Namespace) -> int:
    text = json.dumps(data_of(_person(options.email)), ensure_ascii=False, indent=2)
    if options.output is None:
        print(text)
        return 0
    options.output.write_text(f"{text}\n", encoding="utf-8")
    print(f"Geschrieben: {options.output}")
    return 0


def _erase(options: argparse.Namespace) -> int:
    person = _person(options.email)
    tables = data_of(person)["tables"]
    counted = {name: len(rows) for name, rows in tables.items()} if isinstance(tables, dict) else {}
    if options.dry_run:
        report(options, {"rows": counted}, f"{sum(counted.values())} Zeilen nennen die Person.")
        return 0
    erased = erase_person(person=person, by=system_user(), at=timezone.now())
    report(options, {"person": erased.pk, "rows": counted}, f"Gelöscht; jetzt «{erased}».")
    return 0
