"""What goes into an assessment: observations, and the goals they are held against."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum

ZERO = Decimal(0)


class Missing(StrEnum):
    """Why an observation has no value."""

    NOT_APPLICABLE = "not_applicable"
    NOT_COLLECTED = "not_collected"
    LATER = "later"
    SUPPRESSED = "suppressed"
    NOT_PRECISE = "not_precise"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of a series, known by the last day of its period.

    A value beside a reason for being missing is never used. `after_break` says that the definition or survey changed before this value: no path, trend or
    line may join it with what stands before.
    """

    period_end: date
    value: Decimal | None
    provisional: bool = False
    label: str = ""
    missing: Missing | None = None
    standard_error: Decimal = ZERO
    after_break: bool = False


class Direction(IntEnum):
    """Which way is better."""

    UP = 1
    DOWN = -1


class Shape(StrEnum):
    """How a path runs from one point to the next."""

    LINEAR = "linear"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class Waypoint:
    """An interim target."""

    on: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Target:
    """A value to be reached by a day, from where things stood at the start.

    Without a direction, the way from baseline to target is the better one. `decline_reason` allows
    interim points against the direction. `break_bridged` is an editor's word that baseline and
    later values were made comparable. An ordinal target counts levels and never shows a percentage.
    """

    baseline: Decimal | None
    baseline_on: date | None
    target: Decimal | None
    target_on: date | None
    direction: Direction | None = None
    tolerance: Decimal = ZERO
    interim: tuple[Waypoint, ...] = ()
    shape: Shape = Shape.LINEAR
    decline_reason: str = ""
    break_bridged: bool = False
    ordinal: bool = False


@dataclass(frozen=True, slots=True)
class Bound:
    """A value to be kept in every period: at least, at most, or inside a corridor."""

    at_least: Decimal | None = None
    at_most: Decimal | None = None
    tolerance: Decimal = ZERO
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Deliverable:
    """Something that is either there by a day or not."""

    due_on: date | None
    done_on: date | None = None


Goal = Target | Bound | Deliverable
