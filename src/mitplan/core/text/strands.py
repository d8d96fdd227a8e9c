"""Strands: the changes to one wording in the form in which they are woven."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from mitplan.core.text.diff import diff
from mitplan.core.text.operations import TextHunk
from mitplan.core.text.outcome import Outcome, Taken
from mitplan.core.text.settlements import OwnWords
from mitplan.core.text.tokens import tokenize
from mitplan.core.text.weaving import Strand, Warp


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


def strands_of(outcome: Outcome, passage: str, origins: Sequence[int]) -> list[Strand]:
    """Return all that happens to the wording of a passage whose base tokens have these origins."""
    own_words = outcome.own_words.get(passage, [])
    strands = [
        strand for taken in outcome.texts.get(passage, []) for strand in _strands(taken, own_words)
    ]
    tokens = outcome.base.tokens(passage)
    return strands + [_own_strand(each, tokens, origins) for each in own_words]


def _strands(taken: Taken, own_words: Iterable[OwnWords]) -> Iterator[Strand]:
    """Return a hunk as a strand; what reaches into a region with own words ends at its border."""
    hunk = taken.pick.variant.operation
    if not isinstance(hunk, TextHunk):
        return
    parts = [(hunk.start, hunk.end)]
    for region in (each.region for each in own_words):
        parts = [part for span in parts for part in _outside(span, (region.start, region.end))]
    origin = taken.origins[0]
    rank = (taken.pick.rank, taken.amendments[0])
    for start, end in parts:
        yield Strand(start, end, hunk.new, (origin,) * len(hunk.new), origin, rank)


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
