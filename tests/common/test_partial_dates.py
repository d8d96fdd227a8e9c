"""Dates of history: known to the year, the month or the day."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mitplan.common.partial_dates import (
    PartialDateField,
    earliest_day,
    holds,
    latest_day,
    spoken,
    spoken_span,
)


@pytest.mark.parametrize(
    ("partial", "day"),
    [
        ("2016", date(2016, 1, 1)),
        ("2016-03", date(2016, 3, 1)),
        ("2016-03-19", date(2016, 3, 19)),
    ],
)
def test_earliest_day_fills_up_with_the_beginning(partial, day):
    assert earliest_day(partial) == day


@pytest.mark.parametrize(
    ("partial", "words"),
    [("", ""), ("2016", "2016"), ("2016-03", "März 2016"), ("2016-03-19", "19. März 2016")],
)
def test_spoken_says_no_more_than_is_known(partial, words):
    assert spoken(partial) == words


@pytest.mark.parametrize(
    ("partial", "expected"),
    [
        ("2016", date(2016, 12, 31)),
        ("2016-02", date(2016, 2, 29)),
        ("2016-03-19", date(2016, 3, 19)),
    ],
)
def test_latest_day_is_the_last_day_a_partial_date_can_mean(partial, expected):
    assert latest_day(partial) == expected


@pytest.mark.parametrize(
    ("begins", "ends", "expected"),
    [
        ("2000-04", "2019-12", "April 2000 bis Dezember 2019"),
        ("2009-09-14", "2009-09-14", "14. September 2009"),
        ("2024-09-23", "", "ab 23. September 2024"),
        ("", "2018", "bis 2018"),
        ("", "", ""),
    ],
)
def test_spoken_span_says_only_what_is_known(begins, ends, expected):
    assert spoken_span(begins, ends) == expected


@pytest.mark.parametrize(
    ("begins", "ends", "expected"),
    [
        ("", "", True),
        ("2016", "", True),
        ("2016-03-20", "", False),
        ("", "2016", True),
        ("", "2016-02", False),
        ("2016-03-19", "2016-03-19", True),
    ],
)
def test_holds_takes_the_widest_reading_of_a_partial_date(begins, ends, expected):
    assert holds(begins, ends, date(2016, 3, 19)) is expected


def test_partial_date_refuses_a_day_the_calendar_does_not_have():
    with pytest.raises(ValidationError, match="Den Tag 2016-02-31 gibt es nicht"):
        PartialDateField().run_validators("2016-02-31")
