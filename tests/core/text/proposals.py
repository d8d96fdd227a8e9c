"""Generated base texts and amendments, made to meet each other often."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random

from hypothesis import strategies as st

from mitplan.core.text.amendments import (
    Amendment,
    DeletePassage,
    InsertPassage,
    JoinPassages,
    MovePassage,
    Operation,
    SetField,
    SetKind,
    SplitPassage,
    TextHunk,
    check,
)
from mitplan.core.text.conflicts import find_conflicts
from mitplan.core.text.consolidation import Consolidation, consolidate
from mitplan.core.text.passages import Document, Kind, Passage
from mitplan.core.text.runs import Runs, uniform
from mitplan.core.text.tokens import normalise, tokenize

BASE_ORIGIN = 1
KINDS = (Kind.HEADING, Kind.PARAGRAPH, Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.MEASURE)


@dataclass(frozen=True)
class Vocabulary:
    """Words of a base text and words that amendments bring."""

    base: tuple[str, ...]
    new: tuple[str, ...]


GERMAN = Vocabulary(
    (
        "Straße ",
        "Größe ",
        "„Ja“ ",
        "z. B. ",
        "Ende. ",
        "10 ",
        "km ",
        "\u00a0",
        "é ",
        "A",
        "👩‍👩‍👧 ",
        "ﬁ",
        "und ",
        "der ",
        "Rat",
        "- ",
        "a\u0308 ",
    ),
    ("", "", "neu ", "neu ", "alt ", "boot", "5 Mio. ", "„so“ ", "\u0301", "🙂 "),
)
SYMBOLS = Vocabulary(tuple("§†‡.¶"), ("", "", "+", "+", "=", "+="))
"""Each sign is a token and no two of them ever grow together to one."""


class Author:
    """Writes texts and amendments at random."""

    def __init__(self, random: Random, vocabulary: Vocabulary) -> None:
        self._random = random
        self._vocabulary = vocabulary

    def document(self) -> Document:
        """A small text of one to five passages."""
        return tuple(self._passage(number) for number in range(self._random.randint(1, 5)))

    def _passage(self, number: int) -> Passage:
        kind = self._random.choice(KINDS)
        words = self._random.choices(self._vocabulary.base, k=self._random.randint(0, 7))
        fields = (("b", "1"), ("d", "2")) if kind is Kind.MEASURE else ()
        level = self._random.randint(0, 2)
        return Passage(f"p{number}", kind, normalise("".join(words)), level, "", fields)

    def amendment(self, base: Document, number: int) -> Amendment:
        """A valid amendment; moves that would stand in a circle are left out."""
        found = [each for target in base for each in self._changes(base, target, number)]
        new: list[Operation] = []
        for index in range(self._random.choice([0, 0, 1, 1, 2])):
            behind = [None, *(each.id for each in base), *(each.id for each in new)]
            kind, after = self._random.choice(KINDS), self._random.choice(behind)
            text = self._random.choice(["Neu.", "Neu.", "Anders."])
            new.append(InsertPassage(f"n{number}-{index}", after, kind, text, 1))
        operations = _without_circles(found + new)
        return Amendment(number, tuple(self._with_joins(base, operations)), 100 + number)

    def _with_joins(self, base: Document, operations: list[Operation]) -> list[Operation]:
        """Join some neighbours where nothing else the amendment asks for is against it."""
        for left, right in pairwise(base):
            joined = [*operations, JoinPassages(left.id, right.id)]
            if self._random.random() < 0.2 and _fits(base, joined):
                operations = joined
        return operations

    def _splits(self, target: Passage, number: int) -> list[Operation]:
        size = len(tokenize(target.text))
        cuts = {self._random.randint(0, size) for _ in range(self._random.choice([1, 1, 2]))}
        kind = self._random.choice([Kind.PARAGRAPH, Kind.PARAGRAPH, Kind.LIST_ITEM])
        return [SplitPassage(target.id, at, f"s{number}-{target.id}-{at}", kind) for at in cuts]

    def _changes(self, base: Document, target: Passage, number: int) -> list[Operation]:
        what = self._random.choice("kkwwwdmspp")
        if what == "w":
            return self._hunks(target)
        if what == "p":
            return [*self._splits(target, number), *self._random.choice([[], self._hunks(target)])]
        if what == "d":
            return [DeletePassage(target.id)]
        if what == "m":
            anchors = [None, *(each.id for each in base if each.id != target.id)]
            move = MovePassage(target.id, self._random.choice(anchors))
            return [
                move,
                *self._random.choice([[], self._hunks(target), self._splits(target, number)]),
            ]
        return self._settings(target) if what == "s" else []

    def _hunks(self, target: Passage) -> list[Operation]:
        """One to four hunks that do not overlap; some insert twice at one point."""
        size = len(tokenize(target.text))
        cuts = sorted(self._random.randint(0, size) for _ in range(self._random.randint(2, 5)))
        found: list[Operation] = []
        ordinals: dict[int, int] = {}
        for start, end in pairwise(cuts):
            new = tokenize(normalise(self._random.choice(self._vocabulary.new)))
            ordinal = 0
            if start == end:
                ordinal = ordinals[start] = ordinals.get(start, -1) + 1
            if start < end or new:
                found.append(TextHunk(target.id, start, end, new, ordinal))
        return self._random.sample(found, self._random.randint(0, len(found)))

    def _settings(self, target: Passage) -> list[Operation]:
        value = self._random.choice([None, "1", "9"])
        field = SetField(target.id, self._random.choice("abcd"), value)
        kind = SetKind(target.id, self._random.choice(KINDS), 1)
        return self._random.choice([[field], [kind], [field, kind]])


def _fits(base: Document, operations: list[Operation]) -> bool:
    try:
        check(base, operations)
    except ValueError:
        return False
    return True


def _without_circles(operations: list[Operation]) -> list[Operation]:
    moves = {each.passage: each.after for each in operations if isinstance(each, MovePassage)}
    in_circle = {each for each in moves if _leads_back(each, moves)}
    return [
        each
        for each in operations
        if not isinstance(each, MovePassage) or each.passage not in in_circle
    ]


def _leads_back(passage: str, moves: dict[str, str | None]) -> bool:
    seen: set[str | None] = set()
    at: str | None = passage
    while at in moves and at not in seen:
        seen.add(at)
        at = moves[at]
    return at in moves


def proposals(
    count: int, vocabulary: Vocabulary = GERMAN
) -> st.SearchStrategy[tuple[Document, list[Amendment]]]:
    """A base text and so many amendments to it."""

    def write(random: Random) -> tuple[Document, list[Amendment]]:
        author = Author(random, vocabulary)
        base = author.document()
        return base, [author.amendment(base, number) for number in range(1, count + 1)]

    return st.randoms(use_true_random=True).map(write)


def runs_of(base: Document) -> dict[str, Runs]:
    return {each.id: uniform(len(tokenize(each.text)), BASE_ORIGIN) for each in base}


def merge(base: Document, given: Sequence[Amendment], settlements: Sequence = ()) -> Consolidation:
    return consolidate(base, runs_of(base), given, settlements)


def peaceful(base: Document, given: Sequence[Amendment]) -> list[Amendment]:
    """Return the amendments without what is contested among them."""
    while clusters := find_conflicts(base, given):
        members = {(each.amendment, each.operation) for one in clusters for each in one.members}
        given = [
            replace(each, operations=_without(each.operations, each.id, members)) for each in given
        ]
    return list(given)


def _without(
    operations: Sequence[Operation], number: int, members: Collection[tuple[int, Operation]]
) -> tuple[Operation, ...]:
    return tuple(each for each in operations if (number, each) not in members)


def without_ids(document: Document) -> list[tuple[object, ...]]:
    """What a reader sees; new passages may have the id of either of two amendments that agree."""
    return [(each.kind, each.text, each.level, each.fields) for each in document]
