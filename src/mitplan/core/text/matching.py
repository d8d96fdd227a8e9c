"""Matching: which passage of a newer state is which passage of an older one, without recorded operations."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from heapq import nsmallest
from itertools import chain, pairwise

from rapidfuzz.distance import Indel

from mitplan.core.text.alignment import align
from mitplan.core.text.passages import Passage
from mitplan.core.text.tokens import tokenize

SIMILAR = 0.25
"""From this share of common word pairs on (Dice), two passages may be the same one, reworded."""

_CLEAR = 0.5  # at the same place so much similarity leaves no doubt
_ALIKE_SPELLING = 0.6
_OTHER_KIND = 0.8  # a heading that becomes a paragraph is possible, but not the first guess
_COMMON_PAIR = 24  # a word pair in more passages than this tells nothing about any of them
_CANDIDATES = 6

_Pairs = frozenset[tuple[str, str]]


def match(old: Sequence[Passage], new: Sequence[Passage]) -> list[int | None]:
    """Return for each new passage the index of the old one it continues, or None where it is new.

    An id that both sides know decides; without one, equal text in order, then equal text elsewhere,
    then the most similar wording, then a similar spelling at the same place.
    """
    matching = Matching(old, new)
    matching.link_equal()
    matching.link_similar()
    return matching.links


class Matching:
    """The links between two states while they are being found; no passage is linked twice."""

    def __init__(self, old: Sequence[Passage], new: Sequence[Passage]) -> None:
        self.old = old
        self.new = new
        self.links: list[int | None] = [None] * len(new)
        self._taken: set[int] = set()
        self._link_ids()

    @property
    def unlinked_old(self) -> list[int]:
        """The old passages that nothing continues so far."""
        return [index for index in range(len(self.old)) if index not in self._taken]

    @property
    def unlinked_new(self) -> list[int]:
        """The new passages that continue nothing so far."""
        return [index for index, link in enumerate(self.links) if link is None]

    def link_equal(self) -> None:
        """Link passages with the same text: those in the same order first, then the moved ones."""
        self._link_equal_in_order()
        self._link_equal_elsewhere()

    def link_similar(self, least: float = SIMILAR, barred: Iterable[int] = ()) -> None:
        """Link passages with similar wording, the most similar first; `barred` new ones stay as they are."""
        free = set(self.unlinked_new).difference(barred)
        self._link_at_place(free, _is_clearly_same)
        free = {index for index in free if self.links[index] is None}
        for _, _, new_index, old_index in sorted(self._similarities(free, least)):
            self._link(new_index, old_index)
        self._link_at_place(free, _is_alike)

    def _link(self, new_index: int, old_index: int) -> None:
        if self.links[new_index] is None and old_index not in self._taken:
            self.links[new_index] = old_index
            self._taken.add(old_index)

    def _link_ids(self) -> None:
        known = {passage.id: index for index, passage in enumerate(self.old) if passage.id}
        for index, passage in enumerate(self.new):
            if passage.id in known:
                self._link(index, known[passage.id])

    def _link_equal_in_order(self) -> None:
        old, new = self.unlinked_old, self.unlinked_new
        blocks = align(
            [_key(self.old[index]) for index in old], [_key(self.new[index]) for index in new]
        )
        for block in blocks:
            for step in range(block.size):
                self._link(new[block.new + step], old[block.old + step])

    def _link_equal_elsewhere(self) -> None:
        places: defaultdict[str, list[int]] = defaultdict(list)
        for index in reversed(self.unlinked_old):
            places[self.old[index].text].append(index)
        for index in self.unlinked_new:
            if places[self.new[index].text]:
                self._link(index, places[self.new[index].text].pop())

    def _similarities(
        self, free: set[int], least: float
    ) -> Iterator[tuple[float, float, int, int]]:
        """Return (dissimilarity, distance, new, old) of all pairs worth a thought."""
        wanted = frozenset[tuple[str, str]]().union(*(word_pairs(self.new[at].text) for at in free))
        index = _PairIndex(self.old, self.unlinked_old, wanted)
        for new_index in free:
            passage = self.new[new_index]
            for old_index in index.candidates(passage):
                score = similarity(self.old[old_index], passage)
                if score >= least:
                    distance = abs(new_index / len(self.new) - old_index / len(self.old))
                    yield -score, distance, new_index, old_index

    def _link_at_place(self, free: set[int], same: Callable[[Passage, Passage], bool]) -> None:
        """Link passages that follow the same passage as before, if the two are the same by this measure."""
        for index in sorted(free):
            previous = self.links[index - 1] if index else -1
            if self.links[index] is not None or previous is None:
                continue
            place = previous + 1
            unused = place < len(self.old) and place not in self._taken
            if unused and same(self.old[place], self.new[index]):
                self._link(index, place)


def _is_clearly_same(old: Passage, new: Passage) -> bool:
    return old.kind is new.kind and similarity(old, new) >= _CLEAR


def _is_alike(old: Passage, new: Passage) -> bool:
    """Tell whether two passages of one kind are spelled alike, as short headings are when reworded."""
    spelling = Indel.normalized_similarity(old.text, new.text, score_cutoff=_ALIKE_SPELLING)
    return old.kind is new.kind and spelling >= _ALIKE_SPELLING


class _PairIndex:
    """The passages in which each of the wanted word pairs occurs."""

    def __init__(self, passages: Sequence[Passage], indexes: Iterable[int], wanted: _Pairs) -> None:
        self._places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for index in indexes:
            for pair in word_pairs(passages[index].text) & wanted:
                self._places[pair].append(index)

    def candidates(self, passage: Passage) -> list[int]:
        """Return the passages that share the most rare word pairs with this one."""
        places = (self._places.get(pair, ()) for pair in word_pairs(passage.text))
        rare = (indexes for indexes in places if len(indexes) <= _COMMON_PAIR)
        shared = Counter(chain.from_iterable(rare))
        return nsmallest(_CANDIDATES, shared, key=lambda index: (-shared[index], index))


def similarity(one: Passage, other: Passage) -> float:
    """Return the share of common word pairs (Dice), lowered where the kinds differ."""
    left, right = word_pairs(one.text), word_pairs(other.text)
    if not left or not right:
        return 0.0
    share = 2 * len(left & right) / (len(left) + len(right))
    return share if one.kind is other.kind else share * _OTHER_KIND


@lru_cache(maxsize=20_000)
def word_pairs(text: str) -> _Pairs:
    """Return the pairs of neighbouring words and marks in a text."""
    solid = [token for token in tokenize(text) if not token.isspace()]
    return frozenset(pairwise(solid))


def _key(passage: Passage) -> str:
    return f"{passage.kind}:{passage.text}"
