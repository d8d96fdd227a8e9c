from datetime import date

import pytest

from mitplan.core.workdays import (
    SchoolHoliday,
    school_holidays_known,
    school_holidays_within,
)

AUTUMN = SchoolHoliday("Herbstferien", date(2026, 10, 5), date(2026, 10, 17))
CHRISTMAS = SchoolHoliday("Weihnachtsferien", date(2026, 12, 23), date(2027, 1, 12))


def test_school_holidays_within_a_school_year_are_the_published_ones():
    assert school_holidays_within(date(2026, 9, 1), date(2027, 7, 1)) == (
        AUTUMN,
        CHRISTMAS,
        SchoolHoliday("Oster-/Frühjahrsferien", date(2027, 3, 22), date(2027, 4, 2)),
        SchoolHoliday("Sommerferien", date(2027, 6, 28), date(2027, 8, 6)),
    )


@pytest.mark.parametrize(
    ("first_on", "last_on", "found"),
    [
        (date(2026, 9, 7), date(2026, 10, 4), ()),
        (date(2026, 9, 7), date(2026, 10, 5), (AUTUMN,)),
        (date(2026, 10, 17), date(2026, 10, 17), (AUTUMN,)),
        (date(2026, 10, 18), date(2026, 12, 22), ()),
        (date(2027, 1, 1), date(2027, 1, 31), (CHRISTMAS,)),
    ],
)
def test_school_holidays_within_touching_by_one_day_are_found(first_on, last_on, found):
    assert school_holidays_within(first_on, last_on) == found


def test_school_holidays_known_says_no_for_years_nobody_has_set():
    assert school_holidays_known(date(2016, 1, 1), date(2027, 7, 1))
    assert not school_holidays_known(date(2027, 1, 1), date(2049, 1, 1))
    assert not school_holidays_known(date(2001, 1, 1), date(2016, 1, 1))
