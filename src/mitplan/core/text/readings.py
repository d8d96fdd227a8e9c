"""Readings: a contested place side by side, as the base has it and as each amendment wants it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mitplan.core.text.base import Base, base_of
from mitplan.core.text.conflicts import Cluster, Region
from mitplan.core.text.operations import DeletePassage, TextHunk
from mitplan.core.text.passages import Document


@dataclass(frozen=True, slots=True)
class Reading:
    """The words some amendments want in a contested region; None where they delete the passage."""

    amendments: tuple[int, ...]
    text: str | None


@dataclass(frozen=True, slots=True)
class ContestedPlace:
    """A contested region in its passage: the text around it, what the base has there, what others want."""

    region: Region
    before: str
    base: str
    after: str
    readings: tuple[Reading, ...]

    def own_words(self, wording: str) -> str:
        """Return what a whole wording of the passage says in the region.

        Raises ValueError where the wording was changed outside of it.
        """
        end = len(wording) - len(self.after)
        is_inside = wording.startswith(self.before) and wording.endswith(self.after)
        if not is_inside or end < len(self.before):
            message = f"passage {self.region.passage!r} is changed outside the contested region"
            raise ValueError(message)
        return wording[len(self.before) : end]


def contested_places(base: Document, cluster: Cluster) -> tuple[ContestedPlace, ...]:
    """Return the places in the text a cluster is about; purely structural clusters have none."""
    text = base_of(base)
    return tuple(_place(text, cluster, region) for region in cluster.regions)


def _place(base: Base, cluster: Cluster, region: Region) -> ContestedPlace:
    tokens = base.tokens(region.passage)
    return ContestedPlace(
        region,
        "".join(tokens[: region.start]),
        "".join(tokens[region.start : region.end]),
        "".join(tokens[region.end :]),
        tuple(_readings(tokens, cluster, region)),
    )


def _readings(tokens: Sequence[str], cluster: Cluster, region: Region) -> Iterator[Reading]:
    """Return each wish once, with all who have it."""
    hunks: defaultdict[int, list[TextHunk]] = defaultdict(list)
    by_text: defaultdict[str | None, list[int]] = defaultdict(list)
    for member in cluster.members:
        operation = member.operation
        if operation.passage == region.passage and isinstance(operation, TextHunk):
            hunks[member.amendment].append(operation)
        if operation == DeletePassage(region.passage):
            by_text[None].append(member.amendment)
    for amendment, own in hunks.items():
        by_text[_reworded(tokens, region, own)].append(amendment)
    for text, amendments in sorted(by_text.items(), key=lambda item: item[1]):
        yield Reading(tuple(amendments), text)


def _reworded(tokens: Sequence[str], region: Region, hunks: Iterable[TextHunk]) -> str:
    parts: list[str] = []
    done = region.start
    for hunk in sorted(hunks, key=lambda each: (each.start, each.end, each.ordinal)):
        parts += tokens[done : hunk.start]
        parts += hunk.new
        done = hunk.end
    parts += tokens[done : region.end]
    return "".join(parts)
