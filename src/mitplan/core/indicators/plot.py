"""From values and moments to places in a drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from mitplan.core.indicators.path import Stop

_NICE = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_STEPS = 5
"""How many steps an axis should have at most, before it is widened to whole steps."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the drawing."""

    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line through places."""

    spots: tuple[Spot, ...]

    @property
    def points(self) -> str:
        """The places as "x,y x,y"."""
        return " ".join(f"{spot.x},{spot.y}" for spot in self.spots)


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of the drawing, and the margins around the part inside the axes."""

    width: int = 720
    height: int = 360
    left: int = 64
    right: int = 24
    top: int = 16
    bottom: int = 40


@dataclass(frozen=True, slots=True)
class Plot:
    """The span of moments and values that fills the part inside the axes."""

    frame: Frame
    first: int
    last: int
    low: Decimal
    high: Decimal

    def x(self, at: int) -> int:
        """Return the place of a moment; a single moment stands in the middle."""
        inner = self.frame.width - self.frame.left - self.frame.right
        if self.first == self.last:
            return self.frame.left + inner // 2
        return self.frame.left + round(inner * (at - self.first) / (self.last - self.first))

    def y(self, value: Decimal) -> int:
        """Return the place of a value."""
        inner = self.frame.height - self.frame.top - self.frame.bottom
        return self.frame.top + round(inner * (self.high - value) / (self.high - self.low))

    def spot(self, stop: Stop) -> Spot:
        """Return the place of a value at a moment."""
        return Spot(self.x(stop[0]), self.y(stop[1]))

    def line(self, stops: Sequence[Stop]) -> Line:
        """Return the line through values at moments."""
        return Line(tuple(map(self.spot, stops)))

    def level(self, value: Decimal) -> Line:
        """Return a level line across the whole width."""
        left, right = self.frame.left, self.frame.width - self.frame.right
        return Line((Spot(left, self.y(value)), Spot(right, self.y(value))))


def nice_ticks(low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    """Return round numbers that enclose a span; at least two, the outer ones are its ends."""
    if low == high:
        low, high = low - 1, high + 1
    step = _nice_step((high - low) / _STEPS)
    first = int((low / step).to_integral_value(ROUND_FLOOR))
    last = int((high / step).to_integral_value(ROUND_CEILING))
    return tuple(step * n for n in range(first, last + 1))


def _nice_step(least: Decimal) -> Decimal:
    power = Decimal(1).scaleb(least.adjusted())
    return next(factor * power for factor in _NICE if factor * power >= least)
