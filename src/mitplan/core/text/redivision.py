"""Redivision: where a changed copy of a text has split a passage or joined two, seen by the words that stayed."""

from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise, takewhile

from mitplan.core.text.diff import Edit, diff
from mitplan.core.text.operations import (
    TAKES_WORDS,
    JoinPassages,
    Operation,
    SplitPassage,
    TextHunk,
)
from mitplan.core.text.passages import Document, Kind, Passage
from mitplan.core.text.tokens import is_word, normalise, tokenize

_ENOUGH = 2  # words that must have stayed; and at least half of the part


@dataclass(frozen=True, slots=True)
class Redivision:
    """Passages of the base that became others: one that became several, or several that became one.

    `olds` and `news` begin with the same passage.
    """

    olds: tuple[Passage, ...]
    news: tuple[Passage, ...]

    @property
    def passage(self) -> str:
        return self.olds[0].id

    @property
    def last_old(self) -> str:
        """The passage of the base whose end is the end of it all."""
        return self.olds[-1].id

    def operations(self) -> Iterator[Operation]:
        """Return the operations that make the new passages of the old ones."""
        return self._splits() if len(self.olds) == 1 else self._joins()

    def _splits(self) -> Iterator[Operation]:
        tokens = tokenize(self.olds[0].text)
        parts = [tokenize(normalise(each.text)) for each in self.news]
        cuts = _cuts(diff(tokens, list(chain(*parts))), len(tokens), parts)
        for new, at in zip(self.news[1:], cuts[1:-1], strict=True):
            yield SplitPassage(self.passage, at, new.id, new.kind, new.level)
        for number, (start, end) in enumerate(pairwise(cuts)):
            for edit in _edits(tokens[start:end], parts[number], is_first=not number):
                yield TextHunk(self.passage, start + edit.start, start + edit.end, edit.new)

    def _joins(self) -> Iterator[Operation]:
        for left, right in pairwise(self.olds):
            yield JoinPassages(left.id, right.id)
        parts = [tokenize(each.text) for each in self.olds]
        starts = [0, *accumulate(map(len, parts))]
        for edit in diff(list(chain(*parts)), tokenize(normalise(self.news[0].text))):
            yield from self._hunks(edit, starts)

    def _hunks(self, edit: Edit, starts: Sequence[int]) -> Iterator[TextHunk]:
        """Cut an edit of the joined words where the old passages end; new words go to the first."""
        new = edit.new
        for old, (start, end) in zip(self.olds, pairwise(starts), strict=True):
            is_here = edit.start <= end if edit.start == edit.end else edit.start < end
            first, last = max(edit.start, start), min(edit.end, end)
            if is_here and (first < last or (new and first == last)):
                yield TextHunk(old.id, first - start, last - start, new)
                new = ()


def redivisions(base: Document, changed: Document, moved: Collection[str]) -> Iterator[Redivision]:
    """Return where passages were split or joined; what moved as well is not joined to anything."""
    old = {passage.id: passage for passage in base}
    new = {passage.id: passage for passage in changed}
    split: set[str] = set()
    for at, passage in enumerate(changed):
        before = old.get(passage.id)
        if before is not None and _is_cut(before, passage):
            news = takewhile(lambda each: _is_free(each, old), changed[at + 1 :])
            parts = _enough(list(news), before.text, [passage.text])
            if parts:
                split.add(passage.id)
                yield Redivision((before,), (passage, *parts))
    for at, passage in enumerate(base):
        after = new.get(passage.id)
        is_settled = after is None or passage.id in split or passage.id in moved
        if after is not None and not is_settled and _is_cut(passage, after):
            olds = takewhile(lambda each: _is_free(each, new), base[at + 1 :])
            parts = _enough(list(olds), after.text, [passage.text])
            if parts:
                yield Redivision((passage, *parts), (after,))


def _is_cut(before: Passage, after: Passage) -> bool:
    return before.text != after.text and before.kind not in {Kind.TABLE, Kind.CODE}


def _is_free(passage: Passage, known: Container[str]) -> bool:
    """Tell whether a passage is on one side only, and nothing but words."""
    return passage.id not in known and passage.kind in TAKES_WORDS and not passage.fields


def _enough(parts: Sequence[Passage], whole: str, before: Sequence[str]) -> list[Passage]:
    """Return the first of the parts, as many as have most of their words from the whole."""
    words = set(filter(is_word, tokenize(normalise(whole))))
    found: list[Passage] = []
    for part in parts:
        own = [token for token in tokenize(normalise(part.text)) if is_word(token)]
        if not _is_most(sum(word in words for word in own), len(own)):
            break
        found.append(part)
    while found and not all(_stayed([*before, *(each.text for each in found)], whole)):
        found.pop()
    return found


def _stayed(parts: Sequence[str], whole: str) -> Iterator[bool]:
    """Tell for each part but the first whether most of its words stand in the whole in this order."""
    tokens = [tokenize(normalise(part)) for part in parts]
    joined = list(chain(*tokens))
    changed = {
        at
        for edit in diff(joined, tokenize(normalise(whole)))
        for at in range(edit.start, edit.end)
    }
    for start, end in list(pairwise(accumulate(map(len, tokens), initial=0)))[1:]:
        words = [at for at in range(start, end) if is_word(joined[at])]
        yield _is_most(len(words) - len(changed.intersection(words)), len(words))


def _is_most(kept: int, words: int) -> bool:
    return kept >= _ENOUGH and 2 * kept >= words


def _cuts(edits: Sequence[Edit], length: int, parts: Sequence[Sequence[str]]) -> list[int]:
    """Return where each part begins in the old tokens, and where the last one ends."""
    borders = list(accumulate(map(len, parts)))[:-1]
    cuts = [_old_place(edits, border) for border in borders]
    return [0, *accumulate(cuts, max), length]


def _old_place(edits: Sequence[Edit], place: int) -> int:
    """Return the old token before which a new one stands."""
    shift = 0
    for edit in edits:
        start = edit.start + shift
        if place < start:
            break
        if place < start + len(edit.new):
            return edit.start
        shift += len(edit.new) - (edit.end - edit.start)
        if place == start + len(edit.new):
            return edit.end
    return place - shift


def _edits(old: Sequence[str], new: Sequence[str], *, is_first: bool) -> Iterator[Edit]:
    """Compare a part; what is inserted at a border would go to the left, so it takes the next token along."""
    for edit in diff(old, new):
        if edit.start == edit.end == 0 and old and not is_first:
            yield Edit(0, 1, (*edit.new, old[0]))
        else:
            yield edit
