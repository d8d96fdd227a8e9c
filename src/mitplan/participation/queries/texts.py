"""The consulted text beside which people write."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from mitplan.core.text.diff import Segment, SegmentKind, word_diff
from mitplan.core.text.passages import Kind
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.plan.models import Edition, Entry, Passage

__all__ = [
    "Difference",
    "TextPassage",
    "difference_between",
    "passage_of",
    "passages_by_number",
    "passages_of",
]


@dataclass(frozen=True, slots=True)
class TextPassage:
    """A passage of an edition as it is read."""

    pk: int
    number: int
    kind: str
    level: int
    label: str
    fields: tuple[tuple[str, str], ...]
    text: str

    @property
    def value(self) -> PassageValue:
        """The passage as a value of the core."""
        key = Passage.key_of(self.number)
        return PassageValue(key, Kind(self.kind), self.text, self.level, self.label, self.fields)


def passages_of(edition: Edition) -> list[TextPassage]:
    """Return an edition in reading order."""
    return _read(edition.entries.order_by("position"))


def passage_of(edition: Edition, number: int) -> TextPassage | None:
    """Return one passage as it stands in an edition."""
    return next(iter(_read(edition.entries.filter(passage__number=number))), None)


def passages_by_number(edition: Edition, numbers: Iterable[int]) -> dict[int, TextPassage]:
    """Return some passages of an edition by their number."""
    found = _read(edition.entries.filter(passage__number__in=set(numbers)))
    return {passage.number: passage for passage in found}


def _read(entries: QuerySet[Entry]) -> list[TextPassage]:
    columns = (
        "passage_id",
        "passage__number",
        "kind",
        "level",
        "label",
        "fields",
        "wording__text",
    )
    return [
        TextPassage(pk, number, kind, level, label, tuple(map(tuple, fields)), text)
        for pk, number, kind, level, label, fields, text in entries.values_list(*columns)
    ]


@dataclass(frozen=True, slots=True)
class Difference:
    """What changes from one wording to the next, word by word."""

    segments: tuple[Segment, ...]

    @property
    def changed(self) -> bool:
        """Whether anything changes at all."""
        return any(segment.kind != SegmentKind.EQUAL for segment in self.segments)


def difference_between(old: str, written: str) -> Difference:
    """Return what a person's words, as a browser sends them, make of a wording."""
    return Difference(word_diff(old, written.replace("\r\n", "\n").strip()))
