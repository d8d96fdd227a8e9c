"""The uptake rate: how much of what was demanded and decided was taken up. Defined here only."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

SMALLEST_CELL = 5
"""Rows of a breakdown with fewer points are not shown."""

OTHER = ""
"""Stands for all that is not shown by name."""


class Outcome(StrEnum):
    """What became of a point."""

    TAKEN_UP = "taken_up"
    TAKEN_UP_IN_SUBSTANCE = "taken_up_in_substance"
    TAKEN_UP_PARTLY = "taken_up_partly"
    ALREADY_COVERED = "already_covered"
    DEFERRED = "deferred"
    REFERRED = "referred"
    DECLINED = "declined"
    NOTED = "noted"


BROAD = (Outcome.TAKEN_UP, Outcome.TAKEN_UP_IN_SUBSTANCE, Outcome.TAKEN_UP_PARTLY)
COUNTED = (*BROAD, Outcome.ALREADY_COVERED, Outcome.DECLINED)


@dataclass(frozen=True, slots=True)
class DecidedPoint:
    """What the rates need to know of a point; the outcome is that of its latest decision.

    Points with the same group were decided in one act and count once; so do rows with the same number, one
    for each type of those who signed a point together. `days` passed from receipt to the decision.
    """

    number: str
    outcome: Outcome | None
    organisation_type: str = OTHER
    field: str = OTHER
    withdrawn: bool = False
    merged: bool = False
    group: str = ""
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Uptake:
    """The rates with all counts that stand beside them."""

    counts: Mapping[Outcome, int]
    undecided: int
    withdrawn: int
    merged: int

    @property
    def total(self) -> int:
        """All points, decided or not, inside the rate or outside it."""
        return sum(self.counts.values()) + self.undecided + self.withdrawn + self.merged

    @property
    def numerator_strict(self) -> int:
        """Points taken up as they were."""
        return self.counts[Outcome.TAKEN_UP]

    @property
    def numerator_broad(self) -> int:
        """Points taken up as they were, in substance or partly."""
        return sum(self.counts[outcome] for outcome in BROAD)

    @property
    def denominator(self) -> int:
        """Points that were taken up in some way, were covered already, or were declined."""
        return sum(self.counts[outcome] for outcome in COUNTED)

    @property
    def strict(self) -> Fraction | None:
        """The strict rate; None when nothing was decided that counts."""
        return _share(self.numerator_strict, self.denominator)

    @property
    def broad(self) -> Fraction | None:
        """The broad rate; None when nothing was decided that counts."""
        return _share(self.numerator_broad, self.denominator)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a breakdown; without uptake it is too small to be shown, or covers one that is."""

    label: str
    uptake: Uptake | None


Key = Callable[[DecidedPoint], str]


def uptake(points: Iterable[DecidedPoint]) -> Uptake:
    """Count points by what became of them; a group counts once."""
    counted: Counter[str] = Counter()
    active: dict[str, DecidedPoint] = {}
    for point in {point.number: point for point in points}.values():
        if point.withdrawn or point.merged:
            counted["withdrawn" if point.withdrawn else "merged"] += 1
        else:
            active[point.group or point.number] = point
    outcomes = Counter(point.outcome for point in active.values())
    return Uptake(
        counts={outcome: outcomes[outcome] for outcome in Outcome},
        undecided=outcomes[None],
        withdrawn=counted["withdrawn"],
        merged=counted["merged"],
    )


def by_organisation_type(point: DecidedPoint) -> str:
    """Break down by who submitted."""
    return point.organisation_type


def by_field(point: DecidedPoint) -> str:
    """Break down by topic."""
    return point.field


def breakdown(points: Iterable[DecidedPoint], key: Key) -> tuple[Row, ...]:
    """Count points per label, in order of the labels, and keep small rows from being read off.

    A group counts once per label. Rows with fewer than five points are hidden; if what is hidden
    could be told from the total, the next larger rows are hidden with it.
    """
    parts = _parts(points, key)
    hidden = _hidden(parts)
    return tuple(
        Row(label, None if label in hidden else uptake(part)) for label, part in parts.items()
    )


def coarsen(points: Sequence[DecidedPoint]) -> tuple[DecidedPoint, ...]:
    """Take the labels of hidden rows off the points, as they may be published one by one.

    The rates of all rows that are shown stay as they are.
    """
    types = _hidden(_parts(points, by_organisation_type))
    fields = _hidden(_parts(points, by_field))
    return tuple(
        replace(
            point,
            organisation_type=OTHER
            if point.organisation_type in types
            else point.organisation_type,
            field=OTHER if point.field in fields else point.field,
        )
        for point in points
    )


def median_days(points: Iterable[DecidedPoint]) -> Fraction | None:
    """Return the median of the days from receipt to decision; None when nothing was decided."""
    days = sorted(
        point.days
        for point in {point.number: point for point in points}.values()
        if point.days is not None and not point.withdrawn and not point.merged
    )
    if not days:
        return None
    middle = len(days) // 2
    return Fraction(days[middle] + days[-middle - 1], 2)


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def _parts(points: Iterable[DecidedPoint], key: Key) -> dict[str, list[DecidedPoint]]:
    return {label: list(part) for label, part in groupby(sorted(points, key=key), key=key)}


def _hidden(parts: Mapping[str, Sequence[DecidedPoint]]) -> set[str]:
    """Choose the rows to hide: the small ones, and as many more as it takes to cover them.

    What has no name anyway covers first.
    """
    sizes = {label: uptake(part).total for label, part in parts.items()}
    hidden: set[str] = set()
    small_first = sorted(
        sizes,
        key=lambda label: (sizes[label] >= SMALLEST_CELL, label != OTHER, sizes[label], label),
    )
    for label in small_first:
        covered = len(hidden) > 1 and _size(parts, hidden) >= SMALLEST_CELL
        if sizes[label] >= SMALLEST_CELL and (covered or not hidden):
            break
        hidden.add(label)
    return hidden


def _size(parts: Mapping[str, Sequence[DecidedPoint]], labels: Iterable[str]) -> int:
    return uptake(point for label in labels for point in parts[label]).total
