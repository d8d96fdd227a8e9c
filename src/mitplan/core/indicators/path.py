"""The planned path from baseline to target, and how far a value is behind it."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from mitplan.core.indicators.values import Direction, Shape

Stop = tuple[int, Decimal]
"""A position in time and the value planned for it."""


@dataclass(frozen=True, slots=True)
class Path:
    """Planned values over time; after the last stop the target stays as it is."""

    stops: tuple[Stop, ...]
    shape: Shape
    direction: Direction

    @property
    def baseline(self) -> Decimal:
        """The value the path starts from."""
        return self.stops[0][1]

    @property
    def target(self) -> Decimal:
        """The value the path leads to."""
        return self.stops[-1][1]

    @property
    def span(self) -> Decimal:
        """The distance between baseline and target."""
        return abs(self.target - self.baseline)

    def gain(self, value: Decimal, over: Decimal) -> Decimal:
        """Return how much better one value is than another; negative when it is worse."""
        return int(self.direction) * (value - over)

    def progress(self, value: Decimal) -> Decimal:
        """Return the share of the way that is done."""
        return (value - self.baseline) / (self.target - self.baseline)

    def expected(self, at: int) -> Decimal:
        """Return the value planned for a position."""
        following = bisect_right(self.stops, at, key=lambda stop: stop[0])
        if following == 0:
            return self.baseline
        if following == len(self.stops) or self.shape is Shape.STEP:
            return self.stops[following - 1][1]
        return _between(self.stops[following - 1], self.stops[following], at)

    def lag(self, value: Decimal, at: int) -> int | None:
        """Return for how long the plan has been past a value; negative when it gets there later.

        None when the plan never has this value.
        """
        here = (at, self.expected(at))
        gain = self.gain(value, here[1])
        if gain == 0:
            return 0
        reached = self._left(value, here) if gain < 0 else self._arrives(value, here)
        return None if reached is None else at - reached

    def _left(self, value: Decimal, here: Stop) -> int | None:
        """Find the last moment before `here` at which the plan was not past the value."""
        before = [stop for stop in self.stops if stop[0] < here[0]]
        for earlier, later in _backwards([*before, here]):
            if self.gain(value, earlier[1]) >= 0:
                return self._crossing(earlier, later, value)
        return None

    def _arrives(self, value: Decimal, here: Stop) -> int | None:
        """Find the first moment after `here` at which the plan has come to the value."""
        after = [stop for stop in self.stops if stop[0] > here[0]]
        for earlier, later in pairwise([here, *after]):
            if self.gain(value, later[1]) <= 0:
                return self._crossing(earlier, later, value)
        return None

    def _crossing(self, earlier: Stop, later: Stop, value: Decimal) -> int:
        if self.shape is Shape.STEP:
            return later[0]
        share = (value - earlier[1]) / (later[1] - earlier[1])
        return earlier[0] + int((share * (later[0] - earlier[0])).to_integral_value())


def _between(earlier: Stop, later: Stop, at: int) -> Decimal:
    rise = later[1] - earlier[1]
    return earlier[1] + rise * (at - earlier[0]) / (later[0] - earlier[0])


def _backwards(stops: list[Stop]) -> Iterable[tuple[Stop, Stop]]:
    return reversed(list(pairwise(stops)))
