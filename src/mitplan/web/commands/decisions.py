"""`mitplan consult points` and `decide`: the table of points out, the decided table in."""

import argparse
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone

from mitplan.common.exports import sheet_of
from mitplan.formats.sheet_csv import MARK, csv_lines
from mitplan.participation import actions
from mitplan.participation.models import Consultation, Outcome, Point, ReasonCode, TextBlock
from mitplan.participation.queries import countable_points
from mitplan.participation.queries.proposals import further_words
from mitplan.web.commands.finding import consultation_numbered
from mitplan.web.commands.persons import system_user
from mitplan.web.commands.reporting import (
    DRY_RUN,
    Refusal,
    add_dry_run,
    add_json,
    first_problems,
    report,
)
from mitplan.web.commands.tables import read_rows

T = TypeVar("T")
C = TypeVar("C", bound=TextChoices)

GERMAN_DAY = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")
GIVEN = (
    "Anliegen",
    "Organisation",
    "Art",
    "Textstelle",
    "Wunsch",
    "Begründung",
    "Vorschlag",
    "vorgeschlagener Wortlaut",
)
DECIDED = (
    "Entscheidung",
    "Grund",
    "Satz",
    "Textbaustein",
    "in Textstelle",
    "Wortlaut",
    "enthalten in",
    "zuständig",
    "Wiedervorlage",
)


def register(commands: Any) -> None:  # noqa: ANN401 – argparse's private class
    """Add the commands about decisions on points."""
    points = commands.add_parser("points", help="die Tabelle der Anliegen ausgeben (CSV)")
    points.add_argument("number", type=int, metavar="RUNDE", help="Nummer der Beteiligungsrunde")
    points.add_argument("--out", type=Path, metavar="DATEI", help="Zieldatei; ohne: hier")
    points.add_argument("--undecided", action="store_true", help="nur, was noch offen ist")
    points.set_defaults(run=_points)
    decide = commands.add_parser(
        "decide", help="eine ausgefüllte Tabelle von Entscheidungen einlesen"
    )
    decide.add_argument("number", type=int, metavar="RUNDE", help="Nummer der Beteiligungsrunde")
    decide.add_argument(
        "file", type=Path, metavar="DATEI", help="die ausgefüllte Tabelle von «consult points»"
    )
    add_dry_run(decide)
    add_json(decide)
    decide.set_defaults(run=_decide)


def _points(options: argparse.Namespace) -> int:
    consultation = consultation_numbered(options.number)
    points = countable_points().filter(submission__consultation=consultation)
    points = points.exclude(kind=Point.Kind.ANSWER)
    if options.undecided:
        points = points.filter(latest_decision__isnull=True)
    related = (
        "submission",
        "passage",
        "latest_decision__text_block",
        "latest_decision__covered_by",
    )
    ordered = points.select_related(*related).order_by("submission__pk", "position")
    further = further_words(points)
    rows = [
        [*_given(point, further.get(point.number or "", "")), *_decided(point)] for point in ordered
    ]
    text = "".join(csv_lines(sheet_of("Anliegen", [*GIVEN, *DECIDED], rows)))
    if options.out is None:
        sys.stdout.write(text.removeprefix(MARK).replace("\r\n", "\n"))
        return 0
    options.out.write_text(text, encoding="utf-8", newline="")
    print(f"{len(rows)} Anliegen in {options.out}.")
    return 0


def _given(point: Point, further: str) -> list[object]:
    return [
        point.number,
        point.submission.organisation_name,
        point.get_kind_display(),
        point.passage.key if point.passage else "",
        point.text,
        point.reason,
        point.get_proposal_display() if point.proposal else "",
        "\n".join(filter(None, (point.proposed_text, further))),
    ]


def _decided(point: Point) -> list[object]:
    """Return what was decided; the wording itself stands in the draft and is not repeated."""
    decision = point.latest_decision
    if decision is None:
        return [""] * len(DECIDED)
    return [
        decision.outcome,
        decision.reason_code,
        decision.sentence,
        decision.text_block.key if decision.text_block else "",
        "",
        "",
        decision.covered_by.key if decision.covered_by else "",
        decision.owner,
        decision.review_on,
    ]


