"""Weaving: a new wording from base tokens and changes that do not conflict, with the origin of each token."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

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
class _Piece:
    """A token on its way into the new wording; `seam` says who changed what stood before it."""

    text: str
    origin: int
    seam: int | None


def weave(
    tokens: Sequence[str], origins: Sequence[int], strands: Iterable[Strand]
) -> tuple[str, Runs]:
    """Return the new wording and its origins; only pure deletions may overlap."""
    pieces = list(_pieces(tokens, origins, sorted(strands, key=lambda each: each.sort_key)))
    text = "".join(piece.text for piece in pieces)
    if not unicodedata.is_normalized("NFC", text):
        text = normalise(text)
    new_tokens = tokenize(text)
    if len(new_tokens) == len(pieces) and all(
        token == piece.text for token, piece in zip(new_tokens, pieces, strict=True)
    ):
        return text, compact([piece.origin for piece in pieces])
    return text, compact(list(_origins_of_joined(new_tokens, pieces)))


def piece_texts(tokens: Sequence[str], strands: Iterable[Strand]) -> list[str]:
    """Return the tokens of the new wording before words that touch have grown together."""
    in_order = sorted(strands, key=lambda each: each.sort_key)
    return [piece.text for piece in _pieces(tokens, [0] * len(tokens), in_order)]


def decomposed_length(text: str) -> int:
    """Return the length in decomposed form, the only one that joining texts does not change."""
    return len(text) if text.isascii() else len(unicodedata.normalize("NFD", text))


def _pieces(
    tokens: Sequence[str], origins: Sequence[int], strands: Iterable[Strand]
) -> Iterator[_Piece]:
    done = 0
    seam: int | None = None
    for strand in strands:
        for at in range(done, strand.start):
            yield _Piece(tokens[at], origins[at], seam)
            seam = None
        for token, origin in zip(strand.new, strand.origins, strict=True):
            yield _Piece(token, origin, strand.brought_by)
        seam = strand.brought_by
        done = max(done, strand.end)
    for at in range(done, len(tokens)):
        yield _Piece(tokens[at], origins[at], seam)
        seam = None


def _origins_of_joined(tokens: Sequence[str], pieces: Sequence[_Piece]) -> Iterator[int]:
    """Return the origin of each token where pieces have grown together."""
    at = 0
    group: list[_Piece] = []
    waiting = 0
    surplus = 0
    for token in tokens:
        waiting += 1
        surplus -= decomposed_length(token)
        while surplus < 0:
            group.append(pieces[at])
            surplus += decomposed_length(pieces[at].text)
            at += 1
        if surplus == 0:
            yield from [_origin_of_group(token, group)] * waiting
            group, waiting = [], 0


def _origin_of_group(token: str, group: Sequence[_Piece]) -> int:
    if len(group) == 1 and group[0].text == token:
        return group[0].origin
    seams = [piece.seam for piece in group[1:] if piece.seam is not None]
    return seams[-1] if seams else group[-1].origin
