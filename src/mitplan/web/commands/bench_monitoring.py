"""The part of the measuring data that is about goals: measures, and indicators with their values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from mitplan.accounts.models import User
from mitplan.core.text.passages import Kind, Passage
from mitplan.monitoring.models import Indicator, Observation
from mitplan.plan import actions as plan_actions
from mitplan.plan.models import Edition
from mitplan.web.commands.bench_text import Writer

INDICATORS, MEASURES, YEARS = 100, 300, 10
PER_FIELD = 20


@dataclass(frozen=True, slots=True)
class GoalsToMeasure:
    """Makes D3: a plan of goals, each with its indicator, and of the measures for them."""

    writer: Writer
    by: User
    at: datetime
    scale: float

    def fill(self) -> None:
        """Make the plan, which everybody may read, and ten yearly values of each indicator."""
        plan = plan_actions.create_plan(
            slug="messplan", title="Plan zum Messen", by=self.by, at=self.at, is_demonstration=True
        )
        edition = plan_actions.import_edition(
            plan=plan,
            passages=[*self._goals(), *self._measures()],
            kind=Edition.Kind.CONFERENCE_DRAFT,
            title="Fassung zum Messen",
            dated_on=self.at.date(),
            by=self.by,
            at=self.at,
        )
        plan_actions.release_edition(edition=edition, by=self.by, at=self.at)
        indicators = Indicator.objects.bulk_create(self._indicators())
        Observation.objects.bulk_create(
            value for indicator in indicators for value in self._values(indicator)
        )

    def _numbers(self, amount: int) -> range:
        return range(1, max(1, round(amount * self.scale)) + 1)

    def _goals(self) -> Iterator[Passage]:
        for number in self._numbers(INDICATORS):
            fields = {
                "Nummer": f"Z{number}",
                "Titel": self.writer.word().title(),
                "Handlungsfeld": f"Feld {1 + number // PER_FIELD}",
                "Indikator": f"MESS-{number}",
                "Ausgangswert": "40",
                "Ausgangsjahr": str(self.at.year - YEARS),
                "Zielwert": "60",
                "Zieljahr": str(self.at.year + 4),
                "Einheit": "%",
            }
            yield Passage("", Kind.GOAL, self.writer.sentence(), fields=tuple(fields.items()))

    def _measures(self) -> Iterator[Passage]:
        goals = len(self._numbers(INDICATORS))
        for number in self._numbers(MEASURES):
            fields = {
                "Nummer": f"M{number}",
                "Ziel": f"Z{1 + number % goals}",
                "Titel": self.writer.word().title(),
                "Federführung": "Messressort",
                "Beginn": str(self.at.year - 1),
                "Ende": str(self.at.year + 3),
                "Kosten": str(1000 * number),
                "Stand": "laufend",
            }
            yield Passage("", Kind.MEASURE, self.writer.sentence(), fields=tuple(fields.items()))

    def _indicators(self) -> Iterator[Indicator]:
        for number in self._numbers(INDICATORS):
            name = self.writer.word().title()
            yield Indicator(code=f"MESS-{number}", name=name, unit="%", is_demonstration=True)

    def _values(self, indicator: Indicator) -> Iterator[Observation]:
        for year in range(self.at.year - YEARS, self.at.year):
            yield Observation(
                indicator=indicator,
                region="Messland",
                period=str(year),
                period_end=date(year, 12, 31),
                value=Decimal(self.writer.dice.randint(300, 700)) / 10,
                is_demonstration=True,
            )
