"""Cautions: what is no conflict but should be read by a person."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mitplan.core.text.notes import anchors_in
from mitplan.core.text.passages import Document, Kind
from mitplan.core.text.sentences import sentence_starts

_REFERENCE = re.compile(r"\]\(#([^)\s]+)\)")


class CautionKind(StrEnum):
    """What a person should look at."""

    SAME_SENTENCE = "same_sentence"
    ANCHOR_DELETED = "anchor_deleted"
    ANCHOR_MOVED = "anchor_moved"
    DANGLING_REFERENCE = "dangling_reference"
    SPANS_SPLIT = "spans_split"
    ORPHANED_FOOTNOTE = "orphaned_footnote"


@dataclass(frozen=True, slots=True)
class Caution:
    """A place to be read by a person before the text goes on."""

    kind: CautionKind
    passage: str
    amendments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Touch:
    """The tokens [start, end) of a wording that some amendments change."""

    start: int
    end: int
    amendments: tuple[int, ...]


def same_sentence(
    passage: str, tokens: tuple[str, ...], touches: Sequence[Touch]
) -> Iterator[Caution]:
    """Return one caution for each sentence that more than one amendment changes in different ways."""
    starts = sentence_starts(tokens)
    by_sentence: defaultdict[int, list[Touch]] = defaultdict(list)
    for touch in touches:
        for sentence in touched_sentences(starts, touch.start, touch.end):
            by_sentence[sentence].append(touch)
    for sentence in sorted(by_sentence):
        group = by_sentence[sentence]
        amendments = tuple(sorted({each for touch in group for each in touch.amendments}))
        if any(touch.amendments != amendments for touch in group):
            yield Caution(CautionKind.SAME_SENTENCE, passage, amendments)


def touched_sentences(starts: Sequence[int], start: int, end: int) -> range:
    """Return the numbers of the sentences that the tokens [start, end) reach into.

    A pure insertion between two sentences touches the one behind it.
    """
    first = bisect_right(starts, start) - 1
    return range(max(first, 0), max(bisect_right(starts, max(end - 1, start)), 1))


def spanned_split(passage: str, split: Touch, touches: Iterable[Touch]) -> Iterator[Caution]:
    """Return a caution for each change that reaches over the place where others split the passage."""
    for touch in touches:
        if touch.start < split.start < touch.end and touch.amendments != split.amendments:
            amendments = sorted({*touch.amendments, *split.amendments})
            yield Caution(CautionKind.SPANS_SPLIT, passage, tuple(amendments))


def dangling_references(
    document: Document, deleted: Mapping[str, tuple[int, ...]]
) -> Iterator[Caution]:
    """Return a caution for each passage that still refers to a deleted one."""
    for passage in document if deleted else ():
        if "](#" not in passage.text:
            continue
        for target in dict.fromkeys(_REFERENCE.findall(passage.text)):
            if target in deleted:
                yield Caution(CautionKind.DANGLING_REFERENCE, passage.id, deleted[target])


def lost_footnotes(
    base: Document, document: Document, deleted: Mapping[str, tuple[int, ...]]
) -> Iterator[Caution]:
    """Return a caution for each footnote that has lost its anchor, and each anchor that has lost its footnote."""
    if not any(passage.kind is Kind.FOOTNOTE for passage in base):
        return
    before = {label for passage in base for label in anchors_in(passage.text)}
    after = {label: passage.id for passage in document for label in anchors_in(passage.text)}
    for passage in document:
        if passage.kind is Kind.FOOTNOTE and passage.label in before - after.keys():
            yield Caution(CautionKind.ORPHANED_FOOTNOTE, passage.id, ())
    kept = {passage.label for passage in document if passage.kind is Kind.FOOTNOTE}
    for passage in base:
        is_gone = passage.kind is Kind.FOOTNOTE and passage.id in deleted
        if is_gone and passage.label in after.keys() - kept:
            where = after[passage.label]
            yield Caution(CautionKind.DANGLING_REFERENCE, where, deleted[passage.id])


def lost_anchors(
    placed: Iterable[tuple[str, str | None, tuple[int, ...]]],
    deleted: Mapping[str, tuple[int, ...]],
    moved: Mapping[str, tuple[int, ...]],
) -> Iterator[Caution]:
    """Return a caution for each passage placed behind one that somebody else deletes or moves."""
    for passage, spot, amendments in placed:
        for kind, others in (
            (CautionKind.ANCHOR_DELETED, deleted),
            (CautionKind.ANCHOR_MOVED, moved),
        ):
            if spot is not None and not set(amendments) <= set(others.get(spot, amendments)):
                yield Caution(kind, passage, amendments)
