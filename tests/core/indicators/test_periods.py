from datetime import date
from itertools import pairwise

import pytest

from mitplan.core.indicators import Frequency, parse_period
from mitplan.core.indicators.periods import (
    NO_SUCH_DAY,
    TWO_PERIODS,
    UNKNOWN_PERIOD,
    next_period_end,
    period_end,
    position,
)


@pytest.mark.parametrize(
    ("label", "start", "end"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("WS 2005/06", date(2005, 10, 1), date(2006, 3, 31)),
        ("WS 1999/00", date(1999, 10, 1), date(2000, 3, 31)),
        ("SoSe 2006", date(2006, 4, 1), date(2006, 9, 30)),
        ("2019/20", date(2019, 8, 1), date(2020, 7, 31)),
        ("Schuljahr 2019/20", date(2019, 8, 1), date(2020, 7, 31)),
        ("Juni 2007", date(2007, 6, 1), date(2007, 6, 30)),
        ("Februar 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("märz 2024", date(2024, 3, 1), date(2024, 3, 31)),
        ("30.06.2023", date(2023, 6, 30), date(2023, 6, 30)),
        ("1.7.2023", date(2023, 7, 1), date(2023, 7, 1)),
        ("2023-06-30", date(2023, 6, 30), date(2023, 6, 30)),
        ("2023-06", date(2023, 6, 1), date(2023, 6, 30)),
        ("2. Halbjahr 2020", date(2020, 7, 1), date(2020, 12, 31)),
        ("3. Quartal 2020", date(2020, 7, 1), date(2020, 9, 30)),
        ("Q1 2020", date(2020, 1, 1), date(2020, 3, 31)),
    ],
)
def test_parse_period_reads_the_labels_of_statistical_tables(label, start, end):
    period = parse_period(label)

    assert (period.start, period.end, period.label) == (start, end, label)


def test_parse_period_tidies_blanks():
    assert parse_period("  Juni\N{NO-BREAK SPACE}2007 ").label == "Juni 2007"


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ("2024 / 2005", TWO_PERIODS),
        ("2019/2020", TWO_PERIODS),
        ("2019 – 2020", TWO_PERIODS),
        ("2005 und 2024", TWO_PERIODS),
        ("2019/21", TWO_PERIODS),
        ("WS 2005/07", TWO_PERIODS),
        ("31.02.2023", NO_SUCH_DAY),
        ("2023-13-01", NO_SUCH_DAY),
        ("", UNKNOWN_PERIOD),
        ("Veränderung aktuelles Jahr (2024) zum Vorjahr", UNKNOWN_PERIOD),
        ("5. Quartal 2020", UNKNOWN_PERIOD),
        ("Brumaire 2020", UNKNOWN_PERIOD),
        ("0023", UNKNOWN_PERIOD),
        ("²⁰²³", UNKNOWN_PERIOD),
    ],
)
def test_parse_period_refuses_with_a_hint(label, message):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 -- the whole sentence is compared
        parse_period(label)

    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("frequency", "day", "end", "following"),
    [
        (Frequency.YEAR, date(2024, 1, 1), date(2024, 12, 31), date(2025, 12, 31)),
        (Frequency.YEAR, date(2024, 12, 31), date(2024, 12, 31), date(2025, 12, 31)),
        (Frequency.SCHOOL_YEAR, date(2024, 7, 31), date(2024, 7, 31), date(2025, 7, 31)),
        (Frequency.SCHOOL_YEAR, date(2024, 8, 1), date(2025, 7, 31), date(2026, 7, 31)),
        (Frequency.HALF, date(2024, 7, 1), date(2024, 12, 31), date(2025, 6, 30)),
        (Frequency.QUARTER, date(2024, 2, 3), date(2024, 3, 31), date(2024, 6, 30)),
        (Frequency.MONTH, date(2024, 2, 3), date(2024, 2, 29), date(2024, 3, 31)),
        (Frequency.AD_HOC, date(2024, 2, 3), date(2024, 2, 3), date(2024, 2, 4)),
    ],
)
def test_period_end_is_the_last_day_of_the_rhythm(frequency, day, end, following):
    assert period_end(day, frequency) == end
    assert next_period_end(day, frequency) == following


def test_position_gives_all_years_the_same_length():
    ends = [position(date(year, 12, 31)) for year in range(2018, 2026)]

    assert {after - before for before, after in pairwise(ends)} == {365 * 366}
