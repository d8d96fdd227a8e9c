"""Numbering: the marks of list items, computed for every edition from the order in which they stand."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase

from mitplan.core.text.passages import Document, Kind, Passage

_NUMBER = re.compile(r"(?:(\d{1,9})([.)])|([a-z])\))")
_IN_LISTS = frozenset([Kind.PARAGRAPH, Kind.QUOTE, Kind.TABLE, Kind.CODE])
_COUNTED = frozenset(["1.", "1)", "a)"])
_BULLETS = frozenset("-*+•–")
_LAST_NUMBER = 999_999_999


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark of a list item: its style ("1.", "1)", "a)", or the mark itself) and its number."""

    style: str
    number: int

    def __str__(self) -> str:
        """Letters are counted up to z, then numbers go on."""
        if self.style not in _COUNTED:
            return self.style
        if self.style == "a)" and self.number <= len(ascii_lowercase):
            return f"{ascii_lowercase[self.number - 1]})"
        return f"{self.number}{self.style[-1]}"


def renumber(document: Document, starts: Mapping[str, int] | None = None) -> Document:
    """Return a document whose lists count on without gaps.

    A list begins with the number of its first item; `starts` may name for items that are known already the
    number with which their list began, so that a list keeps its beginning when its first item goes. An item
    without a mark takes that of the list it stands in.
    """
    labels = {
        item.id: label
        for group in _lists(document)
        for item, label in zip(group, _labels(group, starts or {}), strict=False)
    }
    return tuple(_labelled(passage, labels.get(passage.id, passage.label)) for passage in document)


def list_starts(document: Document) -> dict[str, int]:
    """Return for each item of a numbered list the number with which its list begins."""
    return {item.id: _start(group, {}) for group in _lists(document) for item in group}


def _labelled(passage: Passage, label: str) -> Passage:
    return passage if passage.label == label else replace(passage, label=label)


def _lists(document: Document) -> list[list[Passage]]:
    """Return the items of each list: neighbours of one level and one style."""
    found: list[list[Passage]] = []
    is_open: list[list[Passage]] = []
    for passage in document:
        if passage.kind is not Kind.LIST_ITEM:
            del is_open[passage.level if passage.kind in _IN_LISTS else 0 :]
            continue
        level = max(passage.level, 0)
        is_open += ([] for _ in range(len(is_open), level + 1))
        if not _continues(is_open[level], passage):
            is_open[level] = []
        if not is_open[level]:
            found.append(is_open[level])
        is_open[level].append(passage)
        del is_open[level + 1 :]
    return found


def _continues(group: Sequence[Passage], item: Passage) -> bool:
    own, others = _read(item.label), _style(group)
    if own is None:
        return not group or others is None or others in _COUNTED | _BULLETS
    return others is None or own.style == others


def _style(group: Iterable[Passage]) -> str | None:
    marks = (_read(item.label) for item in group)
    return next((mark.style for mark in marks if mark), None)


def _labels(group: Sequence[Passage], starts: Mapping[str, int]) -> Iterator[str]:
    style = _style(group)
    if style is not None:
        first = _start(group, starts)
        for place in range(len(group)):
            yield str(_Mark(style, min(first + place, _LAST_NUMBER)))


def _start(group: Sequence[Passage], starts: Mapping[str, int]) -> int:
    known = [starts[item.id] for item in group if item.id in starts]
    if known:
        return min(known)
    marks = ((place, _read(item.label)) for place, item in enumerate(group))
    return next((max(mark.number - place, 1) for place, mark in marks if mark), 1)


def _read(label: str) -> _Mark | None:
    """Return a mark, or nothing for an item that has none yet."""
    found = _NUMBER.fullmatch(label)
    if found is None:
        return _Mark(label, 1) if label else None
    number, end, letter = found.groups()
    if letter:
        return _Mark("a)", ord(letter) - ord("a") + 1)
    return _Mark(f"1{end}", int(number))