def _decide(options: argparse.Namespace) -> int:
    rows = [
        (number, row)
        for number, row in read_rows(options.file, ("Anliegen", "Entscheidung"))
        if row["Entscheidung"] or row.get("Textbaustein")
    ]
    with transaction.atomic():
        desk = Desk(consultation_numbered(options.number))
        problems = [
            f"Zeile {number} (Anliegen {row['Anliegen']}): {message}"
            for number, row in rows
            for message in desk.decide(row)
        ]
        if problems:
            raise Refusal(*first_problems(problems))
        if options.dry_run:
            transaction.set_rollback(True)
    data = {"decided": desk.decided, "unchanged": desk.unchanged, "saved": not options.dry_run}
    sentence = f"{desk.decided} Anliegen entschieden, {desk.unchanged} waren es schon so."
    report(options, data, f"{sentence}\n{DRY_RUN}" if options.dry_run else sentence)
    return 0


class Desk:
    """Where a decided table is carried out: knows the points, text blocks and passages of a consultation."""

    def __init__(self, consultation: Consultation) -> None:
        found = countable_points().filter(submission__consultation=consultation)
        related = ("edition__plan", "submission", "latest_decision")
        self.points = {str(point): point for point in found.select_related(*related)}
        self.blocks = {block.key: block for block in TextBlock.objects.all()}
        self.passages = {each.key: each for each in consultation.edition.plan.passages.all()}
        self.decided = self.unchanged = 0

    def decide(self, row: dict[str, str]) -> Iterator[str]:
        """Carry one row out; yield what is wrong with it."""
        try:
            point = self._named(self.points, row["Anliegen"], "Ein Anliegen")
            values = self._values(row)
            if _is_decided_so(point, values):
                self.unchanged += 1
                return
            with transaction.atomic():
                actions.decide(point=point, values=values, by=system_user(), at=timezone.now())
        except ValidationError as problem:
            yield from problem.messages
        except Refusal as problem:
            yield from problem.args
        else:
            self.decided += 1

    def _values(self, row: dict[str, str]) -> actions.DecisionValues:
        block = self._optional(self.blocks, row.get("Textbaustein", ""), "Einen Textbaustein")
        outcome = _chosen(Outcome, row["Entscheidung"] or (block.outcome if block else ""))
        reason = row.get("Grund", "") or (block.reason_code if block else "")
        return actions.DecisionValues(
            outcome=outcome,
            reason_code=_chosen(ReasonCode, reason) if reason else None,
            sentence=row.get("Satz", "") or (block.sentence if block else ""),
            text_block=block,
            covered_by=self._optional(
                self.passages, row.get("enthalten in", ""), "Eine Textstelle"
            ),
            owner=row.get("zuständig", ""),
            review_on=_day(row.get("Wiedervorlage", "")),
            passage=self._optional(self.passages, row.get("in Textstelle", ""), "Eine Textstelle"),
            final_text=row.get("Wortlaut", ""),
        )

    def _optional(self, known: dict[str, T], key: str, what: str) -> T | None:
        return self._named(known, key, what) if key else None

    def _named(self, known: dict[str, T], key: str, what: str) -> T:
        if key not in known:
            message = f"{what} «{key}» gibt es in dieser Runde nicht."
            raise Refusal(message)
        return known[key]


def _chosen(choices: type[C], given: str) -> C:
    """Return the choice with a code or a German name."""
    for choice in choices:
        if given.lower() in (choice.value, str(choice.label).lower()):
            return choice
    message = f"«{given}» gibt es nicht. Möglich sind: {', '.join(choices.values)}."
    raise Refusal(message)


def _day(given: str) -> date | None:
    """Read a day as a German table writes it, or as machines do."""
    if not given:
        return None
    german = GERMAN_DAY.fullmatch(given)
    try:
        return date.fromisoformat("-".join(reversed(german.groups())) if german else given)
    except ValueError as problem:
        message = f"«{given}» ist kein Tag wie 31.12.2026 oder 2026-12-31."
        raise Refusal(message) from problem


def _is_decided_so(point: Point, values: actions.DecisionValues) -> bool:
    """Tell whether a table that was read before is read again."""
    decision = point.latest_decision
    return (
        decision is not None
        and not values.final_text
        and (
            decision.outcome,
            decision.reason_code,
            decision.sentence,
        )
        == (values.outcome, values.reason_code or "", values.sentence.strip())
    )
