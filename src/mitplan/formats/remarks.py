"""Comments found again in a text: what each is about, as a stretch of characters in a passage."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from mitplan.core.text.passages import Document
from mitplan.core.text.tokens import normalise
from mitplan.formats.marks import Line, Piece, Trace, is_gone, is_new
from mitplan.formats.reading import Anchor, Comment, Reply


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment with its answers, before it is known what it is about."""

    author: str
    at: datetime | None
    text: str
    resolved: bool = False
    replies: tuple[Reply, ...] = ()


def comments_of(
    remarks: Sequence[Remark],
    lines: Sequence[Line],
    traces: Sequence[Trace],
    rejected: Document,
    accepted: Document,
) -> Iterator[Comment]:
    """Return the comments in the order of the file, each with what it is about."""
    places: dict[int, list[Line]] = {}
    for line in lines:
        for number in dict.fromkeys(each for piece in line.pieces for each in piece.remarks):
            places.setdefault(number, []).append(line)
    texts = [
        {passage.id: passage.text for passage in document} for document in (rejected, accepted)
    ]
    for number, remark in enumerate(remarks):
        found = places.get(number)
        anchor = None if not found else _anchor(number, found, traces, texts)
        yield Comment(
            remark.author, remark.at, remark.text, anchor, remark.resolved, remark.replies
        )


def _anchor(
    number: int, lines: Sequence[Line], traces: Sequence[Trace], texts: Sequence[dict[str, str]]
) -> Anchor:
    first = lines[0].passage.id
    is_base = first in texts[0]
    leaves_out = is_new if is_base else is_gone
    before, quotes = _cut(number, lines[0].pieces, traces, is_base=is_base), []
    for line in lines:
        words = [
            piece.text
            for piece in line.pieces
            if number in piece.remarks and not leaves_out(piece, traces)
        ]
        quotes.append(normalise("".join(words)).strip())
    start, end = _located(texts[0 if is_base else 1].get(first, ""), before, quotes[0])
    if not any(quotes):
        quotes = [_all_words(number, line) for line in lines]
    until = lines[-1].passage.id if len(lines) > 1 else ""
    return Anchor(first, "\n".join(filter(None, quotes)), start, end, until)


def _cut(number: int, pieces: Sequence[Piece], traces: Sequence[Trace], *, is_base: bool) -> int:
    """Return how many characters stand before a comment begins."""
    leaves_out = is_new if is_base else is_gone
    length = 0
    for piece in pieces:
        if number in piece.remarks:
            break
        length += 0 if leaves_out(piece, traces) else len(piece.text)
    return length


def _all_words(number: int, line: Line) -> str:
    """Return what a comment on nothing but changed words is about."""
    words = "".join(piece.text for piece in line.pieces if number in piece.remarks)
    return normalise(words).strip()


def _located(text: str, near: int, quote: str) -> tuple[int, int]:
    """Return where a quote stands in a text, the one nearest to a place; an empty one is that place."""
    if not quote:
        return min(near, len(text)), min(near, len(text))
    starts = [text.rfind(quote, 0, near + len(quote)), text.find(quote, near)]
    known = [start for start in starts if start >= 0]
    if not known:
        return 0, len(text)
    start = min(known, key=lambda each: abs(each - near))
    return start, start + len(quote)
