"""Periods: what a label such as "WS 2005/06" covers, and when periods end."""

import re
from calendar import isleap, monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from mitplan.core.indicators.words import gettext_noop

TICKS_PER_YEAR = 365 * 366
"""So fine that a day of any year is a whole number of ticks."""

MONTH_NAMES = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)

TWO_PERIODS = gettext_noop(
    "Die Angabe nennt zwei Zeiträume. Bitte nur einen nennen; ein Schuljahr schreibt man „2019/20“."
)
NO_SUCH_DAY = gettext_noop("Diesen Tag gibt es nicht.")
UNKNOWN_PERIOD = gettext_noop(
    "Der Zeitraum ist nicht zu erkennen. Möglich sind zum Beispiel „2023“, „2019/20“, "
    "„WS 2005/06“, „2. Halbjahr 2020“, „3. Quartal 2020“, „Juni 2007“ und „30.06.2023“."
)


class Frequency(StrEnum):
    """How often a series brings a new value."""

    YEAR = "year"
    SCHOOL_YEAR = "school_year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    AD_HOC = "ad_hoc"


_LENGTH = {
    Frequency.YEAR: 12,
    Frequency.SCHOOL_YEAR: 12,
    Frequency.HALF: 6,
    Frequency.QUARTER: 3,
    Frequency.MONTH: 1,
}
_SCHOOL_YEAR_SHIFT = 7  # it begins with August


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, first and last included, with the label it was given."""

    start: date
    end: date
    label: str


def period_end(day: date, frequency: Frequency) -> date:
    """Return the last day of the period a day lies in, so that 1 January and 31 December agree."""
    if frequency is Frequency.AD_HOC:
        return day
    shift = _SCHOOL_YEAR_SHIFT if frequency is Frequency.SCHOOL_YEAR else 0
    length = _LENGTH[frequency]
    month = day.year * 12 + day.month - 1 - shift
    return _last_day(month - month % length + length - 1 + shift)


def next_period_end(day: date, frequency: Frequency) -> date:
    """Return the last day of the period after the one a day lies in."""
    return period_end(period_end(day, frequency) + timedelta(days=1), frequency)


def position(day: date) -> int:
    """Return where a day ends on an axis on which every year is equally long, leap year or not."""
    in_year = 366 if isleap(day.year) else 365
    return day.year * TICKS_PER_YEAR + day.timetuple().tm_yday * (TICKS_PER_YEAR // in_year)


def months(ticks: int) -> int:
    """Return a distance on that axis in whole months."""
    return round(Decimal(ticks * 12) / TICKS_PER_YEAR)


def parse_period(label: str) -> Period:
    """Read a period label as it stands in statistical tables; ValueError says what is possible."""
    text = " ".join(label.split())
    for pattern, read in _FORMS:
        if found := pattern.fullmatch(text):
            start, end = read(*found.groups())
            return Period(start, end, text)
    raise ValueError(TWO_PERIODS if _TWO_YEARS.search(text) else UNKNOWN_PERIOD)


def _year(year: str) -> tuple[date, date]:
    return _span(int(year), 1, 12)


def _school_year(first: str, second: str) -> tuple[date, date]:
    _require_next_year(first, second)
    return _span(int(first), 8, 12)


def _winter_term(first: str, second: str) -> tuple[date, date]:
    _require_next_year(first, second)
    return _span(int(first), 10, 6)


def _summer_term(year: str) -> tuple[date, date]:
    return _span(int(year), 4, 6)


def _half(number: str, year: str) -> tuple[date, date]:
    return _span(int(year), 6 * int(number) - 5, 6)


def _quarter(number: str, year: str) -> tuple[date, date]:
    return _span(int(year), 3 * int(number) - 2, 3)


def _named_month(name: str, year: str) -> tuple[date, date]:
    return _span(int(year), MONTH_NAMES.index(name.capitalize()) + 1, 1)


def _numbered_month(year: str, month: str) -> tuple[date, date]:
    return _span(int(year), int(month), 1)


def _german_day(day: str, month: str, year: str) -> tuple[date, date]:
    return _iso_day(year, month, day)


def _iso_day(year: str, month: str, day: str) -> tuple[date, date]:
    try:
        only = date(int(year), int(month), int(day))
    except ValueError as error:
        raise ValueError(NO_SUCH_DAY) from error
    return only, only


def _require_next_year(first: str, second: str) -> None:
    if (int(first) + 1) % 100 != int(second):
        raise ValueError(TWO_PERIODS)


def _span(year: int, month: int, length: int) -> tuple[date, date]:
    return date(year, month, 1), _last_day(year * 12 + month - 1 + length - 1)


def _last_day(month: int) -> date:
    """Return the last day of a month counted from year 0."""
    year, index = divmod(month, 12)
    return date(year, index + 1, monthrange(year, index + 1)[1])


_YYYY = r"([12]\d{3})"
_TWO_YEARS = re.compile(rf"{_YYYY}\s?[/–-]\s?{_YYYY}|{_YYYY} und {_YYYY}", re.ASCII)
_FORMS: tuple[tuple[re.Pattern[str], Callable[..., tuple[date, date]]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.ASCII), read)
    for pattern, read in (
        (_YYYY, _year),
        (rf"{_YYYY}/(\d\d)", _school_year),
        (rf"Schuljahr {_YYYY}/(\d\d)", _school_year),
        (rf"(?:WS|WiSe|Wintersemester) {_YYYY}/(\d\d)", _winter_term),
        (rf"(?:SS|SoSe|Sommersemester) {_YYYY}", _summer_term),
        (rf"([12])\. Halbjahr {_YYYY}", _half),
        (rf"([1-4])\. Quartal {_YYYY}", _quarter),
        (rf"Q([1-4]) {_YYYY}", _quarter),
        (rf"({'|'.join(MONTH_NAMES)}) {_YYYY}", _named_month),
        (rf"{_YYYY}-(0[1-9]|1[0-2])", _numbered_month),
        (rf"(\d\d?)\.(\d\d?)\.{_YYYY}", _german_day),
        (rf"{_YYYY}-(\d\d)-(\d\d)", _iso_day),
    )
)
