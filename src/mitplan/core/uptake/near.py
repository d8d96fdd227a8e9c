"""Near-identical demands: found without missing any, and with a reason a person can check.

The measure is described in docs/algorithms/near-identical-points.md.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil

ALIKE = Fraction(6, 10)
"""So much of what two demands say together must both of them say."""

CONTAINED = Fraction(9, 10)
"""So much of the shorter demand must stand in the longer one."""

ENOUGH = 6
"""So many pairs of words a demand needs to be called contained in another."""

NEGATIONS = frozenset(
    [
        "nicht",
        "kein",
        "keine",
        "keinen",
        "keinem",
        "keiner",
        "keines",
        "nie",
        "niemals",
        "nirgends",
        "weder",
        "ohne",
        "statt",
    ]
)

_WORD = re.compile(r"[^\W_]+")

Pairs = frozenset[str]


@dataclass(frozen=True, slots=True)
class Statement:
    """A demand: its own words, and for a proposal the passage with its text before and after."""

    key: int
    text: str = ""
    place: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """Two demands that say nearly the same, how nearly, and whether one is contained in the other."""

    first: int
    second: int
    share: Fraction
    is_contained: bool = False


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared."""
    return _WORD.findall(text.casefold())


def pairs_of(statement: Statement) -> Pairs:
    """Return what a demand says, as pairs of words; of a proposal only what it changes."""
    before, after = _pairs(statement.before), _pairs(statement.after)
    return (
        _pairs(statement.text)
        | {f"{statement.place}+{pair}" for pair in after - before}
        | {f"{statement.place}-{pair}" for pair in before - after}
    )


def _pairs(text: str) -> Pairs:
    words = words_of(text)
    return frozenset(f"{one} {other}" for one, other in pairwise(words)) or frozenset(words)


def nearness(one: Pairs, other: Pairs) -> tuple[Fraction, bool] | None:
    """Return how near two demands are, and whether it is by being contained; None below the thresholds."""
    smaller = min(len(one), len(other))
    if not smaller:
        return None
    shared = len(one & other)
    alike = Fraction(shared, len(one) + len(other) - shared)
    contained = Fraction(shared, smaller)
    if contained >= CONTAINED and smaller >= ENOUGH and contained > alike:
        return contained, True
    return (alike, False) if alike >= ALIKE else None


def near_pairs(statements: Iterable[Statement]) -> list[Near]:
    """Return all near-identical demands among these; of copies each is named with the first."""
    copies = _copies(statements)
    found = [*_among_copies(copies.values()), *_among(list(copies), copies)]
    return sorted(found, key=lambda near: (-near.share, near.first, near.second))


def _copies(statements: Iterable[Statement]) -> dict[Pairs, list[int]]:
    copies: dict[Pairs, list[int]] = {}
    for statement in sorted(statements, key=lambda each: each.key):
        if pairs := pairs_of(statement):
            copies.setdefault(pairs, []).append(statement.key)
    return copies


def _among_copies(copies: Iterable[Sequence[int]]) -> Iterator[Near]:
    for keys in copies:
        yield from (Near(keys[0], key, Fraction(1)) for key in keys[1:])


def _among(sets: Sequence[Pairs], copies: Mapping[Pairs, Sequence[int]]) -> Iterator[Near]:
    """Compare only sets that share one of their rarest pairs, which no near ones can lack."""
    in_order = sorted(sets, key=len)
    rarest_first = _rarest_first(in_order)
    alike, contained = _Index(ALIKE), _Index(Fraction(0))
    for number in reversed(range(len(in_order))):
        pairs, rarest = in_order[number], rarest_first[number]
        longest = len(pairs) * ALIKE.denominator // ALIKE.numerator
        near = {other for other in alike.holders(rarest) if len(in_order[other]) <= longest}
        if len(pairs) >= ENOUGH:
            near |= contained.holders(rarest[: _prefix(len(pairs), CONTAINED)])
        for other in near:
            if found := nearness(pairs, in_order[other]):
                first, second = sorted((copies[pairs][0], copies[in_order[other]][0]))
                yield Near(first, second, *found)
        alike.add(number, rarest)
        contained.add(number, rarest)


def _rarest_first(sets: Sequence[Pairs]) -> list[list[str]]:
    holders = Counter(pair for pairs in sets for pair in pairs)
    return [sorted(pairs, key=lambda pair: (holders[pair], pair)) for pairs in sets]


def _prefix(size: int, share: Fraction) -> int:
    """Return how many members of a set of a size hold at least one of any such share of it."""
    return min(size, size - ceil(size * share) + 1)


class _Index:
    """Which sets hold a pair among so many of their rarest that no near set can miss it."""

    def __init__(self, share: Fraction) -> None:
        self._share = share
        self._holders: defaultdict[str, list[int]] = defaultdict(list)

    def _telling(self, rarest: Sequence[str]) -> Sequence[str]:
        return rarest[: _prefix(len(rarest), self._share)]

    def add(self, number: int, rarest: Sequence[str]) -> None:
        for pair in self._telling(rarest):
            self._holders[pair].append(number)

    def holders(self, rarest: Sequence[str]) -> set[int]:
        return {other for pair in self._telling(rarest) for other in self._holders.get(pair, ())}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The words two demands share, and those only one of them has."""

    shared: tuple[str, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]

    @property
    def may_contradict(self) -> bool:
        """Whether they differ by a number or a negation, where like words may mean the opposite."""
        return any(_weighs(word) for word in (*self.only_first, *self.only_second))


def _weighs(word: str) -> bool:
    return word in NEGATIONS or any(sign.isdigit() for sign in word)


def compare(first: str, second: str) -> Comparison:
    """Return what two texts have in common, word by word in the order of the first."""
    one, other = words_of(first), words_of(second)
    common = Counter(one) & Counter(other)
    return Comparison(
        tuple(word for word in dict.fromkeys(one) if word in common),
        tuple((Counter(one) - common).elements()),
        tuple((Counter(other) - common).elements()),
    )
