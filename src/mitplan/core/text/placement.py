"""Placement: where inserted and moved passages stand."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mitplan.core.text.operations import Placement


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the reading order; one that is not filled marks where a passage stood in the base."""

    passage: str
    is_filled: bool


def sequences(placements: Iterable[Placement]) -> dict[str | None, tuple[Placement, ...]]:
    """Return what one amendment places behind each passage of the base, in order.

    A passage placed behind one that the amendment itself places follows that one. Passages that stand
    behind each other in a circle appear nowhere.
    """
    behind: defaultdict[str | None, list[Placement]] = defaultdict(list)
    own: set[str] = set()
    for each in placements:
        behind[each.after].append(each)
        own.add(each.passage)
    return {anchor: tuple(_chain(behind, anchor)) for anchor in behind if anchor not in own}


def _chain(behind: Mapping[str | None, list[Placement]], anchor: str | None) -> Iterator[Placement]:
    stack = behind[anchor][::-1]
    while stack:
        each = stack.pop()
        yield each
        stack += behind.get(each.passage, [])[::-1]


def arrange(
    ids: Sequence[str], gone: Collection[str], placed: Mapping[str | None, Sequence[str]]
) -> tuple[Slot, ...]:
    """Return the new reading order; `gone` are the passages that left their place in the base."""
    return tuple(_slots(ids, gone, placed))


def _slots(
    ids: Sequence[str], gone: Collection[str], placed: Mapping[str | None, Sequence[str]]
) -> Iterator[Slot]:
    for passage in placed.get(None, ()):
        yield Slot(passage, is_filled=True)
    for anchor in ids:
        yield Slot(anchor, is_filled=anchor not in gone)
        for passage in placed.get(anchor, ()):
            yield Slot(passage, is_filled=True)
