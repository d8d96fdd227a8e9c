"""Working days in Hessen after §§ 187–188 BGB."""

from mitplan.core.workdays.counting import (
    Progress,
    closes_at,
    closing_day,
    elapsed,
    is_working_day,
    public_holiday,
    working_days_before,
    working_days_between,
)
from mitplan.core.workdays.school import (
    SchoolHoliday,
    school_holidays_known,
    school_holidays_within,
)

__all__ = [
    "Progress",
    "SchoolHoliday",
    "closes_at",
    "closing_day",
    "elapsed",
    "is_working_day",
    "public_holiday",
    "school_holidays_known",
    "school_holidays_within",
    "working_days_before",
    "working_days_between",
]
