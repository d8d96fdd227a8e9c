"""Provenance: who brought which words of an edition, and how much of each chapter."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from mitplan.core.text.runs import Runs, spans, words_by_origin
from mitplan.core.text.tokens import count_words
from mitplan.plan.models import Edition, Passage
from mitplan.plan.queries import runs_value
from mitplan.publishing.queries.chapters import Chapter, chapters
from mitplan.publishing.queries.origins import NamedOrigin, named, percent
from mitplan.ui.reader import OriginLabel


@dataclass(frozen=True, slots=True)
class Share:
    """How many words of an edition an origin, or a kind of origin, has brought."""

    number: int
    origin: NamedOrigin
    words: int
    part: float


@dataclass(frozen=True, slots=True)
class KindShare:
    """The words of all origins of one kind."""

    name: str
    origins: int
    words: int
    part: float


@dataclass(frozen=True, slots=True)
class OwnerShare:
    """How many words of a chapter go back to an organisation, a department, a sitting or an edition."""

    whose: str
    kind_name: str
    words: int
    part: float


@dataclass(frozen=True, slots=True)
class ChapterShare:
    """A chapter and whom its words go back to, the largest share first."""

    title: str
    words: int
    owners: list[OwnerShare]

    def part_of(self, kind_name: str) -> float:
        """Return the share of one kind of origin in per cent."""
        return percent(sum(x.words for x in self.owners if x.kind_name == kind_name), self.words)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Every origin of an edition's words, the largest first, with the number it has in the text."""

    shares: list[Share]
    chapters: list[ChapterShare]
    words: int

    @property
    def labels(self) -> dict[int, OriginLabel]:
        """What the reader needs to mark the words."""
        return {
            share.origin.pk: OriginLabel(
                share.number, share.origin.spoken, share.origin.url or f"#herkunft-{share.number}"
            )
            for share in self.shares
        }

    @property
    def by_kind(self) -> list[KindShare]:
        """The shares summed by kind of origin, the largest first."""
        words: Counter[str] = Counter()
        origins: Counter[str] = Counter()
        for share in self.shares:
            words[share.origin.kind_name] += share.words
            origins[share.origin.kind_name] += 1
        return [
            KindShare(name, origins[name], count, percent(count, self.words))
            for name, count in words.most_common()
        ]


def provenance(edition: Edition) -> Provenance:
    """Return the origins of an edition's words with their shares, of the whole and of each chapter."""
    entries = list(_entries(edition))
    of_chapter: defaultdict[Chapter, Counter[int]] = defaultdict(Counter)
    for entry, chapter in zip(entries, chapters(entries), strict=True):
        of_chapter[chapter].update(words_by_origin(entry.text, entry.runs))
    words: Counter[int] = Counter()
    for found in of_chapter.values():
        words.update(found)
    names = named(words)
    total = words.total()
    shares = [
        Share(number, names[pk], count, percent(count, total))
        for number, (pk, count) in enumerate(words.most_common(), start=1)
    ]
    parts = [_chapter(chapter, found, names) for chapter, found in of_chapter.items() if found]
    return Provenance(shares, parts, total)


def _chapter(chapter: Chapter, words: Counter[int], names: dict[int, NamedOrigin]) -> ChapterShare:
    owners: Counter[tuple[str, str]] = Counter()
    for pk, count in words.items():
        owners[names[pk].whose, names[pk].kind_name] += count
    total = words.total()
    shares = [
        OwnerShare(*owner, count, percent(count, total)) for owner, count in owners.most_common()
    ]
    return ChapterShare(chapter.title, total, shares)


@dataclass(frozen=True, slots=True)
class _Entry:
    passage: str
    kind: str
    level: int
    text: str
    runs: Runs


def _entries(edition: Edition) -> Iterator[_Entry]:
    columns = ("passage__number", "kind", "level", "wording__text", "wording__runs")
    for number, kind, level, text, runs in edition.entries.order_by("position").values_list(
        *columns
    ):
        yield _Entry(Passage.key_of(number), kind, level, text, runs_value(runs))


@dataclass(frozen=True, slots=True)
class OriginRow:
    """A stretch of a passage with one origin; all of them are the text in words instead of colours."""

    passage: str
    text: str
    words: int
    origin: NamedOrigin


def spans_of(edition: Edition) -> Iterator[OriginRow]:
    """Return the whole text cut where its origin changes."""
    entries = list(_entries(edition))
    names = named(run.origin for entry in entries for run in entry.runs)
    for entry in entries:
        for span in spans(entry.text, entry.runs):
            yield OriginRow(entry.passage, span.text, count_words(span.text), names[span.origin])
