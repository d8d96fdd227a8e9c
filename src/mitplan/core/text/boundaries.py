"""Boundaries: which words of the base stand in which passage once some are split and others joined."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from mitplan.core.text.base import Base
from mitplan.core.text.operations import SplitPassage
from mitplan.core.text.weaving import Strand


@dataclass(frozen=True, slots=True)
class Part:
    """The tokens [start, end) of a passage of the base, and the passage in which they stand now."""

    passage: str
    start: int
    end: int
    holder: str
    is_first: bool = False

    def holds_point(self, at: int) -> bool:
        """Tell whether an insertion there goes into this part; at a border it goes to the left."""
        return self.start < at <= self.end or (self.is_first and at == 0)

    def is_hit_by(self, start: int, end: int) -> bool:
        """Tell whether a change of these tokens changes this part."""
        if start == end:
            return self.holds_point(start)
        return max(start, self.start) < min(end, self.end)

    def share(self, strand: Strand) -> Strand | None:
        """Return what a change means for this part, in its own coordinates.

        New words of a change that spans a border stand on its left; on the right only the rest is deleted.
        """
        if not self.is_hit_by(strand.start, strand.end):
            return None
        if self.is_first and strand.end <= self.end:
            return strand
        if strand.start == strand.end:
            return self._shifted(strand)
        start, end = max(strand.start, self.start), min(strand.end, self.end)
        if start != strand.start:
            strand = replace(strand, new=(), origins=())
        return self._shifted(replace(strand, start=start, end=end))

    def _shifted(self, strand: Strand) -> Strand:
        return replace(strand, start=strand.start - self.start, end=strand.end - self.start)


class Boundaries:
    """The borders between passages: those of the base, the ones that splits add and joins take away."""

    def __init__(
        self,
        base: Base,
        splits: Mapping[str, Sequence[SplitPassage]],
        joins: Mapping[str, str],
    ) -> None:
        """Joins name for each right passage its left one."""
        self._base = base
        self.split_from = {each.id: each for group in splits.values() for each in group}
        self._parts: dict[str, tuple[Part, ...]] = {}
        self._held: defaultdict[str, list[Part]] = defaultdict(list)
        touched = {*splits, *joins, *joins.values()}
        for passage in sorted(touched, key=base.place.__getitem__):
            first = self.last_holder(joins[passage]) if passage in joins else passage
            self._cut(passage, first, sorted(splits.get(passage, ()), key=lambda each: each.at))

    def _cut(self, passage: str, first: str, cuts: Iterable[SplitPassage]) -> None:
        found: list[Part] = []
        start, holder = 0, first
        for cut in cuts:
            found.append(Part(passage, start, cut.at, holder, is_first=not found))
            start, holder = cut.at, cut.id
        length = len(self._base.tokens(passage))
        found.append(Part(passage, start, length, holder, is_first=not found))
        self._parts[passage] = tuple(found)
        for part in found:
            self._held[part.holder].append(part)

    def parts(self, passage: str) -> tuple[Part, ...]:
        """Return where the words of a passage of the base stand now."""
        if passage in self._parts:
            return self._parts[passage]
        return (Part(passage, 0, len(self._base.tokens(passage)), passage, is_first=True),)

    def has_new_borders(self, passage: str) -> bool:
        """Tell whether a passage of the new text has other borders than in the base."""
        return passage in self._held

    def held_by(self, passage: str) -> Sequence[Part]:
        """Return what stands in a passage of the new text."""
        return self._held.get(passage) or self.parts(passage)

    def last_holder(self, passage: str) -> str:
        """Return the passage in which the last words of a passage of the base stand now."""
        return self._parts[passage][-1].holder if passage in self._parts else passage

    def borders_of(self, part: Part) -> Iterator[str]:
        """Return the passages whose splitting off gave a part its borders."""
        for left, right in pairwise(self.parts(part.passage)):
            if part in (left, right):
                yield right.holder

    def split_off(self, passage: str) -> tuple[str, ...]:
        """Return the passages that were split off from one of the base, in reading order."""
        return tuple(part.holder for part in self._parts.get(passage, ())[1:])
