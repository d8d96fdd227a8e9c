"""Simulated histories of a German text in which the true origin of every word is known."""

from dataclasses import dataclass
from random import Random

from mitplan.core.text.passages import Kind, Passage

_SMALL = [
    "der",
    "die",
    "das",
    "und",
    "in",
    "zu",
    "den",
    "mit",
    "von",
    "für",
    "auf",
    "ist",
    "im",
    "des",
    "sich",
    "nicht",
    "eine",
    "als",
    "auch",
    "es",
    "an",
    "werden",
    "aus",
    "er",
    "hat",
    "dass",
    "sie",
    "nach",
    "wird",
    "bei",
    "einer",
    "um",
    "am",
    "sind",
    "noch",
    "wie",
    "einem",
    "über",
    "so",
    "zum",
    "kann",
    "durch",
    "Menschen",
]
_STEMS = [
    "Sprach",
    "Bildung",
    "Arbeit",
    "Integration",
    "Teilhabe",
    "Schul",
    "Berufs",
    "Beratung",
    "Kinder",
    "Jugend",
    "Frauen",
    "Gesundheit",
    "Wohn",
    "Kommunal",
    "Land",
    "Ehrenamt",
    "Kultur",
    "Sport",
    "Vereins",
    "Medien",
    "Pflege",
    "Ausbildung",
    "Förder",
    "Netz",
    "Ziel",
    "Rat",
    "Zugang",
    "Familien",
    "Hoch",
    "Grund",
]
_ENDS = [
    "angebot",
    "kurse",
    "stelle",
    "plan",
    "programm",
    "zentrum",
    "ordnung",
    "vertrag",
    "bericht",
    "woche",
    "gruppe",
    "leitung",
    "prüfung",
    "gespräch",
    "hilfe",
    "recht",
    "quote",
    "mittel",
    "projekt",
    "rahmen",
]
_VERBS = [
    "fördern",
    "stärken",
    "prüfen",
    "sichern",
    "öffnen",
    "verbinden",
    "beraten",
    "erreichen",
    "begleiten",
    "ausbauen",
    "senken",
]

Word = tuple[str, int]
"""A word and the state that first brought it."""

Sentence = list[Word]
Text = list[list[Sentence]]


@dataclass
class Simulation:
    """A text that is edited step by step, like a plan between two editions."""

    random: Random
    text: Text
    bin: list[Sentence]
    step: int = 0

    @classmethod
    def begin(cls, seed: int, passages: int) -> "Simulation":
        simulation = cls(Random(seed), [], [])  # noqa: S311 -- repeatable, not secret
        simulation.text = [simulation.new_passage() for _ in range(passages)]
        return simulation

    def new_word(self) -> Word:
        """Return a word as a German text would have it: mostly small ones, often the same."""
        pick = self.random.random()
        if pick < 0.45:
            word = _SMALL[min(int(self.random.expovariate(0.12)), len(_SMALL) - 1)]
        elif pick < 0.9:
            word = self.random.choice(_STEMS) + self.random.choice(_ENDS)
        else:
            word = self.random.choice(_VERBS)
        return word, self.step

    def new_sentence(self) -> Sentence:
        return [self.new_word() for _ in range(self.random.randint(6, 22))]

    def new_passage(self) -> list[Sentence]:
        return [self.new_sentence() for _ in range(self.random.randint(1, 5))]

    def advance(self, edits: int) -> None:
        """Make the next state by so many edits of mixed kinds."""
        self.step += 1
        kinds = (
            [self.insert_words] * 5
            + [self.replace_words] * 6
            + [self.delete_words] * 3
            + [self.insert_sentence] * 2
            + [self.delete_sentence] * 2
            + [self.move_sentence] * 2
            + [self.bring_back] * 2
            + [self.insert_passage, self.delete_passage, self.move_passage]
        )
        for _ in range(edits):
            self.random.choice(kinds)()

    def insert_words(self) -> None:
        sentence = self.some_sentence()
        at = self.random.randint(0, len(sentence))
        sentence[at:at] = [self.new_word() for _ in range(self.random.randint(1, 4))]

    def replace_words(self) -> None:
        sentence = self.some_sentence()
        at = self.random.randrange(len(sentence))
        size = self.random.randint(1, 3)
        sentence[at : at + size] = [self.new_word() for _ in range(self.random.randint(1, 3))]

    def delete_words(self) -> None:
        sentence = self.some_sentence()
        at = self.random.randrange(len(sentence))
        if len(sentence) > 6:
            del sentence[at : at + self.random.randint(1, 4)]

    def insert_sentence(self) -> None:
        passage = self.random.choice(self.text)
        passage.insert(self.random.randint(0, len(passage)), self.new_sentence())

    def delete_sentence(self) -> None:
        passage = self.random.choice(self.text)
        if len(passage) > 1:
            self.bin.append(passage.pop(self.random.randrange(len(passage))))

    def move_sentence(self) -> None:
        source, target = self.random.choice(self.text), self.random.choice(self.text)
        if len(source) > 1:
            sentence = source.pop(self.random.randrange(len(source)))
            target.insert(self.random.randint(0, len(target)), sentence)

    def bring_back(self) -> None:
        old = [
            sentence for sentence in self.bin if max(origin for _, origin in sentence) < self.step
        ]
        if old:
            sentence = self.random.choice(old)
            self.bin.remove(sentence)
            passage = self.random.choice(self.text)
            passage.insert(self.random.randint(0, len(passage)), sentence)

    def insert_passage(self) -> None:
        self.text.insert(self.random.randint(0, len(self.text)), self.new_passage())

    def delete_passage(self) -> None:
        self.bin += self.text.pop(self.random.randrange(len(self.text)))

    def move_passage(self) -> None:
        passage = self.text.pop(self.random.randrange(len(self.text)))
        self.text.insert(self.random.randint(0, len(self.text)), passage)

    def some_sentence(self) -> Sentence:
        return self.random.choice([s for s in self.random.choice(self.text) if s])

    def passages(self) -> tuple[Passage, ...]:
        """Return the state as it would be imported: without ids."""
        return tuple(Passage("", Kind.PARAGRAPH, _written(passage)) for passage in self.text)

    def truth(self) -> list[Word]:
        """Return every word of the state with the state that first brought it."""
        return [word for passage in self.text for sentence in passage for word in sentence]


def _written(passage: list[Sentence]) -> str:
    return " ".join(" ".join(word for word, _ in sentence) + "." for sentence in passage)
