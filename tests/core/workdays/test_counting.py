from datetime import UTC, date, datetime, timedelta

import pytest

from mitplan.core.workdays import (
    Progress,
    closes_at,
    closing_day,
    elapsed,
    is_working_day,
    public_holiday,
    working_days_before,
    working_days_between,
)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "Neujahr"),
        (date(2026, 4, 3), "Karfreitag"),
        (date(2026, 4, 6), "Ostermontag"),
        (date(2026, 5, 1), "Erster Mai"),
        (date(2026, 5, 14), "Christi Himmelfahrt"),
        (date(2026, 5, 25), "Pfingstmontag"),
        (date(2026, 6, 4), "Fronleichnam"),
        (date(2026, 10, 3), "Tag der Deutschen Einheit"),
        (date(2026, 12, 25), "Erster Weihnachtstag"),
        (date(2026, 12, 26), "Zweiter Weihnachtstag"),
    ],
)
def test_public_holiday_of_hessen_is_no_working_day(day, name):
    assert public_holiday(day) == name
    assert not is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 6),  # Epiphany: elsewhere
        date(2026, 8, 15),  # Assumption: elsewhere, and a Saturday
        date(2026, 11, 1),  # All Saints: elsewhere, and a Sunday
        date(2027, 11, 1),  # All Saints on a Monday
    ],
)
def test_public_holiday_of_another_land_only_counts_by_weekday(day):
    assert public_holiday(day) == ""
    assert is_working_day(day) == (day.weekday() < 5)


def test_reformation_day_is_free_in_its_jubilee_year_only():
    assert not is_working_day(date(2017, 10, 31))
    assert is_working_day(date(2018, 10, 31))


def test_is_working_day_before_the_record_is_refused():
    with pytest.raises(ValueError, match="from 1991 on"):
        is_working_day(date(1990, 12, 31))


def test_closing_day_does_not_count_the_day_of_opening():
    monday = date(2026, 9, 7)

    assert closing_day(monday, 1) == date(2026, 9, 8)
    assert closing_day(monday, 5) == date(2026, 9, 14)


def test_closing_day_is_the_same_for_an_opening_on_any_day_of_a_free_weekend():
    openings = [date(2026, 9, 4), date(2026, 9, 5), date(2026, 9, 6)]

    assert {closing_day(day) for day in openings} == {date(2026, 10, 2)}


def test_closing_day_steps_over_easter():
    assert closing_day(date(2026, 3, 27), 10) == date(2026, 4, 14)


def test_closing_day_steps_over_the_turn_of_the_year():
    assert closing_day(date(2026, 12, 23), 3) == date(2026, 12, 29)
    assert closing_day(date(2026, 12, 30), 2) == date(2027, 1, 4)


def test_closing_day_without_a_working_day_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        closing_day(date(2026, 9, 7), 0)


@pytest.mark.parametrize("offset", range(0, 400, 7))
def test_closing_day_is_a_working_day_and_counts_back(offset):
    opened_on = date(2026, 1, 1) + timedelta(days=offset)

    closes_on = closing_day(opened_on, 20)

    assert is_working_day(closes_on)
    assert working_days_between(opened_on, closes_on) == 20


def test_working_days_between_is_zero_when_nothing_has_passed():
    day = date(2026, 9, 7)

    assert working_days_between(day, day) == 0
    assert working_days_between(day, day - timedelta(days=9)) == 0


@pytest.mark.parametrize(
    ("today", "progress"),
    [
        (date(2026, 9, 1), Progress(0, 20, 20)),  # not open yet
        (date(2026, 9, 4), Progress(0, 20, 20)),  # the day of opening
        (date(2026, 9, 7), Progress(1, 20, 19)),
        (date(2026, 9, 25), Progress(15, 20, 5)),
        (date(2026, 9, 27), Progress(15, 20, 5)),  # a Sunday changes nothing
        (date(2026, 10, 2), Progress(20, 20, 0)),  # the last day, open until midnight
        (date(2026, 11, 2), Progress(20, 20, 0)),
    ],
)
def test_elapsed_counts_the_running_day(today, progress):
    assert elapsed(date(2026, 9, 4), date(2026, 10, 2), today) == progress


def test_working_days_before_counts_neither_dispatch_nor_sitting():
    sitting_on = date(2026, 6, 12)

    assert working_days_before(date(2026, 5, 29), sitting_on) == 8  # Fronleichnam lies between
    assert working_days_before(date(2026, 6, 11), sitting_on) == 0
    assert working_days_before(sitting_on, sitting_on) == 0


def test_closes_at_is_the_last_second_in_summer_and_winter_time():
    assert closes_at(date(2026, 7, 1)) == datetime(2026, 7, 1, 21, 59, 59, tzinfo=UTC)
    assert closes_at(date(2026, 12, 1)) == datetime(2026, 12, 1, 22, 59, 59, tzinfo=UTC)
    assert closes_at(date(2026, 10, 25)) == datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC)
