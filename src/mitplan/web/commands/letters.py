"""`mitplan letters`: what came by letter or in files becomes submissions with points."""

import argparse
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mitplan.conference.models import Organisation
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.participation import actions
from mitplan.participation.models import Consultation, Point, Submission
from mitplan.plan import queries as plan_queries
from mitplan.plan.models import Passage
from mitplan.web.commands.finding import consultation_numbered
from mitplan.web.commands.letter_files import ROLES, LetterDraft, Mapped, PointDraft, read_letters
from mitplan.web.commands.persons import system_user
from mitplan.web.commands.reporting import (
    DRY_RUN,
    Refusal,
    add_dry_run,
    add_json,
    first_problems,
    report,
)


def register(groups: Any) -> None:  # noqa: ANN401 – argparse's private class
    """Add the commands about letters."""
    group = groups.add_parser("letters", help="Stellungnahmen aus Dateien einlesen")
    commands = group.add_subparsers(required=True, metavar="BEFEHL")
    parser = commands.add_parser("import", help="Stellungnahmen mit ihren Anliegen einlesen")
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="DATEI",
        help="Ordner, JSON, Tabelle (CSV, TSV) oder Brief (.md, .txt, .docx, .odt, .pdf)",
    )
    parser.add_argument(
        "--consultation", type=int, required=True, metavar="RUNDE", help="Nummer der Runde"
    )
    parser.add_argument(
        "--new-organisations",
        metavar="GRUPPE",
        help="unbekannte Absender mit dieser Gruppe anlegen",
    )
    parser.add_argument(
        "--columns",
        type=_pairs,
        default={},
        metavar="UNSERE=SPALTE,…",
        help="Spalten einer fremden Tabelle, zum Beispiel letter=document_id,text=content,role=code",
    )
    parser.add_argument(
        "--roles",
        type=_pairs,
        default={},
        metavar="NAME=ROLLE,…",
        help=f"Rollen der Sätze einer fremden Tabelle; unsere: {', '.join(ROLES)}",
    )
    add_dry_run(parser)
    add_json(parser)
    parser.set_defaults(run=_import)


def _pairs(text: str) -> dict[str, str]:
    pairs = [part.split("=") for part in text.split(",")]
    if any(len(pair) != 2 for pair in pairs):  # noqa: PLR2004 – a pair
        raise argparse.ArgumentTypeError(text)
    return {left.strip(): right.strip() for left, right in pairs}


class Desk:
    """Where letters are opened: knows the consulted text, the senders, and what is wrong so far."""

    def __init__(self, consultation: Consultation, new_category: str | None) -> None:
        self.consultation = consultation
        self.new_category = new_category
        self.problems: list[str] = []
        edition = consultation.edition
        self.values = plan_queries.state_of(edition).document
        self.rows = {passage.key: passage for passage in edition.plan.passages.all()}
        self.organisations = {each.name: each for each in Organisation.objects.all()}

    def record(self, letter: LetterDraft) -> Submission | None:
        """Record one letter, or note what is wrong with it."""
        try:
            if not letter.letter and not letter.points:
                message = (
                    "Die Stellungnahme ist leer. Erwartet wird ein Anschreiben oder ein Anliegen."
                )
                raise Refusal(message)  # noqa: TRY301 – said with the others of this letter
            organisation = self._organisation(letter.organisation)
            points = [self._point(point) for point in letter.points]
            with transaction.atomic():
                return actions.record_submission(
                    consultation=self.consultation,
                    organisation=organisation,
                    route=Submission.Route(letter.route or Submission.Route.IMPORT),
                    letter=letter.letter,
                    points=points,
                    by=system_user(),
                    at=timezone.now(),
                )
        except ValidationError as problem:
            self.problems += [f"{letter.where}: {message}" for message in problem.messages]
        except ValueError:
            routes = ", ".join(Submission.Route.values)
            self.problems.append(f"{letter.where}: Unbekannter Weg «{letter.route}» ({routes}).")
        except Refusal as problem:
            self.problems += [f"{letter.where}: {message}" for message in problem.args]
        return None

    def _organisation(self, name: str) -> Organisation:
        if name in self.organisations:
            return self.organisations[name]
        if not self.new_category:
            message = (
                f"Die Organisation «{name}» ist unbekannt. Bitte anlegen oder "
                "--new-organisations GRUPPE angeben."
            )
            raise Refusal(message)
        organisation = Organisation(name=name, category=self.new_category)
        organisation.full_clean()
        organisation.save()
        self.organisations[name] = organisation
        return organisation

    def _point(self, draft: PointDraft) -> actions.PointValues:
        proposal = draft.proposal or (Point.Proposal.REWORD if draft.proposed_text else "")
        kind = draft.kind or (Point.Kind.AMENDMENT if proposal else Point.Kind.SUGGESTION)
        if kind not in Point.Kind.values or proposal not in Point.Proposal.values:
            message = (
                f"{draft.where}: Unbekannt ist «{draft.kind or draft.proposal}». Arten: "
                f"{', '.join(Point.Kind.values)}; Vorschläge: "
                f"{', '.join(filter(None, Point.Proposal.values))}."
            )
            raise Refusal(message)
        return actions.PointValues(
            kind=Point.Kind(kind),
            text=draft.text,
            reason=draft.reason,
            passage=self._passage(draft),
            quote=draft.quote,
            proposal=Point.Proposal(proposal),
            proposed_text=draft.proposed_text,
            target=self._target(draft),
        )

    def _target(self, draft: PointDraft) -> Passage | None:
        """Return the passage behind which one moves, or with which it is joined."""
        if draft.target and draft.target not in self.rows:
            message = f"{draft.where}: Die Textstelle «{draft.target}» gibt es nicht."
            raise Refusal(message)
        return self.rows[draft.target] if draft.target else None

    def _passage(self, draft: PointDraft) -> Passage | None:
        if not draft.passage and not draft.quote:
            return None
        found = [value for value in self.values if _is_meant(value, draft)]
        if len(found) != 1:
            wanted = draft.passage or draft.quote
            message = (
                f"{draft.where}: Die Textstelle «{wanted}» steht "
                f"{'mehrmals' if found else 'nicht'} in Fassung {self.consultation.edition.number}."
            )
            raise Refusal(message)
        return self.rows[found[0].id]


def _is_meant(value: PassageValue, draft: PointDraft) -> bool:
    return value.id == draft.passage if draft.passage else draft.quote in value.text


def _import(options: argparse.Namespace) -> int:
    columns = {theirs: ours for ours, theirs in options.columns.items()}
    letters = read_letters(options.files, Mapped(columns, options.roles))
    with transaction.atomic():
        desk = Desk(consultation_numbered(options.consultation), options.new_organisations)
        submissions = [desk.record(letter) for letter in letters]
        if desk.problems:
            raise Refusal(*first_problems(desk.problems))
        data = _data(letters, submissions)
        if options.dry_run:
            transaction.set_rollback(True)
    sentence = f"{len(letters)} Stellungnahmen mit {data['points']} Anliegen eingelesen."
    report(
        options,
        data | {"saved": not options.dry_run},
        f"{sentence}\n{DRY_RUN}" if options.dry_run else sentence,
    )
    return 0


def _data(letters: list[LetterDraft], submissions: list[Submission | None]) -> dict[str, Any]:
    rows = [
        {
            "number": submission.number,
            "organisation": submission.organisation_name,
            "points": len(letter.points),
            "late": submission.is_late,
        }
        for letter, submission in zip(letters, submissions, strict=True)
        if submission
    ]
    return {"submissions": rows, "points": sum(row["points"] for row in rows)}
