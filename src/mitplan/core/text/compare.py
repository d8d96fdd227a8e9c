"""Comparison of two states of a text, passage by passage, as a reader wants to see it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from mitplan.core.text.alignment import longest_chain
from mitplan.core.text.diff import Segment, SegmentKind, word_diff
from mitplan.core.text.passages import Document, Passage


class RowKind(StrEnum):
    """What happened to a passage between two states."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Row:
    """One passage in both states; a moved one may be reworded too, which its segments show."""

    kind: RowKind
    old: Passage | None
    new: Passage | None
    segments: tuple[Segment, ...]


def compare(old: Document, new: Document) -> tuple[Row, ...]:
    """Return one row per passage, in the reading order of the new state.

    Passages are the same when their ids are. A deleted one stands behind the passage it used to
    follow. Labels are computed, so a label alone is no change.
    """
    before = {passage.id: passage for passage in old}
    deleted = _deleted_by_predecessor(old, {passage.id for passage in new})
    moved = _moved(old, new)
    rows = [_deletion(passage) for passage in deleted[None]]
    for passage in new:
        rows.append(_row(before.get(passage.id), passage, moved=passage.id in moved))
        rows += map(_deletion, deleted[passage.id])
    return tuple(rows)


def _deleted_by_predecessor(
    old: Document, kept: set[str]
) -> defaultdict[str | None, list[Passage]]:
    """Return the deleted passages by the last kept passage before them."""
    deleted: defaultdict[str | None, list[Passage]] = defaultdict(list)
    predecessor: str | None = None
    for passage in old:
        if passage.id in kept:
            predecessor = passage.id
        else:
            deleted[predecessor].append(passage)
    return deleted


def _moved(old: Document, new: Document) -> set[str]:
    """Return the ids of the fewest passages whose move explains the new order."""
    if [passage.id for passage in old] == [passage.id for passage in new]:
        return set()
    places = {passage.id: index for index, passage in enumerate(old)}
    common = [passage.id for passage in new if passage.id in places]
    links = [(places[key], index) for index, key in enumerate(common)]
    stayed = {common[index] for _, index in longest_chain(links)}
    return set(common) - stayed


def _row(old: Passage | None, new: Passage, *, moved: bool) -> Row:
    if old is None:
        return Row(RowKind.INSERTED, None, new, tuple(_whole(SegmentKind.INSERTED, new.text)))
    if moved:
        kind = RowKind.MOVED
    elif old is new or replace(old, label=new.label) == new:
        kind = RowKind.UNCHANGED
    else:
        kind = RowKind.CHANGED
    if old.text == new.text:
        return Row(kind, old, new, tuple(_whole(SegmentKind.EQUAL, new.text)))
    return Row(kind, old, new, word_diff(old.text, new.text))


def _deletion(passage: Passage) -> Row:
    return Row(RowKind.DELETED, passage, None, tuple(_whole(SegmentKind.DELETED, passage.text)))


def _whole(kind: SegmentKind, text: str) -> Iterator[Segment]:
    if text:
        yield Segment(kind, text)
