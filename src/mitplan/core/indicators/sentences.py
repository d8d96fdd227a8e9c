"""The status of a goal as sentences, with every number that led to it."""

from collections.abc import Iterator

from mitplan.core.indicators import phrases
from mitplan.core.indicators.contradictions import problems
from mitplan.core.indicators.results import Assessment, Reason, Result
from mitplan.core.indicators.values import Bound, Deliverable, Target
from mitplan.core.indicators.wording import Phrase, Scale, Sentence, Term, Value
from mitplan.core.indicators.words import PROBLEMS, PROVISIONAL, REASONS, WORDS


def sentence(
    assessment: Assessment, unit: str = "", decimals: int = 1, *, levels: tuple[str, ...] = ()
) -> Sentence:
    """Say what a status rests on: value, plan, deviation, rule, state of the data, method."""
    scale = Scale(unit, decimals, levels)
    code = ".".join(filter(None, (assessment.result, assessment.reason)))
    said = (
        _head(assessment),
        *_reason(assessment),
        *_facts(assessment, scale),
        *_rule(assessment, scale),
        *_state(assessment),
        Phrase(phrases.METHOD_USED, {"method": assessment.method}),
    )
    return Sentence(code, said)


def _head(assessment: Assessment) -> Phrase:
    word = Term(WORDS[assessment.result])
    if assessment.provisional:
        return Phrase(phrases.HEAD_PROVISIONAL, {"word": word, "suffix": Term(PROVISIONAL)})
    return Phrase(phrases.HEAD, {"word": word})


def _reason(assessment: Assessment) -> Iterator[Phrase]:
    if assessment.reason is not None:
        yield Phrase(REASONS[assessment.reason])
    if assessment.reason is Reason.CONTRADICTION:
        yield from (Phrase(PROBLEMS[problem]) for problem in problems(assessment.goal))


def _facts(assessment: Assessment, scale: Scale) -> Iterator[Phrase]:
    match assessment.goal:
        case Target() as target:
            return _target_facts(assessment, target, scale)
        case Bound() as bound:
            return _bound_facts(assessment, bound, scale)
        case Deliverable() as deliverable:
            return _deliverable_facts(deliverable)


def _target_facts(assessment: Assessment, target: Target, scale: Scale) -> Iterator[Phrase]:
    measured = _measured(assessment, scale)
    if measured and assessment.expected is not None:
        yield Phrase(phrases.MEASURED, {**measured, "expected": scale.show(assessment.expected)})
        yield from _deviation(assessment, scale)
        yield from _lag(assessment, target, scale)
    elif measured:
        yield Phrase(phrases.VALUE_ONLY, measured)
    if target.target is not None and target.target_on is not None:
        values: dict[str, Value] = {"target": scale.show(target.target), "day": target.target_on}
        yield Phrase(phrases.TARGET, values)


def _measured(assessment: Assessment, scale: Scale) -> dict[str, Value]:
    seen = assessment.observation
    if seen is None or seen.value is None:
        return {}
    return {"value": scale.show(seen.value), "period": seen.label or seen.period_end}


def _deviation(assessment: Assessment, scale: Scale) -> Iterator[Phrase]:
    deviation = assessment.deviation
    if deviation is None:
        return
    if deviation == 0:
        yield Phrase(phrases.AS_PLANNED)
    else:
        template = phrases.BETTER if deviation > 0 else phrases.WORSE
        yield Phrase(template, {"deviation": scale.difference(deviation)})


def _lag(assessment: Assessment, target: Target, scale: Scale) -> Iterator[Phrase]:
    progress, lag = assessment.progress_raw, assessment.lag_months
    if lag is None and progress is not None and progress < 0 and target.baseline is not None:
        yield Phrase(phrases.BELOW_START, {"baseline": scale.show(target.baseline)})
    elif lag in (1, -1):
        yield Phrase(phrases.BEHIND_ONE if lag > 0 else phrases.AHEAD_ONE)
    elif lag:
        template = phrases.BEHIND if lag > 0 else phrases.AHEAD
        yield Phrase(template, {"months": abs(lag)})


def _bound_facts(assessment: Assessment, bound: Bound, scale: Scale) -> Iterator[Phrase]:
    measured = _measured(assessment, scale)
    if measured:
        yield Phrase(phrases.VALUE_ONLY, measured)
    limits = {"at_least": bound.at_least, "at_most": bound.at_most}
    shown = {name: scale.show(limit) for name, limit in limits.items() if limit is not None}
    if shown:
        yield Phrase(_LIMITS[tuple(shown)], shown)
    if assessment.deviation:
        yield Phrase(phrases.OUTSIDE, {"deviation": scale.difference(assessment.deviation)})


_LIMITS = {
    ("at_least",): phrases.AT_LEAST,
    ("at_most",): phrases.AT_MOST,
    ("at_least", "at_most"): phrases.CORRIDOR,
}


def _deliverable_facts(deliverable: Deliverable) -> Iterator[Phrase]:
    if deliverable.due_on is not None:
        yield Phrase(phrases.DUE, {"day": deliverable.due_on})
    if deliverable.done_on is not None:
        yield Phrase(phrases.DONE, {"day": deliverable.done_on})


def _rule(assessment: Assessment, scale: Scale) -> Iterator[Phrase]:
    template, values = _rule_template(assessment), _rule_values(assessment, scale)
    if template:
        used = {name: value for name, value in values.items() if f"%({name})s" in template}
        yield Phrase(template, used)


def _rule_template(assessment: Assessment) -> str:
    match assessment.goal:
        case Target():
            return phrases.TARGET_RULES.get(assessment.result, "")
        case Bound():
            first = assessment.previous is None and assessment.result is Result.OFF_TRACK
            known = phrases.BOUND_RULES.get(assessment.result, "")
            return phrases.FIRST_OUTSIDE if first else known
        case Deliverable():
            return phrases.DELIVERABLE_RULES.get(assessment.result, "")


def _rule_values(assessment: Assessment, scale: Scale) -> dict[str, Value]:
    if isinstance(assessment.goal, Bound):
        return {"tolerance": scale.difference(assessment.goal.tolerance)}
    if assessment.margins is None:
        return {}
    near, far = assessment.margins
    return {"near": scale.difference(near), "far": scale.difference(far)}


def _state(assessment: Assessment) -> Iterator[Phrase]:
    yield Phrase(_state_template(assessment), {"day": assessment.as_of})
    if assessment.overdue and assessment.reason is None:
        yield Phrase(phrases.OVERDUE)


def _state_template(assessment: Assessment) -> str:
    seen = assessment.observation
    if isinstance(assessment.goal, Deliverable):
        return phrases.REPORTED
    if seen is None or seen.value is None:
        return phrases.NO_VALUE
    return phrases.PROVISIONAL_VALUE if seen.provisional else phrases.FINAL_VALUE
