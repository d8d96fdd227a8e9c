"""Attribution: ids and origins through a series of states that came without recorded operations."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from operator import itemgetter

from mitplan.core.text.alignment import Block, align, longest_chain, split_doubtful
from mitplan.core.text.fragments import PENDING, Find, Fragments, Search
from mitplan.core.text.matching import Matching
from mitplan.core.text.passages import Passage
from mitplan.core.text.runs import Runs, compact, expand
from mitplan.core.text.tokens import count_words, is_word, tokenize

_MOVE = 4  # so many words in a row that left one place in this step came to the other
_RETURN = 4  # so many words in a row that were deleted earlier have returned
_SAME_AGAIN = 0.5  # from this similarity on a deleted passage has returned


@dataclass(frozen=True, slots=True)
class Attributed:
    """A passage of a new state: with its id, the origins of its tokens, and whether it was known and moved."""

    passage: Passage
    runs: Runs
    matched: bool
    moved: bool


@dataclass(frozen=True, slots=True)
class _Living:
    """A passage with its tokens and their origins.

    Once it changes or goes, `places` holds where its deleted stretches stand among the fragments, as
    pairs of the first token and its place.
    """

    passage: Passage
    tokens: tuple[str, ...]
    origins: list[int]
    places: list[tuple[int, int]] = field(default_factory=list)

    def place(self, token: int) -> int:
        """Return where a deleted token stands among the fragments."""
        start, place = self.places[bisect_right(self.places, token, key=itemgetter(0)) - 1]
        return place + token - start


@dataclass(frozen=True, slots=True)
class _Step:
    """A passage before and after one step, with what it surely or perhaps keeps."""

    before: _Living | None
    after: _Living
    sure: tuple[Block, ...] = ()
    doubtful: tuple[Block, ...] = ()

    @classmethod
    def of(cls, before: _Living | None, after: _Living) -> "_Step":
        if before is None:
            return cls(before, after)
        blocks = align(before.tokens, after.tokens)
        return cls(before, after, *split_doubtful(before.tokens, after.tokens, blocks))

    def returned(self) -> Iterator[tuple[int, int]]:
        """Return the places and sizes of the fragments that come back with a deleted passage."""
        if self.before and self.before.places:
            for block in self.sure:
                yield self.before.place(block.old), block.size

    def inherit(self) -> None:
        """Take over the origins of what surely stays."""
        if self.before:
            for block in self.sure:
                self.after.origins[block.new : block.new + block.size] = self.before.origins[
                    block.old : block.old + block.size
                ]


class _Numbers(dict[str, int]):
    """A number for each token, given when it is first asked for; `words` tells which are words."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[bool] = []

    def __missing__(self, token: str) -> int:
        self[token] = number = len(self)
        self.words.append(is_word(token))
        return number

    def of(self, tokens: Iterable[str]) -> list[int]:
        """Return the numbers of a series of tokens."""
        return [*map(self.__getitem__, tokens)]


