"""Dates of history: known to the year, the month or the day."""

from datetime import date

import pytest

from mitplan.common.partial_dates import earliest_day, spoken


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
