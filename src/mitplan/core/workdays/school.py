"""School holidays in Hessen, as published by the conference of ministers of education."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import groupby

from mitplan.core.workdays.hessen import days_off

_FIRST_YEAR = 2010
_LAST_YEAR = 2050
"""How far ahead to ask; years that are not decided yet are simply empty."""


@dataclass(frozen=True, slots=True)
class SchoolHoliday:
    """A span of days without school, first and last day included."""

    name: str
    first_on: date
    last_on: date


def school_holidays_within(first_on: date, last_on: date) -> tuple[SchoolHoliday, ...]:
    """Return the school holidays that touch a span of days, in order.

    Movable holidays that each school sets for itself are not among them.
    """
    return tuple(
        holiday
        for holiday in _school_holidays()
        if holiday.first_on <= last_on and holiday.last_on >= first_on
    )


def school_holidays_known(first_on: date, last_on: date) -> bool:
    """Tell whether dates are on record for a whole span; if not, an empty answer means nothing."""
    known = _school_holidays()
    return known[0].first_on <= first_on and last_on <= known[-1].last_on


@cache
def _school_holidays() -> tuple[SchoolHoliday, ...]:
    days = days_off(range(_FIRST_YEAR, _LAST_YEAR), "school")
    runs = groupby(enumerate(sorted(days)), key=lambda pair: pair[1] - timedelta(days=pair[0]))
    return tuple(_span(days, [day for _, day in run]) for _, run in runs)


def _span(names: dict[date, str], days: list[date]) -> SchoolHoliday:
    return SchoolHoliday(names[days[0]], days[0], days[-1])
