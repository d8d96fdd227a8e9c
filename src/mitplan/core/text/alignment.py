"""Alignment: which tokens of one text live on in another, in order."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz.distance import LCSseq

from mitplan.core.text.tokens import is_word

_MAX_CELLS = 1 << 28  # a table of 32 MB; larger texts are cut at words that occur once


_FEW = 2  # words that may agree by chance
_SHORT = 9  # tokens; a longer block has more than a few words or is a table's border
_MUCH = 2  # times as many words must change around them

_Token = TypeVar("_Token", str, int)


@dataclass(frozen=True, slots=True)
class Block:
    """`size` tokens that are the same from `old` on and from `new` on."""

    old: int
    new: int
    size: int


def align(old: Sequence[str], new: Sequence[str]) -> tuple[Block, ...]:
    """Return the common tokens of two texts as blocks in order, none touching its neighbour in both.

    Words and punctuation are aligned first; blanks then follow the words beside them, so that a blank
    never holds together what has nothing else in common.
    """
    if old == new:
        return (Block(0, 0, len(old)),) if old else ()
    return tuple(_joined(_trimmed(old, new, _with_blanks)))


def split_doubtful(
    old: Sequence[str], new: Sequence[str], blocks: Sequence[Block]
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Separate blocks that surely stayed from those that may agree by chance.

    A block is doubtful when it has no more than two words and much more than that changes on both
    sides of it: "und" between two rewritten halves of a sentence may be another "und".
    """
    sure: list[Block] = []
    doubtful: list[Block] = []
    changes = _changed_words(old, new, blocks)
    for index, block in enumerate(blocks):
        if block.size > _SHORT:
            sure.append(block)
            continue
        words = _count(new[block.new : block.new + block.size])
        around = min(changes[index], changes[index + 1])
        by_chance = words <= _FEW and around >= _MUCH * max(words, 1)
        (doubtful if by_chance else sure).append(block)
    return tuple(sure), tuple(doubtful)


def _changed_words(old: Sequence[str], new: Sequence[str], blocks: Sequence[Block]) -> list[int]:
    """Count the words that change before each block and after the last."""
    changes = []
    old_at = new_at = 0
    for block in [*blocks, Block(len(old), len(new), 0)]:
        changes.append(max(_count(old[old_at : block.old]), _count(new[new_at : block.new])))
        old_at, new_at = block.old + block.size, block.new + block.size
    return changes


def _count(tokens: Sequence[str]) -> int:
    return sum(map(is_word, tokens))


def _trimmed(
    old: Sequence[_Token],
    new: Sequence[_Token],
    align_rest: Callable[[Sequence[_Token], Sequence[_Token]], Iterable[Block]],
) -> Iterator[Block]:
    """Align the same beginning and the same end at once and the rest with care."""
    head = _common_prefix(old, new)
    tail = _common_prefix(old[head:][::-1], new[head:][::-1])
    old_end, new_end = len(old) - tail, len(new) - tail
    if head:
        yield Block(0, 0, head)
    if head < old_end and head < new_end:
        rest = align_rest(old[head:old_end], new[head:new_end])
        yield from _shifted(rest, head, head)
    if tail:
        yield Block(old_end, new_end, tail)


def _solid_blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    """Align everything but blanks; the blocks are in token positions, most of one token."""
    old_at = [index for index, token in enumerate(old) if not token.isspace()]
    new_at = [index for index, token in enumerate(new) if not token.isspace()]
    numbers: dict[str, int] = {}
    old_ids = [numbers.setdefault(old[index], len(numbers)) for index in old_at]
    new_ids = [numbers.setdefault(new[index], len(numbers)) for index in new_at]
    for block in _common(old_ids, new_ids):
        for step in range(block.size):
            yield Block(old_at[block.old + step], new_at[block.new + step], 1)


def _common(old: Sequence[int], new: Sequence[int]) -> Iterator[Block]:
    """Return a longest common subsequence of numbers as blocks; approximately so for huge texts."""
    if len(old) * len(new) > _MAX_CELLS:
        yield from _between_anchors(old, new, _anchors(old, new))
        return
    for old_at, new_at, size in LCSseq.editops(old, new).as_matching_blocks():
        if size:
            yield Block(old_at, new_at, size)


def _between_anchors(
    old: Sequence[int], new: Sequence[int], anchors: list[tuple[int, int]]
) -> Iterator[Block]:
    """Align the stretches between tokens that surely belong together; without any, nothing is common."""
    old_at = new_at = 0
    for old_anchor, new_anchor in anchors:
        stretch = _trimmed(old[old_at:old_anchor], new[new_at:new_anchor], _common)
        yield from _shifted(stretch, old_at, new_at)
        yield Block(old_anchor, new_anchor, 1)
        old_at, new_at = old_anchor + 1, new_anchor + 1
    if anchors:
        stretch = _trimmed(old[old_at:], new[new_at:], _common)
        yield from _shifted(stretch, old_at, new_at)


def _anchors(old: Sequence[int], new: Sequence[int]) -> list[tuple[int, int]]:
    """Return the longest ascending chain of tokens that occur exactly once in both texts."""
    once = {token for token, count in Counter(old).items() if count == 1}
    once &= {token for token, count in Counter(new).items() if count == 1}
    place = {token: index for index, token in enumerate(old) if token in once}
    return longest_chain([(place[token], at) for at, token in enumerate(new) if token in once])


def longest_chain(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest selection of the pairs, in order, whose first numbers ascend."""
    ends: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for index, (value, _) in enumerate(pairs):
        pile = bisect_left(ends, value)
        before.append(tops[pile - 1] if pile else -1)
        ends[pile : pile + 1] = [value]
        tops[pile : pile + 1] = [index]
    chain = []
    index = tops[-1] if tops else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _with_blanks(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    """Align the words and add the blanks that stay between or beside them."""
    old_at = new_at = 0
    for block in _solid_blocks(old, new):
        yield from _edges(old, new, (old_at, block.old), (new_at, block.new))
        yield block
        old_at, new_at = block.old + block.size, block.new + block.size
    yield from _edges(old, new, (old_at, len(old)), (new_at, len(new)))


def _edges(
    old: Sequence[str], new: Sequence[str], old_span: tuple[int, int], new_span: tuple[int, int]
) -> Iterator[Block]:
    """Return what two stretches without a common word share at their beginning and at their end."""
    (old_start, old_end), (new_start, new_end) = old_span, new_span
    if old_start == old_end or new_start == new_end:
        return
    if old[old_start] == new[new_start]:
        yield Block(old_start, new_start, 1)
        old_start, new_start = old_start + 1, new_start + 1
    if old_start < old_end and new_start < new_end and old[old_end - 1] == new[new_end - 1]:
        yield Block(old_end - 1, new_end - 1, 1)


def _common_prefix(old: Sequence[_Token], new: Sequence[_Token]) -> int:
    for index, (left, right) in enumerate(zip(old, new, strict=False)):
        if left != right:
            return index
    return min(len(old), len(new))


def _shifted(blocks: Iterable[Block], old: int, new: int) -> Iterator[Block]:
    for block in blocks:
        yield Block(block.old + old, block.new + new, block.size)


def _joined(blocks: Iterator[Block]) -> Iterator[Block]:
    current: Block | None = None
    for block in blocks:
        if current is None:
            current = block
        elif (current.old + current.size, current.new + current.size) == (block.old, block.new):
            current = Block(current.old, current.new, current.size + block.size)
        else:
            yield current
            current = block
    if current is not None:
        yield current
