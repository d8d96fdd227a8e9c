"""`mitplan bench-data`: the standard data that pages are measured with, made by the actions people use."""

import argparse
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from mitplan.conference.models import Organisation
from mitplan.core.text.passages import Kind
from mitplan.participation import actions
from mitplan.participation.models import Audience, Consultation, Invitation, Point, Submission
from mitplan.participation.permissions import Seat
from mitplan.plan import actions as plan_actions
from mitplan.plan.models import Edition, Passage, Plan
from mitplan.web.commands.bench_monitoring import GoalsToMeasure
from mitplan.web.commands.bench_text import Writer
from mitplan.web.commands.persons import system_user
from mitplan.web.commands.reporting import Refusal, add_json, report

ON_PASSAGES = 0.8


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of everything there is; `open_drafts` are points ready to be handed in."""

    chapters: int
    paragraphs: int
    editions: int
    organisations: int
    letters: int
    points: int
    open_drafts: int = 100

    def scaled(self, by: float) -> "Amount":
        """Return the same in small or large; a chapter keeps its length."""
        wanted = {
            name: max(1, round(getattr(self, name) * by))
            for name in ("organisations", "letters", "points")
        }
        if self.chapters > 1:
            return replace(self, chapters=max(1, round(self.chapters * by)), **wanted)
        return replace(self, paragraphs=max(1, round(self.paragraphs * by)), **wanted)


AMOUNTS = {
    "D1": Amount(12, 50, 1, 500, 500, 5_000),
    "D1b": Amount(1, 600, 1, 500, 500, 5_000),
    "D4": Amount(40, 50, 10, 300, 1_000, 10_000),
}

GOALS = "D3"
"""Goals, measures and indicators instead of letters."""


def register(groups: Any) -> None:  # noqa: ANN401 – argparse's private class
    """Add the command that makes data to measure with."""
    parser = groups.add_parser("bench-data", help="Daten zum Messen in eine leere Datenbank legen")
    names = [*AMOUNTS, GOALS]
    parser.add_argument("which", choices=names, metavar="MENGE", help=", ".join(names))
    parser.add_argument("--scale", type=float, default=1.0, help="ein Teil davon, zum Beispiel 0.1")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if Plan.objects.exists():
        message = "Es gibt schon einen Plan. Daten zum Messen gehören in eine leere Datenbank."
        raise Refusal(message)
    with transaction.atomic():
        if options.which == GOALS:
            goals = (Writer.seeded(), system_user(), timezone.now(), options.scale)
            GoalsToMeasure(*goals).fill()
        else:
            Bench(AMOUNTS[options.which].scaled(options.scale), timezone.now()).fill()
    data = {
        "passages": Passage.objects.count(),
        "editions": Edition.objects.count(),
        "submissions": Submission.objects.filter(received_at__isnull=False).count(),
        "points": Point.objects.filter(handed_in_at__isnull=False).count(),
    }
    sentence = "{passages} Textstellen, {editions} Fassungen, {submissions} Stellungnahmen, {points} Anliegen."
    report(options, data, sentence.format(**data))
    return 0


class Bench:
    """Fills an empty house; all events lie in the past, the last round is open."""

    def __init__(self, amount: Amount, now: datetime) -> None:
        self.amount = amount
        self.now = now
        self.by = system_user()
        self.writer = Writer.seeded()
        self.organisations = Organisation.objects.bulk_create(
            Organisation(
                name=f"Messverein {number}",
                category="Vereine",
                email=f"verein{number}@example.org",
                is_demonstration=True,
            )
            for number in range(1, max(amount.organisations, amount.open_drafts) + 1)
        )

    def fill(self) -> None:
        """Make the plan, rounds that are over with all letters, and one that is open with drafts."""
        edition = self._editions()[-1]
        passages = [
            entry.passage
            for entry in edition.entries.filter(kind=Kind.PARAGRAPH).select_related("passage")
        ]
        letters = self.amount.letters
        while letters > 0:
            handed_in = self.organisations[: min(letters, self.amount.organisations)]
            self._past_round(edition, handed_in, passages)
            letters -= len(handed_in)
        self._open_round(edition, passages)

    def _editions(self) -> list[Edition]:
        at = self._days_ago(400)
        plan = plan_actions.create_plan(
            slug="messplan", title="Plan zum Messen", by=self.by, at=at, is_demonstration=True
        )
        texts = [self.writer.plan(self.amount.chapters, self.amount.paragraphs)]
        while len(texts) < self.amount.editions:
            texts.append(self.writer.revised(texts[-1], 0.05))
        kind = Edition.Kind.CONFERENCE_DRAFT
        values = [
            plan_actions.EditionValues(text, kind, f"Fassung {number}", at.date())
            for number, text in enumerate(texts, start=1)
        ]
        return plan_actions.import_editions(plan=plan, texts=values, by=self.by, at=at)

    def _past_round(
        self, edition: Edition, organisations: list[Organisation], passages: list[Passage]
    ) -> None:
        consultation = self._round(edition, opened=90, closes=30)
        each = self.amount.points // self.amount.letters
        for organisation in organisations:
            actions.record_submission(
                consultation=consultation,
                organisation=organisation,
                route=Submission.Route.IMPORT,
                letter=self.writer.sentence(),
                points=[self._point(passages) for _ in range(each)],
                by=self.by,
                at=self._days_ago(60),
            )

    def _open_round(self, edition: Edition, passages: list[Passage]) -> None:
        """Open a round in which everybody was invited and has one point ready."""
        consultation = self._round(edition, opened=10, closes=-60)
        at = self._days_ago(5)
        invitations = actions.invite(
            consultation=consultation,
            organisations=self.organisations[: self.amount.open_drafts],
            route=Invitation.Route.HAND,
            by=self.by,
            at=at,
        )
        for invitation in invitations:
            seat = Seat(invitation.organisation, None, "")
            draft = actions.begin_submission(consultation=consultation, seat=seat, at=at)
            values = self._point(passages)
            actions.save_point(submission=draft, values=values, seat=seat, at=at)

    def _round(self, edition: Edition, *, opened: int, closes: int) -> Consultation:
        begin, end = self._days_ago(opened), self._days_ago(closes)
        consultation = actions.prepare_consultation(
            edition=edition,
            title="Beteiligung zum Messen",
            audiences=[actions.AudienceValues(Audience.Kind.CONFERENCE, begin.date(), end.date())],
            by=self.by,
            at=begin,
        )
        return actions.open_consultation(consultation=consultation, by=self.by, at=begin)

    def _point(self, passages: list[Passage]) -> actions.PointValues:
        dice = self.writer.dice
        passage = dice.choice(passages) if dice.random() < ON_PASSAGES else None
        return actions.PointValues(
            Point.Kind.SUGGESTION, self.writer.paragraph(), self.writer.sentence(), passage
        )

    def _days_ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)
