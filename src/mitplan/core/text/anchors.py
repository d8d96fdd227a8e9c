"""Anchors: the place in a passage somebody spoke about, found again when the wording has changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mitplan.core.text.alignment import align
from mitplan.core.text.passages import Passage
from mitplan.core.text.tokens import is_word, tokenize

_CONTEXT = 40  # characters kept before and after a quote
_ENOUGH = 0.5  # share of the quote's words that must live on


class Status(StrEnum):
    """How an anchor fared in another wording."""

    CARRIED = "carried"
    CHANGED = "changed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A quote from a passage with a little of the text around it."""

    passage_id: str
    quote: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Located:
    """Where an anchor stands in a wording, in characters; an empty span where it is lost."""

    status: Status
    start: int
    end: int


def make_anchor(passage: Passage, start_char: int, end_char: int) -> Anchor:
    """Anchor a stretch of a passage's text; raises ValueError where it is empty or outside."""
    text = passage.text
    if not 0 <= start_char < end_char <= len(text):
        message = f"no text from {start_char} to {end_char} in passage {passage.id}"
        raise ValueError(message)
    return Anchor(
        passage.id,
        text[start_char:end_char],
        text[max(start_char - _CONTEXT, 0) : start_char],
        text[end_char : end_char + _CONTEXT],
    )


def locate(anchor: Anchor, text: str) -> Located:
    """Find an anchor in the present wording of its passage.

    The same quote carries it, at the place whose surroundings fit best; otherwise what became of the
    quote, as long as half of its words or the text on both sides of it live on.
    """
    places = list(_occurrences(anchor.quote, text))
    if places:
        start = max(places, key=lambda place: (_fit(anchor, text, place), -place))
        return Located(Status.CARRIED, start, start + len(anchor.quote))
    return _locate_changed(anchor, text) or Located(Status.LOST, 0, 0)


def _occurrences(quote: str, text: str) -> Iterator[int]:
    """Return where the quote stands, overlapping places too."""
    if quote:
        for hit in re.finditer(f"(?={re.escape(quote)})", text):
            yield hit.start()


def _fit(anchor: Anchor, text: str, start: int) -> int:
    """Count the characters around a place that agree with the anchor's surroundings."""
    end = start + len(anchor.quote)
    before = _same_beginning(anchor.prefix[::-1], text[:start][::-1])
    return before + _same_beginning(anchor.suffix, text[end:])


def _same_beginning(left: str, right: str) -> int:
    for index, (one, other) in enumerate(zip(left, right, strict=False)):
        if one != other:
            return index
    return min(len(left), len(right))


def _locate_changed(anchor: Anchor, text: str) -> Located | None:
    """Align the old surroundings with the text and return the stretch that replaced the quote."""
    old = [*tokenize(anchor.prefix), *tokenize(anchor.quote), *tokenize(anchor.suffix)]
    first = len(tokenize(anchor.prefix))
    behind = first + len(tokenize(anchor.quote))
    new = tokenize(text)
    partner = {
        block.old + step: block.new + step
        for block in align(old, new)
        for step in range(block.size)
    }
    words = [index for index in range(first, behind) if is_word(old[index])]
    kept = _densest([partner[index] for index in words if index in partner], 2 * (behind - first))
    left, right = partner.get(first - 1), partner.get(behind)
    if kept and len(kept) / len(words) >= _ENOUGH:
        start, end = min(kept), max(kept) + 1
    elif left is not None and right is not None and right > left + 1:
        start, end = left + 1, right
    else:
        return None
    at = len("".join(new[:start]))
    return Located(Status.CHANGED, at, at + len("".join(new[start:end])))


def _densest(places: list[int], width: int) -> list[int]:
    """Return the most places that lie within a width; a word found far away is another one."""
    windows = [[place for place in places if start <= place < start + width] for start in places]
    return max(windows, key=len, default=[])
