"""Weaving: a new wording from base tokens and changes that do not conflict, with the origin of each token."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from mitplan.core.text.runs import Runs, compact
from mitplan.core.text.tokens import normalise, tokenize


@dataclass(frozen=True, slots=True)
class Strand:
    """New tokens for the base tokens [start, end); `origins` has one for each new token.

    `brought_by` is whom a word is attributed to that only arises because two others now touch.
    """

    start: int
    end: int
    new: tuple[str, ...]
    origins: tuple[int, ...]
    brought_by: int
    rank: tuple[int, int] = (0, 0)

    @property
    def sort_key(self) -> tuple[int, bool, int, tuple[int, int]]:
        """Insertions stand before what replaces the tokens behind them."""
        return self.start, self.start != self.end, self.end, self.rank


@dataclass(frozen=True, slots=True)
class Warp:
    """A stretch of base tokens with their origins, and the changes to be woven into it.

    `joined_by` is the origin of the join that put it behind another stretch.
    """

    tokens: Sequence[str]
    origins: Sequence[int]
    strands: Sequence[Strand]
    joined_by: int = 0


@dataclass(slots=True)
class _Pieces:
    """The tokens of the new wording before words that touch have grown together.

    `seams` says for a token who brought it or changed what stood before it.
    """

    texts: list[str] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    seams: dict[int, int] = field(default_factory=dict)

    def add(self, texts: Sequence[str], origins: Sequence[int]) -> None:
        self.texts += texts
        self.origins += origins

    def add_new(self, strand: Strand) -> None:
        """Add the new tokens of a strand; the token behind them stands at a seam too."""
        first = len(self.texts)
        self.add(strand.new, strand.origins)
        self.seams |= dict.fromkeys(range(first, len(self.texts) + 1), strand.brought_by)

    def add_warp(self, warp: Warp) -> None:
        done = 0
        for strand in sorted(warp.strands, key=lambda each: each.sort_key):
            self.add(warp.tokens[done : strand.start], warp.origins[done : strand.start])
            self.add_new(strand)
            done = max(done, strand.end)
        self.add(warp.tokens[done:], warp.origins[done:])


def weave(warps: Iterable[Warp]) -> tuple[str, Runs]:
    """Return the new wording and its origins; only pure deletions may overlap."""
    pieces = _pieces(warps)
    text = "".join(pieces.texts)
    if not unicodedata.is_normalized("NFC", text):
        text = normalise(text)
    new_tokens = tokenize(text)
    if list(new_tokens) == pieces.texts:
        return text, compact(pieces.origins)
    return text, compact(list(_origins_of_joined(new_tokens, pieces)))


def piece_texts(warps: Iterable[Warp]) -> list[str]:
    """Return the tokens of the new wording before words that touch have grown together."""
    return _pieces(warps).texts


def decomposed_length(text: str) -> int:
    """Return the length in decomposed form, the only one that joining texts does not change."""
    return len(text) if text.isascii() else len(unicodedata.normalize("NFD", text))


def _pieces(warps: Iterable[Warp]) -> _Pieces:
    pieces = _Pieces()
    for number, warp in enumerate(warps):
        if number:
            pieces.seams[len(pieces.texts)] = warp.joined_by
        pieces.add_warp(warp)
    return pieces


def _origins_of_joined(tokens: Sequence[str], pieces: _Pieces) -> Iterator[int]:
    """Return the origin of each token where pieces have grown together."""
    first = at = waiting = surplus = 0
    for token in tokens:
        waiting += 1
        surplus -= decomposed_length(token)
        while surplus < 0:
            surplus += decomposed_length(pieces.texts[at])
            at += 1
        if surplus == 0:
            yield from [_origin_of_group(token, pieces, range(first, at))] * waiting
            first, waiting = at, 0


def _origin_of_group(token: str, pieces: _Pieces, group: range) -> int:
    if len(group) == 1 and pieces.texts[group[0]] == token:
        return pieces.origins[group[0]]
    seams = [pieces.seams[at] for at in group[1:] if at in pieces.seams]
    return seams[-1] if seams else pieces.origins[group[-1]]
