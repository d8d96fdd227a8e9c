"""Fragments: what was deleted from a text, kept searchable so that moved or returning words are recognised."""

from array import array
from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

PENDING = -1
"""The origin of a token that nothing explains yet."""

_SEED = 7  # tokens in a row, four words and the blanks between them
_LOOKS = 32  # places looked at for one seed, the youngest first
_NEAR = 3  # tokens in a row, two words and a blank, that are enough near a find
_NEAR_WORDS = 2
_REACH = 14  # tokens from a find that are still near
_NOWHERE = -1
_BETWEEN = -2  # stands between the tokens of two fragments or passages


class Find(NamedTuple):
    """A stretch of the text that also stands among the fragments; long and early ones sort first.

    `least` is the number of words that make it more than a coincidence.
    """

    minus_size: int
    at: int
    source: int
    least: int

    @property
    def size(self) -> int:
        """The number of tokens."""
        return -self.minus_size

    def part(self, start: int, end: int) -> "Find":
        """Return a piece of the find."""
        return Find(start - end, self.at + start, self.source + start, self.least)


class Fragments:
    """Deleted stretches of tokens with their origins, oldest first, each token with a place for life."""

    def __init__(self) -> None:
        self.tokens = array("q")
        self.origins = array("q")
        self._before = array("q")
        self._latest: dict[tuple[int, ...], int] = {}

    def __len__(self) -> int:
        return len(self.tokens)

    def add(self, tokens: Sequence[int], origins: Sequence[int]) -> int:
        """Keep a deleted stretch and return the place of its first token."""
        place = len(self.tokens)
        self.tokens.extend(tokens)
        self.tokens.append(_BETWEEN)
        self.origins.extend(origins)
        self.origins.append(_BETWEEN)
        self._before.extend([_NOWHERE] * (len(tokens) + 1))
        for index in range(len(tokens) - _SEED + 1):
            seed = tuple(tokens[index : index + _SEED])
            self._before[place + index] = self._latest.get(seed, _NOWHERE)
            self._latest[seed] = place + index
        return place

    def places(self, seed: tuple[int, ...], within: range) -> Iterator[int]:
        """Return where these few tokens stand in a row, the youngest place first."""
        place = self._latest.get(seed, _NOWHERE)
        for _ in range(_LOOKS):
            if place < within.start:
                return
            if place in within:
                yield place
            place = self._before[place]


class Search:
    """The search for the origins of one state's pending tokens; each fragment's token is used once."""

    def __init__(self, fragments: Fragments, words: Sequence[bool]) -> None:
        """Begin a search; `words` tells for each token number whether it is a word."""
        self._fragments = fragments
        self._words = words
        self._used = bytearray(len(fragments))
        self._tokens: list[int] = []
        self._origins: list[int] = []

    def add(self, tokens: Sequence[int], origins: Sequence[int]) -> int:
        """Add a passage with its origins so far and return the place of its first token."""
        at = len(self._tokens)
        self._tokens += [*tokens, _BETWEEN]
        self._origins += [*origins, _BETWEEN]
        return at

    def origins(self, at: int, size: int) -> list[int]:
        """Return the origins found for the passage at a place."""
        return self._origins[at : at + size]

    def use(self, source: int, size: int) -> None:
        """Mark fragments as explained, so that nothing else claims them."""
        self._used[source : source + size] = b"\1" * size

    def fill(self, within: range, least: int) -> None:
        """Explain pending tokens by fragments at places `within`, longest finds first.

        A find has at least so many words in a row, or two close to such a find.
        """
        self.claim(list(self._finds(within, least)))

    def claim(self, finds: list[Find]) -> None:
        """Give the finds the origins of their fragments, as far as both are still free."""
        heapify(finds)
        while finds:
            find = heappop(finds)
            stretch = self._tokens[find.at : find.at + find.size]
            if sum(self._words[token] for token in stretch) < find.least:
                continue
            pieces = list(self._free_pieces(find))
            if pieces == [find]:
                end = find.source + find.size
                self._origins[find.at : find.at + find.size] = self._fragments.origins[
                    find.source : end
                ]
                self.use(find.source, find.size)
                pieces = list(self._neighbours(find)) if find.least else []
            for piece in pieces:
                heappush(finds, piece)

    def _finds(self, within: range, least: int) -> Iterator[Find]:
        tokens, known = self._tokens, self._fragments.tokens
        for start, end in self._pending_stretches():
            for at in range(start, end - _SEED + 1):
                for source in self._fragments.places(tuple(tokens[at : at + _SEED]), within):
                    if at > start and known[source - 1] == tokens[at - 1]:
                        continue  # part of the find that began one token earlier
                    size = _SEED
                    while at + size < end and known[source + size] == tokens[at + size]:
                        size += 1
                    yield Find(-size, at, source, least)

    def _pending_stretches(self) -> Iterator[tuple[int, int]]:
        start = 0
        for index, origin in enumerate(self._origins):
            if origin != PENDING:
                if start < index:
                    yield start, index
                start = index + 1

    def _free_pieces(self, find: Find) -> Iterator[Find]:
        """Return the parts of a find whose target is still pending and whose source is still unused."""
        start = 0
        for step in range(find.size):
            if not self._is_free(find.at + step, find.source + step):
                if step > start:
                    yield find.part(start, step)
                start = step + 1
        if find.size > start:
            yield find.part(start, find.size)

    def _is_free(self, at: int, source: int) -> bool:
        return self._origins[at] == PENDING and not self._used[source]

    def _neighbours(self, find: Find) -> Iterator[Find]:
        """Return short finds close behind or before a find: what was moved may have been edited too."""
        for step, at, source in (
            (1, find.at + find.size, find.source + find.size),
            (-1, find.at - 1, find.source - 1),
        ):
            for here in _near(self._tokens, at, step):
                for there in _near(self._fragments.tokens, source, step):
                    size = self._free_length(here, there, step)
                    if size >= _NEAR:
                        back = 0 if step > 0 else size - 1
                        yield Find(-size, here - back, there - back, _NEAR_WORDS)

    def _free_length(self, at: int, source: int, step: int) -> int:
        """Count how far text and fragment agree in one direction, both free."""
        tokens, known = self._tokens, self._fragments.tokens
        size = 0
        while tokens[at] == known[source] != _BETWEEN and self._is_free(at, source):
            at, source, size = at + step, source + step, size + 1
        return size


def _near(tokens: Sequence[int], at: int, step: int) -> Iterator[int]:
    """Return the next places in one direction, up to the end of the passage or fragment."""
    for place in range(at, at + step * _REACH, step):
        if place < 0 or tokens[place] == _BETWEEN:
            return
        yield place
