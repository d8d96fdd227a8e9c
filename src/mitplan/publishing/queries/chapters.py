"""Chapters: the parts of a text under its uppermost headings, below the title."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from mitplan.core.text.passages import Kind
from mitplan.core.text.tokens import count_words
from mitplan.publishing.queries.comparison import Comparison
from mitplan.publishing.queries.origins import percent


class Headed(Protocol):
    """What is known of a passage to tell where a chapter begins."""

    @property
    def kind(self) -> str:
        """Return what kind of passage it is."""

    @property
    def level(self) -> int:
        """Return how deep a heading is."""

    @property
    def text(self) -> str:
        """Return its words."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter by its place and its heading."""

    place: int
    title: str


@dataclass(frozen=True, slots=True)
class Survival:
    """How many words of a chapter still stand in each later edition."""

    chapter: str
    words: int
    kept: tuple[int, ...]

    @property
    def parts(self) -> tuple[float, ...]:
        """The shares in per cent."""
        return tuple(percent(kept, self.words) for kept in self.kept)


def chapters(passages: Iterable[Headed]) -> Iterator[Chapter]:
    """Yield the chapter of each passage; where one heading titles the whole, its children begin them."""
    known = list(passages)
    begins = _level_of_chapters(known)
    chapter = Chapter(0, _("vor dem ersten Kapitel"))
    for place, passage in enumerate(known):
        if passage.kind == Kind.HEADING and passage.level == begins:
            chapter = Chapter(place, passage.text)
        yield chapter


def _level_of_chapters(passages: Sequence[Headed]) -> int:
    levels = sorted(each.level for each in passages if each.kind == Kind.HEADING)
    if not levels:
        return 0
    titles = levels.count(levels[0])
    has_title = titles == 1 and passages[0].kind == Kind.HEADING and titles < len(levels)
    return levels[1] if has_title else levels[0]


def survival(laters: Sequence[Comparison]) -> list[Survival]:
    """Return what of each chapter of a text survives in the later ones it is compared with."""
    document = laters[0].first
    of_passage = dict(zip((each.id for each in document), chapters(document), strict=True))
    words = _count((of_passage[each.id], count_words(each.text)) for each in document)
    lost = [
        _count((of_passage[row.key], row.words_lost) for row in later.passages if row.has_old)
        for later in laters
    ]
    return [
        Survival(chapter.title, count, tuple(count - each[chapter] for each in lost))
        for chapter, count in words.items()
        if count
    ]


def _count(pairs: Iterable[tuple[Chapter, int]]) -> Counter[Chapter]:
    found: Counter[Chapter] = Counter()
    for chapter, words in pairs:
        found[chapter] += words
    return found
