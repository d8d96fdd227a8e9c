"""Counting working days: which days count, when a period ends, how much of it has passed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from mitplan.core.workdays.hessen import days_off

BERLIN = ZoneInfo("Europe/Berlin")
FIRST_YEAR = 1991
"""Earlier holidays of Hessen are not on record here; a wrong count would be worse than none."""

_LAST_SECOND = time(23, 59, 59, tzinfo=BERLIN)
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a period has come: the running day is the `done`-th of `total` working days.

    On the last day `remaining` is 0 and the period is still open until midnight.
    """

    done: int
    total: int
    remaining: int


@cache
def _holidays(year: int) -> dict[date, str]:
    if year < FIRST_YEAR:
        message = f"Public holidays are known from {FIRST_YEAR} on, not for {year}."
        raise ValueError(message)
    return days_off(year)


def public_holiday(day: date) -> str:
    """Return the German name of a public holiday in Hessen, or an empty text."""
    return _holidays(day.year).get(day, "")


def is_working_day(day: date) -> bool:
    """Tell whether a day counts: no Saturday, no Sunday, no public holiday in Hessen."""
    return not public_holiday(day) and day.weekday() < _SATURDAY


def working_days_between(opened_on: date, until: date) -> int:
    """Count the working days after the opening day, up to and including `until`."""
    return sum(map(is_working_day, _days_after(opened_on, until)))


def closing_day(opened_on: date, working_days: int = 20) -> date:
    """Return the day with whose end a period of so many working days is over."""
    if working_days < 1:
        message = "A period has at least one working day."
        raise ValueError(message)
    day = opened_on
    for _ in range(working_days):
        day = _next_working_day(day)
    return day


def elapsed(opened_on: date, closes_on: date, today: date) -> Progress:
    """Return which working day of a period is running, and how many are left after it."""
    total = working_days_between(opened_on, closes_on)
    done = working_days_between(opened_on, min(today, closes_on))
    return Progress(done, total, total - done)


def working_days_before(sent_on: date, sitting_on: date) -> int:
    """Count the full working days between dispatch and sitting; neither day itself counts."""
    return working_days_between(sent_on, sitting_on - _ONE_DAY)


def closes_at(day: date) -> datetime:
    """Return the last second of a day in Hessen, when a window that ends on it closes."""
    return datetime.combine(day, _LAST_SECOND)


def _days_after(start: date, until: date) -> Iterator[date]:
    return (start + timedelta(days=n) for n in range(1, (until - start).days + 1))


def _next_working_day(day: date) -> date:
    day += _ONE_DAY
    while not is_working_day(day):
        day += _ONE_DAY
    return day
