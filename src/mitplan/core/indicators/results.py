"""What comes out of an assessment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from enum import StrEnum

from mitplan.core.indicators.values import Goal, Observation

METHOD = "M-T/1"
"""Trajectory method and its version; a change of rules makes a new version."""


class Result(StrEnum):
    """The status of a goal."""

    ACHIEVED = "achieved"
    ACHIEVED_EARLY = "achieved_early"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    WRONG_DIRECTION = "wrong_direction"
    MISSED = "missed"
    MAINTAINED = "maintained"
    NOT_ASSESSABLE = "not_assessable"
    NO_DATA = "no_data"
    NOT_YET_DUE = "not_yet_due"
    CONTRADICTION = "contradiction"
    SUSPENDED = "suspended"
    ENDED = "ended"


class Reason(StrEnum):
    """Why there is no judgement, or none that stands."""

    NO_BASELINE = "R01"
    NO_TARGET = "R02"
    NO_DATE = "R03"
    TOO_FEW_POINTS = "R04"
    SERIES_BREAK = "R05"
    SUPPRESSED = "R06"
    NOT_PRECISE = "R07"
    NOT_COMPARABLE = "R08"
    PUBLICATION_NOT_DUE = "R09"
    OVERDUE_DATA = "R10"
    CONTRADICTION = "R11"
    GOAL_REVISED = "R12"
    NOT_MEASURABLE = "R13"
    OVERRIDE_EXPIRED = "R14"


@dataclass(frozen=True, slots=True)
class Assessment:
    """A status with everything that led to it.

    `deviation` counts in the desired direction: positive is better than planned, whether the value
    should rise or fall. `progress_raw` is the share of the way from baseline to target and may lie
    below 0 or above 1; `progress_shown` are whole per cent between 0 and 100. `lag_months` is
    positive behind the plan and negative ahead of it. `margins` are the two widths around the path.
    """

    result: Result
    goal: Goal
    as_of: date
    inputs: Mapping[str, str]
    reason: Reason | None = None
    observation: Observation | None = None
    previous: Observation | None = None
    expected: Decimal | None = None
    deviation: Decimal | None = None
    progress_raw: Decimal | None = None
    progress_shown: int | None = None
    lag_months: int | None = None
    margins: tuple[Decimal, Decimal] | None = None
    overdue: bool = False
    method: str = METHOD

    @property
    def provisional(self) -> bool:
        """Whether the status rests on a value that may still change."""
        decided = self.expected is not None and self.result not in _OPEN
        return decided and self.observation is not None and self.observation.provisional


_OPEN = {Result.NO_DATA, Result.NOT_YET_DUE}
_SHOWN = Context(prec=20)


def shown(value: Decimal) -> Decimal:
    """Return a value without the digits that only the comparison needed."""
    short = _SHOWN.plus(value)
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short.normalize()
