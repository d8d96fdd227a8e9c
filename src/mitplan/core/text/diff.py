"""Differences between two wordings, as edits on tokens and as segments for display."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mitplan.core.text.alignment import align
from mitplan.core.text.recent import keep_recent
from mitplan.core.text.tokens import is_word, tokenize

_SENTENCE_ENDS = frozenset(".!?…")
_ISLAND_WORDS = 2


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the old tokens from `start` up to `end` by new ones."""

    start: int
    end: int
    new: tuple[str, ...]


class SegmentKind(StrEnum):
    """What happened to a stretch of text."""

    EQUAL = "equal"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that stayed, came or went."""

    kind: SegmentKind
    text: str


@dataclass(frozen=True, slots=True)
class _Change:
    """An edit together with the place of its new tokens."""

    start: int
    end: int
    new_start: int
    new_end: int

    def moved(self, by: int) -> "_Change":
        return _Change(self.start + by, self.end + by, self.new_start + by, self.new_end + by)


def diff(old: Sequence[str], new: Sequence[str]) -> tuple[Edit, ...]:
    """Return the edits that turn the old tokens into the new ones, in order, never touching.

    A lone blank or mark between two edits is absorbed, and an insertion or deletion that could stand at
    several places stands where a sentence or a word begins.
    """
    changes = _settled(old, new)
    return tuple(
        Edit(change.start, change.end, tuple(new[change.new_start : change.new_end]))
        for change in changes
    )


def apply(old: Sequence[str], edits: Iterable[Edit]) -> tuple[str, ...]:
    """Return the old tokens with the edits carried out; the edits are in order and do not overlap."""
    result: list[str] = []
    done = 0
    for edit in edits:
        result += old[done : edit.start]
        result += edit.new
        done = edit.end
    result += old[done:]
    return tuple(result)


@keep_recent(512)
def word_diff(old: str, new: str) -> tuple[Segment, ...]:
    """Return the two wordings as one series of segments to be read.

    Without the insertions the segments are the old text, without the deletions the new one. One or two
    words that happen to survive between larger changes are shown as changed too.
    """
    before, after = tokenize(old), tokenize(new)
    changes = _without_islands(before, after, _settled(before, after))
    return tuple(_segments(before, after, changes))


def reading_edits(old: Sequence[str], new: Sequence[str]) -> tuple[Edit, ...]:
    """Return the edits as `word_diff` shows them: few words between larger changes are changed too."""
    changes = _without_islands(old, new, _settled(old, new))
    return tuple(
        Edit(change.start, change.end, tuple(new[change.new_start : change.new_end]))
        for change in changes
    )


def _settled(old: Sequence[str], new: Sequence[str]) -> list[_Change]:
    changes = _absorbed(old, list(_changes(old, new)))
    slid = list(_slid(old, new, changes))
    return _absorbed(old, slid)


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[_Change]:
    """Return what lies between the common blocks."""
    old_at = new_at = 0
    for block in align(old, new):
        if (old_at, new_at) != (block.old, block.new):
            yield _Change(old_at, block.old, new_at, block.new)
        old_at, new_at = block.old + block.size, block.new + block.size
    if (old_at, new_at) != (len(old), len(new)):
        yield _Change(old_at, len(old), new_at, len(new))


def _absorbed(old: Sequence[str], changes: list[_Change]) -> list[_Change]:
    """Join changes that only a blank or a mark keeps apart."""
    result: list[_Change] = []
    for change in changes:
        if result and _is_filler(old[result[-1].end : change.start]):
            result[-1] = _union(result[-1], change)
        else:
            result.append(change)
    return result


def _is_filler(tokens: Sequence[str]) -> bool:
    """Tell whether tokens hold no word and no end of a sentence, so that nobody would read them alone."""
    if any(map(is_word, tokens)):
        return False
    return len(tokens) <= 1 or _SENTENCE_ENDS.isdisjoint(tokens)


def _union(left: _Change, right: _Change) -> _Change:
    return _Change(left.start, right.end, left.new_start, right.new_end)


def _slid(old: Sequence[str], new: Sequence[str], changes: list[_Change]) -> Iterator[_Change]:
    """Move pure insertions and deletions to the most readable of the places where they mean the same."""
    floor = 0
    for index, change in enumerate(changes):
        ceiling = changes[index + 1].start if index + 1 < len(changes) else len(old)
        settled = change
        if change.new_start == change.new_end:
            settled = _best_place(old, change, (change.start, change.end), floor, ceiling)
        elif change.start == change.end:
            span = (change.new_start, change.new_end)
            room = span[0] - change.start
            settled = _best_place(new, change, span, floor + room, ceiling + span[1] - change.end)
        yield settled
        floor = settled.end


def _best_place(
    tokens: Sequence[str], change: _Change, span: tuple[int, int], floor: int, ceiling: int
) -> _Change:
    """Return the change moved to where its edges read best; of equal places the last."""
    start, end = span
    shifts = [0]
    while (
        start + shifts[-1] > floor
        and tokens[start + shifts[-1] - 1] == tokens[end + shifts[-1] - 1]
    ):
        shifts.append(shifts[-1] - 1)
    shifts.reverse()
    while end + shifts[-1] < ceiling and tokens[start + shifts[-1]] == tokens[end + shifts[-1]]:
        shifts.append(shifts[-1] + 1)
    best = max(shifts, key=lambda by: (_ease(tokens, start + by) + _ease(tokens, end + by), by))
    return change.moved(best)


def _ease(tokens: Sequence[str], at: int) -> int:
    """Rate how naturally a text can be cut before a token: sentences, then words, then the rest."""
    if at in {0, len(tokens)}:
        return 4
    before, after = tokens[at - 1], tokens[at]
    if "\n" in before or "\n" in after:
        return 3
    if before.isspace():
        return 3 if at > 1 and tokens[at - 2] in _SENTENCE_ENDS else 2
    if after.isspace():
        return 3 if before in _SENTENCE_ENDS else 1
    return 0


def _without_islands(
    old: Sequence[str], new: Sequence[str], changes: list[_Change]
) -> list[_Change]:
    """Join changes between which fewer words survive than change on either side."""
    result: list[_Change] = []
    for change in changes:
        if result and _is_island(old, new, result[-1], change):
            result[-1] = _union(result[-1], change)
        else:
            result.append(change)
    return result


def _is_island(old: Sequence[str], new: Sequence[str], left: _Change, right: _Change) -> bool:
    between = _count_words(old[left.end : right.start])
    return between <= _ISLAND_WORDS and all(
        max(
            _count_words(old[change.start : change.end]),
            _count_words(new[change.new_start : change.new_end]),
        )
        > between
        for change in (left, right)
    )


def _count_words(tokens: Sequence[str]) -> int:
    return sum(map(is_word, tokens))


def _segments(old: Sequence[str], new: Sequence[str], changes: list[_Change]) -> Iterator[Segment]:
    done = 0
    for change in changes:
        yield from _segment(SegmentKind.EQUAL, old[done : change.start])
        yield from _segment(SegmentKind.DELETED, old[change.start : change.end])
        yield from _segment(SegmentKind.INSERTED, new[change.new_start : change.new_end])
        done = change.end
    yield from _segment(SegmentKind.EQUAL, old[done:])


def _segment(kind: SegmentKind, tokens: Sequence[str]) -> Iterator[Segment]:
    if tokens:
        yield Segment(kind, "".join(tokens))
