"""Sentences for measuring: words of the field, put together by chance with a fixed seed."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mitplan.core.text.passages import Document, Kind, Passage

SEED = 2026
STEMS: list[str] = re.findall(
    r"\w+",
    "Sprach Bildungs Arbeits Integrations Teilhabe Schul Berufs Beratungs Kinder Jugend Gesundheits "
    "Wohn Kommunal Landes Ehrenamts Kultur Sport Vereins Medien Pflege Ausbildungs Familien",
)
ENDS: list[str] = re.findall(
    r"\w+",
    "angebote kurse stellen pläne programme zentren ordnungen verträge berichte wochen gruppen "
    "leitungen prüfungen gespräche hilfen rechte quoten mittel projekte netze ziele",
)
OTHERS: list[str] = re.findall(
    r"\w+",
    "die der und in zu den mit von für auf werden sich nicht auch an aus nach bei noch wie über so "
    "durch sollen stärken fördern prüfen sichern öffnen verbinden beraten begleiten ausbauen neue "
    "gemeinsame örtliche frühe dauerhafte wirksame",
)
NOUNS = 0.4


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes sentences; the same seed gives the same sentences."""

    dice: random.Random

    @classmethod
    def seeded(cls, seed: int = SEED) -> "Writer":
        """Return a writer who begins with a seed."""
        return cls(random.Random(seed))  # noqa: S311 – chance that can be repeated, not secrecy

    def word(self) -> str:
        """Return one word, four times in ten a noun of the field."""
        if self.dice.random() < NOUNS:
            return self.dice.choice(STEMS) + self.dice.choice(ENDS)
        return self.dice.choice(OTHERS)

    def sentence(self) -> str:
        """Return a sentence of 10 to 18 words."""
        words = [self.word() for _ in range(self.dice.randint(10, 18))]
        words[0] = words[0][:1].upper() + words[0][1:]
        return " ".join(words) + "."

    def paragraph(self, sentences: int = 3) -> str:
        """Return a paragraph of about 320 characters."""
        return " ".join(self.sentence() for _ in range(sentences))

    def plan(self, chapters: int, paragraphs: int) -> Document:
        """Return a plan with so many chapters of so many paragraphs; without chapters one long page."""
        return tuple(self._passages(chapters, paragraphs))

    def _passages(self, chapters: int, paragraphs: int) -> Iterator[Passage]:
        yield Passage("", Kind.HEADING, "Plan zum Messen", level=1)
        for chapter in range(1, chapters + 1):
            yield Passage("", Kind.HEADING, f"Kapitel {chapter}: {self.word().title()}", level=2)
            for _ in range(paragraphs):
                yield Passage("", Kind.PARAGRAPH, self.paragraph())

    def revised(self, document: Document, share: float) -> Document:
        """Return the next edition of a text: a share of its paragraphs gets one new sentence."""
        return tuple(
            replace(each, text=f"{each.text} {self.sentence()}")
            if each.kind is Kind.PARAGRAPH and self.dice.random() < share
            else each
            for each in document
        )
