"""What organisations write: suggestions, wordings, twins, contradictions, and what nobody should send."""

from dataclasses import dataclass

from mitplan.core.text.tokens import is_word, tokenize
from mitplan.demo.simulation.cast import Cast
from mitplan.participation.actions import PointValues
from mitplan.participation.models import Point
from mitplan.plan.models import Passage

CONTESTED = 6
"""So many passages draw most of the quarrels."""

HOSTILE = (
    "<script>alert('Mitplan')</script><img src=x onerror=alert(1)>",
    "Bitte \u202eredrev\u202c lesen \u2066und\u2069 \u200bprüfen.",
    '=HYPERLINK("http://example.org";"Klick")',
    "{{ settings.SECRET_KEY }} {% include 'x' %} %(name)s",
    "'; DROP TABLE participation_point; --",
    "Zeile\r\nZeile\tTabulator \ufeff\u00ad\u2028Ende",
    "😀👩‍👩‍👧‍👦 Z̸̢̛̃a̷l̶g̵o̴ ﷽ ׳שלום",
)
LONG = 1_000_000
"""Characters of the longest text somebody sends."""

Places = list[tuple[Passage, str]]


@dataclass
class Author:
    """Writes points about the passages of one edition."""

    cast: Cast
    places: Places

    def points(self) -> list[PointValues]:
        """Return the points of one letter."""
        wanted = self.cast.writer.dice.randint(1, 2 * self.cast.size.points - 1)
        return [self.point() for _ in range(wanted)]

    def point(self) -> PointValues:
        """Return one point by chance."""
        if self.cast.chance(0.4):
            return self._amendment()
        kinds = (Point.Kind.SUGGESTION, Point.Kind.QUESTION, Point.Kind.OBJECTION)
        kind = self.cast.writer.dice.choice(kinds)
        text = self.cast.writer.paragraph(2)
        if self.cast.chance(0.1):
            return PointValues(Point.Kind.MISSING, text)
        if self.cast.chance(0.01):
            text = self.cast.writer.dice.choice(HOSTILE)
        return PointValues(kind, text, self.cast.writer.sentence(), self.place()[0])

    def place(self) -> tuple[Passage, str]:
        """Return a passage; a few draw most of what is written."""
        chosen = self.places[:CONTESTED] if self.cast.chance(0.15) else self.places
        return self.cast.writer.dice.choice(chosen)

    def _amendment(self) -> PointValues:
        passage, text = self.place()
        proposal = self.cast.writer.dice.choices(
            (Point.Proposal.REWORD, Point.Proposal.INSERT_AFTER, Point.Proposal.DELETE), (80, 15, 5)
        )[0]
        proposed = ""
        if proposal == Point.Proposal.REWORD:
            proposed = self._reworded(text)
        elif proposal == Point.Proposal.INSERT_AFTER:
            proposed = self.cast.writer.sentence()
        return PointValues(
            Point.Kind.AMENDMENT,
            reason=self.cast.writer.sentence(),
            passage=passage,
            quote=text,
            proposal=proposal,
            proposed_text=proposed,
        )

    def _reworded(self, text: str) -> str:
        """Return a passage with one word otherwise; from few words, so that twins and quarrels come up."""
        tokens = list(tokenize(text))
        words = [index for index, token in enumerate(tokens) if is_word(token)]
        index = self.cast.writer.dice.choice(words)
        others = [word for word in ("immer", "niemals", "verbindlich") if word != tokens[index]]
        tokens[index] = self.cast.writer.dice.choice(others)
        return "".join(tokens)

    def letter(self) -> str:
        """Return a letter of several paragraphs that names no passage."""
        demands = [
            self.cast.writer.paragraph(2) for _ in range(self.cast.writer.dice.randint(1, 6))
        ]
        return "\n\n".join(["Sehr geehrte Damen und Herren,", *demands, "Mit freundlichen Grüßen"])
