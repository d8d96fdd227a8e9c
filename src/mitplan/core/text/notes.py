"""Footnotes: the anchor in the text and the body it belongs to."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from mitplan.core.text.operations import InsertPassage, Operation, TextHunk
from mitplan.core.text.passages import Document, Kind

_ANCHOR = re.compile(r"(?<!\\)\[\^([^\]\s]+)\]")


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote with exactly one body and one anchor: the tokens [start, end) of a passage."""

    label: str
    body: str
    passage: str
    start: int
    end: int

    def is_hit_by(self, start: int, end: int) -> bool:
        """Tell whether a change of these tokens takes away some of the anchor."""
        return max(start, self.start) < min(end, self.end)

    def is_lost_by(self, hunk: TextHunk, tokens: Sequence[str]) -> bool:
        """Tell whether a change of the passage alone leaves no anchor behind."""
        if hunk.passage != self.passage or not self.is_hit_by(hunk.start, hunk.end):
            return False
        changed = "".join((*tokens[: hunk.start], *hunk.new, *tokens[hunk.end :]))
        return self.label not in anchors_in(changed)


def anchors_in(text: str) -> list[str]:
    """Return the labels of all footnote anchors in a text."""
    return _ANCHOR.findall(text) if "[^" in text else []


def anchors_brought_by(operation: Operation) -> list[str]:
    """Return the labels of the anchors among the new words of an operation."""
    if isinstance(operation, TextHunk):
        return anchors_in("".join(operation.new))
    return anchors_in(operation.text) if isinstance(operation, InsertPassage) else []


def find_notes(document: Document, tokens_of: Callable[[str], Sequence[str]]) -> tuple[Note, ...]:
    """Return the footnotes of a document that have one body and one anchor."""
    bodies: defaultdict[str, list[str]] = defaultdict(list)
    for passage in document:
        if passage.kind is Kind.FOOTNOTE:
            bodies[passage.label].append(passage.id)
    places: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for passage in document if bodies else ():
        for found in _ANCHOR.finditer(passage.text) if "[^" in passage.text else ():
            places[found[1]].append((passage.id, *found.span()))
    return tuple(
        _note(label, bodies[label][0], places[label][0], tokens_of)
        for label in bodies
        if len(bodies[label]) == len(places[label]) == 1
    )


def _note(
    label: str,
    body: str,
    place: tuple[str, int, int],
    tokens_of: Callable[[str], Iterable[str]],
) -> Note:
    passage, start, end = place
    borders = [0, *accumulate(map(len, tokens_of(passage)))]
    return Note(label, body, passage, bisect_right(borders, start) - 1, bisect_left(borders, end))
