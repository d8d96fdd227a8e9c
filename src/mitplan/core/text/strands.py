"""Strands: the changes to one wording in the form in which they are woven."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mitplan.core.text.diff import diff
from mitplan.core.text.operations import TextHunk
from mitplan.core.text.outcome import Outcome
from mitplan.core.text.runs import Runs, expand
from mitplan.core.text.settlements import OwnWords
from mitplan.core.text.tokens import tokenize
from mitplan.core.text.weaving import Strand, Warp, weave


def warps_of(
    outcome: Outcome, holder: str, origins_of: Callable[[str], Sequence[int]]
) -> Iterator[Warp]:
    """Return the stretches of the base that stand in a passage of the new text, with their changes."""
    for part in outcome.boundaries.held_by(holder):
        origins = origins_of(part.passage)
        strands = strands_of(outcome, part.passage, origins)
        shares = [share for strand in strands if (share := part.share(strand)) is not None]
        join = outcome.joins.get(part.passage)
        yield Warp(
            outcome.base.tokens(part.passage)[part.start : part.end],
            origins[part.start : part.end],
            shares,
            join.origins[0] if join else 0,
        )


@dataclass(frozen=True, slots=True)
class Rewording:
    """All that happens to the words of a passage, by values that tell whether it happened before."""

    hunks: tuple[tuple[TextHunk, int, tuple[int, int]], ...]
    own_words: tuple[OwnWords, ...]

    def strands(self, tokens: Sequence[str], origins: Sequence[int]) -> list[Strand]:
        """Return the changes to base tokens with these origins."""
        strands = [strand for each in self.hunks for strand in self._strands(*each)]
        return strands + [_own_strand(each, tokens, origins) for each in self.own_words]

    def _strands(self, hunk: TextHunk, origin: int, rank: tuple[int, int]) -> Iterator[Strand]:
        """Return a hunk as a strand; what reaches into a region with own words ends at its border."""
        parts = [(hunk.start, hunk.end)]
        for region in (each.region for each in self.own_words):
            parts = [part for span in parts for part in _outside(span, (region.start, region.end))]
        for start, end in parts:
            yield Strand(start, end, hunk.new, (origin,) * len(hunk.new), origin, rank)


def rewording_of(outcome: Outcome, passage: str) -> Rewording:
    """Return what happens to the words of a passage of the base."""
    hunks = (
        (hunk, taken.origins[0], (taken.pick.rank, taken.amendments[0]))
        for taken in outcome.texts.get(passage, ())
        if isinstance(hunk := taken.pick.variant.operation, TextHunk)
    )
    return Rewording(tuple(hunks), tuple(outcome.own_words.get(passage, ())))


def strands_of(outcome: Outcome, passage: str, origins: Sequence[int]) -> list[Strand]:
    """Return all that happens to the wording of a passage whose base tokens have these origins."""
    return rewording_of(outcome, passage).strands(outcome.base.tokens(passage), origins)


@lru_cache(maxsize=512)
def reworded(text: str, runs: Runs, rewording: Rewording) -> tuple[str, Runs]:
    """Return the new wording of a passage whose borders stay, and its origins.

    Kept for a while: of a long text, little is changed between two looks at it.
    """
    tokens, origins = tokenize(text), expand(runs)
    return weave([Warp(tokens, origins, rewording.strands(tokens, origins))])


def _outside(span: tuple[int, int], region: tuple[int, int]) -> list[tuple[int, int]]:
    if span[1] <= region[0] or region[1] <= span[0]:
        return [span]
    parts = [(span[0], region[0]), (region[1], span[1])]
    return [(start, end) for start, end in parts if start < end]


def _own_strand(own_words: OwnWords, tokens: Sequence[str], origins: Sequence[int]) -> Strand:
    """Return the words of a settlement; what they share with the base keeps its origin."""
    region = own_words.region
    new = tokenize(own_words.text)
    mixed: list[int] = []
    done = region.start
    for edit in diff(tokens[region.start : region.end], new):
        mixed += origins[done : region.start + edit.start]
        mixed += [own_words.origin] * len(edit.new)
        done = region.start + edit.end
    mixed += origins[done : region.end]
    return Strand(region.start, region.end, new, tuple(mixed), own_words.origin)
