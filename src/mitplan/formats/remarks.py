"""Comments found again in a text: what each is about, as a stretch of characters in a passage."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from mitplan.core.text.passages import Document
from mitplan.core.text.tokens import normalise
from mitplan.formats.marks import Line, Trace, is_gone, is_new
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
    spans = _spans(lines, traces)
    texts = [
        {passage.id: passage.text for passage in document} for document in (rejected, accepted)
    ]
    for number, remark in enumerate(remarks):
        found = spans.get(number)
        anchor = _anchor(found, texts) if found else None
        yield Comment(
            remark.author, remark.at, remark.text, anchor, remark.resolved, remark.replies
        )


@dataclass(slots=True)
class _Span:
    """The part of a passage that a comment is about: in the old words, in the new ones, in all."""

    passage: str
    starts: tuple[int, int]
    old: str = ""
    new: str = ""
    both: str = ""


def _spans(lines: Sequence[Line], traces: Sequence[Trace]) -> dict[int, list[_Span]]:
    """Return the parts of passages that each comment reaches over."""
    found: defaultdict[int, list[_Span]] = defaultdict(list)
    for line in lines:
        here: dict[int, _Span] = {}
        old = new = 0
        for piece in line.pieces:
            kept_old = "" if is_new(piece, traces) else piece.text
            kept_new = "" if is_gone(piece, traces) else piece.text
            for number in piece.remarks:
                if number not in here:
                    here[number] = _Span(line.passage.id, (old, new))
                    found[number].append(here[number])
                here[number].old += kept_old
                here[number].new += kept_new
                here[number].both += piece.text
            old, new = old + len(kept_old), new + len(kept_new)
    return found


def _anchor(spans: Sequence[_Span], texts: Sequence[dict[str, str]]) -> Anchor:
    first = spans[0]
    is_base = first.passage in texts[0]
    quotes = [_bare(span.old if is_base else span.new) for span in spans]
    text = texts[0 if is_base else 1].get(first.passage, "")
    start, end = _located(text, first.starts[0 if is_base else 1], quotes[0])
    if not any(quotes):  # a comment on nothing but changed words
        quotes = [_bare(span.both) for span in spans]
    until = spans[-1].passage if len(spans) > 1 else ""
    return Anchor(first.passage, "\n".join(filter(None, quotes)), start, end, until)


def _bare(text: str) -> str:
    return normalise(text).strip()


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
