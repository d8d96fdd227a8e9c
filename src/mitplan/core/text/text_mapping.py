"""Mapping of hunks: where a change to one wording stands after other changes were made."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import accumulate

from mitplan.core.text.cautions import touched_sentences
from mitplan.core.text.operations import TextHunk
from mitplan.core.text.relations import Relation, hunk_relation
from mitplan.core.text.sentences import sentence_starts
from mitplan.core.text.tokens import normalise, tokenize
from mitplan.core.text.weaving import Strand, decomposed_length, piece_texts


class Status(StrEnum):
    """What has become of a proposed change in a newer text, from harmless to lost."""

    CLEAN = "clean"
    FULFILLED = "fulfilled"
    PARTLY_FULFILLED = "partly_fulfilled"
    CONTEXT_CHANGED = "context_changed"
    CONFLICT = "conflict"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class Span:
    """The tokens [start, end) of the new wording."""

    start: int
    end: int


class TextMapping:
    """Maps hunks of one passage through the changes that were made to its wording."""

    def __init__(self, passage: str, tokens: Sequence[str], strands: Sequence[Strand]) -> None:
        self._passage = passage
        self._tokens = tokens
        self._strands = sorted(strands, key=lambda each: each.sort_key)

    def map(self, hunk: TextHunk) -> tuple[Status, Span | None]:
        """Return what became of a hunk and, if it is still to be done, where."""
        relations = {hunk_relation(hunk, self._as_hunk(strand)) for strand in self._strands}
        remaining = self._remaining(hunk)
        if Relation.AGREE in relations:
            return Status.FULFILLED, None
        if any(each.is_conflict for each in relations):
            return Status.CONFLICT, None
        if not remaining and not hunk.is_insertion:
            return Status.FULFILLED, None
        span = self._span(hunk, len(remaining))
        if span is None:
            return Status.CONFLICT, None
        if Relation.UNION in relations:
            return Status.PARTLY_FULFILLED, span
        return (Status.CONTEXT_CHANGED if self._shares_sentence(hunk) else Status.CLEAN), span

    def _as_hunk(self, strand: Strand) -> TextHunk:
        return TextHunk(self._passage, strand.start, strand.end, strand.new)

    def _remaining(self, hunk: TextHunk) -> list[int]:
        """Return the tokens of the hunk's range that are still there."""
        return [
            at
            for at in range(hunk.start, hunk.end)
            if not any(strand.start <= at < strand.end for strand in self._strands)
        ]

    def _span(self, hunk: TextHunk, length: int) -> Span | None:
        """Return the new place, or none if it lies within a word that has grown together."""
        gone: set[int] = set()
        added = 0
        for strand in self._strands:
            gone.update(range(strand.start, min(strand.end, hunk.start)))
            if strand.end <= hunk.start:
                added += len(strand.new)
        start = hunk.start - len(gone) + added
        bounds = self._token_at_piece
        if bounds is None:
            return Span(start, start + length)
        new_start, new_end = bounds.get(start), bounds.get(start + length)
        return None if new_start is None or new_end is None else Span(new_start, new_end)

    @cached_property
    def _token_at_piece(self) -> dict[int, int] | None:
        """Where each woven piece starts in the tokens of the new wording; None if they are the same."""
        pieces = piece_texts(self._tokens, self._strands)
        tokens = tokenize(normalise("".join(pieces)))
        if list(tokens) == pieces:
            return None
        token_at = {offset: index for index, offset in enumerate(_offsets(tokens))}
        return {
            index: token_at[offset]
            for index, offset in enumerate(_offsets(pieces))
            if offset in token_at
        }

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


def _offsets(texts: Sequence[str]) -> list[int]:
    return [0, *accumulate(map(decomposed_length, texts))]
