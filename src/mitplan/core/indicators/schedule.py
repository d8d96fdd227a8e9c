"""When values may be expected, and which of the known ones decides."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mitplan.core.indicators.periods import Frequency, next_period_end, period_end
from mitplan.core.indicators.results import Assessment, Reason, Result
from mitplan.core.indicators.values import ZERO, Missing, Observation

WITHHELD = {
    Missing.SUPPRESSED: Reason.SUPPRESSED,
    Missing.NOT_PRECISE: Reason.NOT_PRECISE,
    Missing.NOT_COMPARABLE: Reason.NOT_COMPARABLE,
}
"""Values that exist but cannot be used; all other missing values are simply not there."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """The day of the assessment, the rhythm of the series, and how long a publication takes."""

    as_of: date
    frequency: Frequency
    lag: timedelta

    def end(self, day: date) -> date:
        """Return the end of the period a day lies in."""
        return period_end(day, self.frequency)

    def published(self, end: date) -> bool:
        """Tell whether a value for a period that ended on a day should be there by now."""
        return self.as_of > end + self.lag

    def overdue_after(self, day: date) -> bool:
        """Tell whether the period that follows a day should have been published by now."""
        if self.frequency is Frequency.AD_HOC:
            return False
        return self.published(next_period_end(day, self.frequency))


def known(observations: Sequence[Observation], schedule: Schedule) -> list[Observation]:
    """Keep what can be judged or was withheld, in order of time; no period of the future."""
    past = (veil(item) for item in observations if item.period_end <= schedule.as_of)
    kept = (item for item in past if item.value is not None or item.missing in WITHHELD)
    return sorted(kept, key=lambda item: item.period_end)


def veil(observation: Observation) -> Observation:
    """Drop a value that must not be used, with all that would give away its size."""
    if observation.missing is None:
        return observation
    return replace(observation, value=None, standard_error=ZERO)


def deciding(
    items: Sequence[Observation], start: date, end: date, schedule: Schedule
) -> Observation | None:
    """Return the first observation for the end of a goal's time, else the latest inside it."""
    inside = [item for item in items if schedule.end(item.period_end) > start]
    final = (item for item in inside if schedule.end(item.period_end) >= end)
    return next(final, inside[-1] if inside else None)


def withhold(blank: Assessment, observation: Observation) -> Assessment:
    """Name why a value cannot be used."""
    reason = WITHHELD[observation.missing] if observation.missing else None
    return replace(blank, result=Result.NOT_ASSESSABLE, reason=reason, observation=observation)


def await_value(judged: Assessment, end: date, schedule: Schedule) -> Assessment:
    """Say that the time is over but the value that decides is not there: that is no failure."""
    late = schedule.published(end)
    return replace(
        judged,
        result=Result.NO_DATA if late else Result.NOT_YET_DUE,
        reason=Reason.OVERDUE_DATA if late else Reason.PUBLICATION_NOT_DUE,
        overdue=late,
    )
