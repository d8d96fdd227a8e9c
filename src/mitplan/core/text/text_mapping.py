"""Mapping of words: where a change to one wording stands after other changes were made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import accumulate

from mitplan.core.text.boundaries import Part
from mitplan.core.text.cautions import touched_sentences
from mitplan.core.text.operations import SplitPassage, TextHunk
from mitplan.core.text.outcome import Outcome
from mitplan.core.text.relations import Relation, hunk_relation, relation
from mitplan.core.text.sentences import sentence_starts
from mitplan.core.text.strands import strands_of, warps_of
from mitplan.core.text.tokens import normalise, tokenize
from mitplan.core.text.weaving import Strand, decomposed_length, piece_texts


class Status(StrEnum):
    """What has become of a proposed change in a newer text, from harmless to lost."""

    CLEAN = "clean"
    FULFILLED = "fulfilled"
    PARTLY_FULFILLED = "partly_fulfilled"
    CONTEXT_CHANGED = "context_changed"
    SPANS_SPLIT = "spans_split"
    CONFLICT = "conflict"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class Span:
    """The tokens [start, end) of a passage of the new text."""

    passage: str
    start: int
    end: int


class TextMapping:
    """Maps changes of one passage of the base through those that were made to its words and borders."""

    def __init__(self, outcome: Outcome, passage: str) -> None:
        self._outcome = outcome
        self._passage = passage
        self._tokens = outcome.base.tokens(passage)
        self._strands = strands_of(outcome, passage, outcome.no_origins(passage))
        self._strands.sort(key=lambda each: each.sort_key)
        self._parts = outcome.boundaries.parts(passage)
        self._holders: dict[str, _Holder] = {}

    def map(self, hunk: TextHunk) -> tuple[Status, tuple[Span, ...]]:
        """Return what became of a hunk and, if it is still to be done, where.

        Where others split the passage inside of it, it is to be done on both sides; new words stand left.
        """
        relations = {hunk_relation(hunk, self._as_hunk(strand)) for strand in self._strands}
        remaining = self._remaining(hunk)
        if Relation.AGREE in relations:
            return Status.FULFILLED, ()
        if any(each.is_conflict for each in relations):
            return Status.CONFLICT, ()
        if not remaining and not hunk.is_insertion:
            return Status.FULFILLED, ()
        spans = tuple(self._spans(hunk, remaining))
        if None in spans:
            return Status.CONFLICT, ()
        return self._status(hunk, relations, len(spans)), tuple(each for each in spans if each)

    def _status(self, hunk: TextHunk, relations: set[Relation], spans: int) -> Status:
        if spans > 1:
            return Status.SPANS_SPLIT
        if Relation.UNION in relations:
            return Status.PARTLY_FULFILLED
        return Status.CONTEXT_CHANGED if self._shares_sentence(hunk) else Status.CLEAN

    def map_split(self, split: SplitPassage) -> tuple[Status, Span | None]:
        """Return what became of a split and, if it is still to be done, where."""
        done = self._outcome.boundaries.split_from
        for name in self._outcome.boundaries.split_off(self._passage):
            kind = relation(split, done[name])
            if kind is not Relation.NONE:
                is_done = kind is Relation.AGREE
                return Status.FULFILLED if is_done else Status.CONFLICT, None
        part = next(part for part in self._parts if split.at <= part.end)
        span = self._span(part, split.at, 0)
        if span is None:
            return Status.CONFLICT, None
        is_spanned = any(each.start < split.at < each.end for each in self._strands)
        return Status.SPANS_SPLIT if is_spanned else Status.CLEAN, span

    def _as_hunk(self, strand: Strand) -> TextHunk:
        return TextHunk(self._passage, strand.start, strand.end, strand.new)

    def _remaining(self, hunk: TextHunk) -> list[int]:
        """Return the tokens of the hunk's range that are still there."""
        return [
            at
            for at in range(hunk.start, hunk.end)
            if not any(strand.start <= at < strand.end for strand in self._strands)
        ]

    def _spans(self, hunk: TextHunk, remaining: Sequence[int]) -> Iterator[Span | None]:
        for part in self._parts:
            if part.is_hit_by(hunk.start, hunk.end):
                length = sum(part.start <= at < part.end for at in remaining)
                if length or hunk.is_insertion:
                    yield self._span(part, max(hunk.start, part.start), length)

    def _span(self, part: Part, at: int, length: int) -> Span | None:
        """Return the new place, or none if it lies within a word that has grown together."""
        holder = self._holder(part.holder)
        start = holder.first_piece_of(part) + self._pieces_before(part, at - part.start)
        new_start, new_end = holder.token_at(start), holder.token_at(start + length)
        if new_start is None or new_end is None:
            return None
        return Span(part.holder, new_start, new_end)

    def _pieces_before(self, part: Part, at: int) -> int:
        """Return how many pieces of a part now stand before a point of it."""
        gone: set[int] = set()
        added = 0
        for strand in self._strands:
            share = part.share(strand)
            if share is not None:
                gone.update(range(share.start, min(share.end, at)))
                if share.start < at or share.end <= at:
                    added += len(share.new)
        return at - len(gone) + added

    def _holder(self, passage: str) -> "_Holder":
        if passage not in self._holders:
            self._holders[passage] = _Holder(self._outcome, passage)
        return self._holders[passage]

    def _shares_sentence(self, hunk: TextHunk) -> bool:
        if not self._strands:
            return False
        own = set(touched_sentences(self._sentence_starts, hunk.start, hunk.end))
        return any(
            not own.isdisjoint(touched_sentences(self._sentence_starts, strand.start, strand.end))
            for strand in self._strands
        )

    @cached_property
    def _sentence_starts(self) -> tuple[int, ...]:
        return sentence_starts(self._tokens)


class _Holder:
    """A passage of the new text: the pieces it was woven from, and the tokens they have become."""

    def __init__(self, outcome: Outcome, passage: str) -> None:
        warps = list(warps_of(outcome, passage, outcome.no_origins))
        lengths = [len(piece_texts([warp])) for warp in warps]
        parts = outcome.boundaries.held_by(passage)
        self._first = dict(zip(parts, accumulate(lengths, initial=0), strict=False))
        pieces = piece_texts(warps)
        tokens = tokenize(normalise("".join(pieces)))
        self._token_at: dict[int, int] | None = None
        if list(tokens) != pieces:
            at_offset = {offset: index for index, offset in enumerate(_offsets(tokens))}
            self._token_at = {
                index: at_offset[offset]
                for index, offset in enumerate(_offsets(pieces))
                if offset in at_offset
            }

    def first_piece_of(self, part: Part) -> int:
        """Return where a part of the base begins."""
        return self._first[part]

    def token_at(self, piece: int) -> int | None:
        """Return the token that begins where a piece does, if there is one."""
        return piece if self._token_at is None else self._token_at.get(piece)


def _offsets(texts: Sequence[str]) -> list[int]:
    return [0, *accumulate(map(decomposed_length, texts))]
