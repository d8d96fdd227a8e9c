"""The synopsis: two or three editions in columns, passage by passage, and why each differs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise

from mitplan.core.text.diff import Segment, SegmentKind
from mitplan.publishing.queries.comparison import ComparedPassage, Comparison


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a column that came since the column before it, or go with the one behind it."""

    text: str
    came: bool = False
    goes: bool = False


@dataclass(frozen=True, slots=True)
class SynopsisRow:
    """A passage in all columns; None where it does not stand in one of them.

    `steps` tells what happened from each column to the next, None where it stands in neither.
    """

    key: str
    is_heading: bool
    cells: tuple[tuple[Piece, ...] | None, ...]
    steps: tuple[ComparedPassage | None, ...]

    @property
    def number(self) -> str:
        """The number its address has."""
        return self.key.removeprefix("t")

    @property
    def can_be_edited(self) -> bool:
        """Whether it stands in the first column; what only a later one has belongs to what brought it."""
        return self.cells[0] is not None


def synopsis(steps: Sequence[Comparison], which: str) -> list[SynopsisRow]:
    """Lay out consecutive comparisons side by side, with the passages some of them want shown."""
    shown = {each.key for step in steps for each in step.filtered(which)}
    found = [{each.key: each for each in step.passages} for step in steps]
    return [_row([by_key.get(key) for by_key in found]) for key in _order(steps) if key in shown]


def _order(steps: Sequence[Comparison]) -> list[str]:
    """Return all passages as the last text has them; one that went earlier follows its predecessor."""
    order = [each.key for each in steps[-1].passages]
    for step in reversed(steps[:-1]):
        known = set(order)
        gone: dict[str | None, list[str]] = {}
        before: str | None = None
        for each in step.passages:
            if each.key in known:
                before = each.key
            else:
                gone.setdefault(before, []).append(each.key)
        order = [*gone.get(None, ()), *chain(*([key, *gone.get(key, ())] for key in order))]
    return order


def _row(steps: Sequence[ComparedPassage | None]) -> SynopsisRow:
    some = next(each for each in reversed(steps) if each)
    return SynopsisRow(some.key, some.is_heading, tuple(_cells(steps)), tuple(steps))


def _cells(steps: Sequence[ComparedPassage | None]) -> Iterator[tuple[Piece, ...] | None]:
    """Yield what stands in each column, between the step that leads to it and the one that leads on."""
    for before, after in zip([None, *steps], [*steps, None], strict=True):
        stood = before is not None and before.has_new
        stays = after is not None and after.has_old
        if not stood and not stays:
            yield None
        else:
            came = before.new_segments if before and stood else None
            goes = after.old_segments if after and stays else None
            yield tuple(_joined(_pieces(came, goes)))


def _pieces(came: list[Segment] | None, goes: list[Segment] | None) -> Iterator[Piece]:
    """Cut one wording at the borders of two differences."""
    if came is None or goes is None:
        for segment in came or goes or ():
            is_equal = segment.kind == SegmentKind.EQUAL
            yield Piece(
                segment.text,
                came=came is not None and not is_equal,
                goes=goes is not None and not is_equal,
            )
        return
    text = "".join(segment.text for segment in came)
    borders = sorted({0, *_ends(came), *_ends(goes)})
    for start, end in pairwise(borders):
        yield Piece(text[start:end], came=_is_marked(came, start), goes=_is_marked(goes, start))


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Join neighbours that are marked alike."""
    for (came, goes), group in groupby(pieces, key=lambda piece: (piece.came, piece.goes)):
        yield Piece("".join(piece.text for piece in group), came=came, goes=goes)


def _ends(segments: Iterable[Segment]) -> Iterator[int]:
    end = 0
    for segment in segments:
        end += len(segment.text)
        yield end


def _is_marked(segments: Sequence[Segment], place: int) -> bool:
    ends = _ends(segments)
    return next(each for each, end in zip(segments, ends, strict=True) if place < end).kind != (
        SegmentKind.EQUAL
    )