class History:
    """All states of a text so far: the current passages and what was deleted on the way."""

    def __init__(self) -> None:
        self._living: list[_Living] = []
        self._gone: dict[str, _Living] = {}
        self._fragments = Fragments()
        self._numbers = _Numbers()
        self._ids: set[str] = set()
        self._own_ids = (f"p{number}" for number in count(1))

    @classmethod
    def start(
        cls,
        passages: Iterable[Passage],
        origin: int,
        new_id: Callable[[], str] | None = None,
    ) -> "History":
        """Begin with a first state, all of one origin; passages without an id are given one."""
        history = cls()
        history.next(tuple(passages), origin, new_id)
        return history

    @classmethod
    def of(cls, states: Iterable[Iterable[tuple[Passage, Runs]]]) -> "History":
        """Take up again a history whose states, oldest first, are known with ids and origins."""
        history = cls()
        for state in states:
            history._follow([_living(passage, runs) for passage, runs in state])
        return history

    @property
    def current(self) -> tuple[Attributed, ...]:
        """The newest state."""
        return tuple(_attributed(living, matched=True, moved=False) for living in self._living)

    def next(
        self, passages: Sequence[Passage], origin: int, new_id: Callable[[], str] | None = None
    ) -> tuple[Attributed, ...]:
        """Add a state and return it with ids and origins.

        A passage keeps its id when it is reworded, moved or comes back after a deletion; a token keeps
        its origin when it stays, moves with its neighbours or returns with them. All else is of this
        state's origin.
        """
        sources, links = self._sources(passages)
        state = self._named(passages, sources, new_id or self._own_id)
        steps = [_Step.of(*pair) for pair in zip(sources, state, strict=True)]
        returned = [place for step in steps for place in step.returned()]
        before = len(self._fragments)
        gone = self._bury(links, steps)
        for step in steps:
            step.inherit()
        self._explain(steps, returned, before)
        for living in filter(_is_pending, state):
            living.origins[:] = [origin if at == PENDING else at for at in living.origins]
        self._settle(state, gone)
        moved = moved_indexes(links)
        return tuple(
            _attributed(living, matched=sources[index] is not None, moved=index in moved)
            for index, living in enumerate(state)
        )

    def _follow(self, state: list[_Living]) -> None:
        """Add a state whose ids and origins are known."""
        old = {living.passage.id: index for index, living in enumerate(self._living)}
        links = [old.get(living.passage.id) for living in state]
        steps = [
            _Step.of(None if link is None else self._living[link], living)
            for link, living in zip(links, state, strict=True)
        ]
        self._settle(state, self._bury(links, steps))

    def _sources(
        self, passages: Sequence[Passage]
    ) -> tuple[list[_Living | None], list[int | None]]:
        """Return what each passage continues, living or gone, and the links to the living ones."""
        matching = Matching([living.passage for living in self._living], passages)
        matching.link_equal()
        revived = self._revived_exactly(passages, matching.unlinked_new)
        matching.link_similar(barred=revived)
        rest = [index for index in matching.unlinked_new if index not in revived]
        revived |= self._revived_by_wording(passages, rest, set(revived.values()))
        sources = [
            self._gone[revived[index]]
            if index in revived
            else (None if link is None else self._living[link])
            for index, link in enumerate(matching.links)
        ]
        return sources, matching.links

    def _revived_exactly(self, passages: Sequence[Passage], indexes: list[int]) -> dict[int, str]:
        """Return the ids of deleted passages that are back by id or word for word."""
        texts = {gone.passage.text: key for key, gone in self._gone.items()}
        revived: dict[int, str] = {}
        for index in indexes:
            passage = passages[index]
            key = passage.id if passage.id in self._gone else texts.get(passage.text)
            if key is None or key in revived.values():
                continue
            if key == passage.id or count_words(passage.text) > _RETURN:
                revived[index] = key
        return revived

    def _revived_by_wording(
        self, passages: Sequence[Passage], indexes: list[int], taken: set[str]
    ) -> dict[int, str]:
        """Return the ids of deleted passages that are back with about half their wording."""
        gone = [entry.passage for key, entry in self._gone.items() if key not in taken]
        matching = Matching(gone, [passages[index] for index in indexes])
        matching.link_similar(_SAME_AGAIN)
        return {
            indexes[new]: gone[old].id for new, old in enumerate(matching.links) if old is not None
        }

    def _named(
        self,
        passages: Sequence[Passage],
        sources: Sequence[_Living | None],
        new_id: Callable[[], str],
    ) -> list[_Living]:
        """Give each passage its id; all origins are still pending."""
        first = not self._living and not self._gone
        self._ids |= {passage.id for passage in passages if first}
        state = []
        for passage, source in zip(passages, sources, strict=True):
            key = source.passage.id if source else passage.id if first else ""
            same = source and source.passage.text == passage.text
            tokens = source.tokens if source and same else tokenize(passage.text)
            named = replace(passage, id=key or new_id())
            state.append(_Living(named, tokens, [PENDING] * len(tokens)))
        return state

    def _own_id(self) -> str:
        return next(key for key in self._own_ids if key not in self._ids)

    def _bury(self, links: Sequence[int | None], steps: Sequence[_Step]) -> dict[str, _Living]:
        """Keep as fragments what this step deletes; return the passages that are gone as a whole."""
        kept = {link: steps[index].sure for index, link in enumerate(links) if link is not None}
        for index, living in enumerate(self._living):
            for start, end in _gaps(kept.get(index, ()), len(living.tokens)):
                tokens = self._numbers.of(living.tokens[start:end])
                place = self._fragments.add(tokens, living.origins[start:end])
                living.places.append((start, place))
        return {
            living.passage.id: living
            for index, living in enumerate(self._living)
            if index not in kept
        }

    def _explain(
        self, steps: Sequence[_Step], returned: Iterable[tuple[int, int]], before: int
    ) -> None:
        """Find where pending tokens came from: moved in this step, back from earlier, or just similar."""
        search = Search(self._fragments, self._numbers.words)
        for place, size in returned:
            search.use(place, size)
        places = {
            search.add(self._numbers.of(step.after.tokens), step.after.origins): step
            for step in steps
            if _is_pending(step.after)
        }
        search.fill(range(before, len(self._fragments)), _MOVE)
        search.fill(range(before), _RETURN)
        search.claim([find for at, step in places.items() for find in _doubtful_finds(at, step)])
        for at, step in places.items():
            step.after.origins[:] = search.origins(at, len(step.after.tokens))

    def _settle(self, state: list[_Living], gone: dict[str, _Living]) -> None:
        self._living = state
        self._ids |= {living.passage.id for living in state}
        self._gone |= gone
        for living in state:
            self._gone.pop(living.passage.id, None)


def _is_pending(living: _Living) -> bool:
    return PENDING in living.origins


def moved_indexes(links: Sequence[int | None]) -> set[int]:
    """Return the indexes of passages that stand in another order than their old ones."""
    linked = [(link, index) for index, link in enumerate(links) if link is not None]
    return {index for _, index in linked} - {index for _, index in longest_chain(linked)}


def _doubtful_finds(at: int, step: _Step) -> Iterator[Find]:
    """Return what a passage perhaps keeps, as finds among its own deleted stretches."""
    if step.before:
        for block in step.doubtful:
            yield Find(-block.size, at + block.new, step.before.place(block.old), 0)


def _gaps(blocks: Iterable[Block], end: int) -> Iterator[tuple[int, int]]:
    """Return the stretches of the old tokens that no block covers."""
    done = 0
    for block in blocks:
        if done < block.old:
            yield done, block.old
        done = block.old + block.size
    if done < end:
        yield done, end


def _living(passage: Passage, runs: Runs) -> _Living:
    tokens = tokenize(passage.text)
    if sum(run.count for run in runs) != len(tokens):
        message = f"the runs of passage {passage.id} do not fit its text"
        raise ValueError(message)
    return _Living(passage, tokens, expand(runs))


def _attributed(living: _Living, *, matched: bool, moved: bool) -> Attributed:
    return Attributed(living.passage, compact(living.origins), matched, moved)
