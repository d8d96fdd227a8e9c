"""Method M-T: the status of a goal on a day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Context, localcontext

from mitplan.core.indicators.bounds import assess_bound
from mitplan.core.indicators.inputs import record
from mitplan.core.indicators.periods import Frequency, months, position
from mitplan.core.indicators.results import Assessment, Reason, Result
from mitplan.core.indicators.schedule import Schedule, known
from mitplan.core.indicators.trajectory import assess_target
from mitplan.core.indicators.values import Bound, Deliverable, Goal, Observation, Target

_EXACT = Context(prec=60)
"""So many digits that no comparison is ever decided by rounding; docs/algorithms/trajectory.md."""
_NO_LAG = timedelta(0)


def assess(
    goal: Goal,
    observations: Sequence[Observation],
    as_of: date,
    *,
    frequency: Frequency = Frequency.AD_HOC,
    publication_lag: timedelta = _NO_LAG,
) -> Assessment:
    """Return the status of a goal on a day.

    The observations are one series in its newest vintage. Periods that end after `as_of` are
    forecasts and left out. With a frequency, every day counts as the end of its period.
    """
    schedule = Schedule(as_of, frequency, publication_lag)
    with localcontext(_EXACT):
        found = _assess(goal, known(observations, schedule), schedule)
    return replace(found, inputs=record(found, frequency, publication_lag))


def _assess(goal: Goal, items: Sequence[Observation], schedule: Schedule) -> Assessment:
    match goal:
        case Target():
            return assess_target(goal, items, schedule)
        case Bound():
            return assess_bound(goal, items, schedule)
        case Deliverable():
            return _assess_deliverable(goal, schedule.as_of)


def _assess_deliverable(goal: Deliverable, as_of: date) -> Assessment:
    """Something is there or it is not; late is still there."""
    blank = Assessment(Result.NOT_ASSESSABLE, goal, as_of, {})
    if goal.due_on is None:
        return replace(blank, reason=Reason.NO_DATE)
    if goal.done_on is None or goal.done_on > as_of:
        late = as_of > goal.due_on
        return replace(blank, result=Result.MISSED if late else Result.NOT_YET_DUE)
    early = goal.done_on < goal.due_on
    return replace(
        blank,
        result=Result.ACHIEVED_EARLY if early else Result.ACHIEVED,
        lag_months=months(position(goal.done_on) - position(goal.due_on)),
    )
