"""The inputs of an assessment as plain text, so that it can be stored and repeated."""

from datetime import date, timedelta
from decimal import Decimal

from mitplan.core.indicators.periods import Frequency
from mitplan.core.indicators.results import Assessment
from mitplan.core.indicators.values import Bound, Deliverable, Goal, Observation, Target

Inputs = dict[str, str]


def record(assessment: Assessment, frequency: Frequency, lag: timedelta) -> Inputs:
    """Write down what went into an assessment; what was not given is left out."""
    inputs = {
        "as_of": assessment.as_of.isoformat(),
        "frequency": str(frequency),
        "publication_lag_days": str(lag.days),
        **_goal(assessment.goal),
    }
    if assessment.observation is not None:
        inputs |= _observation(assessment.observation)
    if assessment.previous is not None:
        inputs["previous_period_end"] = assessment.previous.period_end.isoformat()
        inputs["previous_value"] = _text(assessment.previous.value)
    return {name: value for name, value in inputs.items() if value}


def _goal(goal: Goal) -> Inputs:
    match goal:
        case Target():
            return {"type": "target", **_target(goal)}
        case Bound():
            return {
                "type": "bound",
                "at_least": _text(goal.at_least),
                "at_most": _text(goal.at_most),
                "tolerance": _text(goal.tolerance),
                "until": _text(goal.until),
            }
        case Deliverable():
            return {
                "type": "deliverable",
                "due_on": _text(goal.due_on),
                "done_on": _text(goal.done_on),
            }


def _target(target: Target) -> Inputs:
    return {
        "baseline": _text(target.baseline),
        "baseline_on": _text(target.baseline_on),
        "target": _text(target.target),
        "target_on": _text(target.target_on),
        "direction": _text(target.direction and int(target.direction)),
        "tolerance": _text(target.tolerance),
        "interim": "; ".join(f"{point.on}={point.value:f}" for point in target.interim),
        "shape": str(target.shape),
        "decline_reason": target.decline_reason,
        "break_bridged": "yes" if target.break_bridged else "",
        "ordinal": "yes" if target.ordinal else "",
    }


def _observation(observation: Observation) -> Inputs:
    return {
        "period_end": observation.period_end.isoformat(),
        "period": observation.label,
        "value": _text(observation.value),
        "missing": str(observation.missing or ""),
        "standard_error": _text(observation.standard_error or None),
        "provisional": "yes" if observation.provisional else "no",
    }


def _text(value: Decimal | date | int | None) -> str:
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
