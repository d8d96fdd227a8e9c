"""From rows to a judgement: goals and observations become values of the core, and its answer words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from mitplan.core import indicators as core
from mitplan.core.indicators import phrases
from mitplan.monitoring.models import Indicator, Observation
from mitplan.plan.models import GoalRevision
from mitplan.ui.values import Status, spoken_date, spoken_quantity

WHOLE_LAND = "Land"
MISSING_BY_CODE = {missing.value: missing for missing in core.Missing} | {
    "published_later": core.Missing.LATER
}
_YEAR = re.compile(r"\d{4}")
_WHY_NOT = {*core.REASONS.values(), *core.PROBLEMS.values()}
_HOW_FAR = {
    phrases.BETTER,
    phrases.WORSE,
    phrases.AS_PLANNED,
    phrases.OUTSIDE,
    phrases.AT_LEAST,
    phrases.AT_MOST,
}
"""The phrases a list has room for: why there is no verdict, or how far the value is from the plan."""


@dataclass(frozen=True, slots=True)
class Series:
    """One line of data with what is needed to judge and show it."""

    code: str
    name: str
    unit: str
    decimals: int
    lag: timedelta
    observations: tuple[core.Observation, ...] = ()

    @property
    def frequency(self) -> core.Frequency:
        """Yearly where every period is a year; otherwise nothing is taken for granted."""
        labels = [item.label for item in self.observations]
        yearly = labels and all(_YEAR.fullmatch(label) for label in labels)
        return core.Frequency.YEAR if yearly else core.Frequency.AD_HOC


@dataclass(frozen=True, slots=True)
class Judgement:
    """The status of a goal today, ready to be shown."""

    assessment: core.Assessment
    unit: str
    decimals: int

    @property
    def result(self) -> str:
        """The result as it stands in addresses and files."""
        return str(self.assessment.result)

    @property
    def word(self) -> str:
        """The result as a word."""
        return word_of(self.assessment.result)

    @property
    def is_assessable(self) -> bool:
        """Whether there is a verdict about the way, not only a reason why there is none."""
        return self.assessment.result not in WITHOUT_VERDICT

    @property
    def sentence(self) -> str:
        """The whole sentence: value, plan, deviation, rule, state of the data, method."""
        return _worded(core.sentence(self.assessment, self.unit, self.decimals))

    @property
    def remark(self) -> str:
        """The part of the sentence that a list has room for."""
        whole = core.sentence(self.assessment, self.unit, self.decimals)
        wanted = _HOW_FAR if self.is_assessable else _WHY_NOT
        kept = tuple(phrase for phrase in whole.phrases if phrase.template in wanted)
        return _worded(core.Sentence(whole.code, kept))

    @property
    def status(self) -> Status:
        """Symbol, word and short sentence."""
        word = self.word
        if self.assessment.provisional:
            word = f"{word} ({_(core.PROVISIONAL)})"
        return Status(self.result, word, self.remark)


WITHOUT_VERDICT = {
    core.Result.NOT_ASSESSABLE,
    core.Result.NO_DATA,
    core.Result.NOT_YET_DUE,
    core.Result.CONTRADICTION,
    core.Result.SUSPENDED,
    core.Result.ENDED,
}


NOT_JUDGED = {core.Result.SUSPENDED, core.Result.ENDED}
"""Results people will give, not series; until they can, no goal has them."""


def word_of(result: core.Result) -> str:
    """Return a result as a word."""
    return _(core.WORDS[result])


def results() -> list[tuple[str, str]]:
    """Return every result that a goal can have today, the good ones first."""
    return [(str(result), word_of(result)) for result in core.WORDS if result not in NOT_JUDGED]


def judge(revision: GoalRevision, series: Series | None, today: date) -> Judgement:
    """Judge a goal by its series; a goal without a series has no data."""
    known = series or Series("", "", revision.unit, 1, timedelta(0))
    assessment = core.assess(
        goal_value(revision),
        known.observations,
        today,
        frequency=known.frequency if known.observations else core.Frequency.YEAR,
        publication_lag=known.lag,
    )
    return Judgement(assessment, revision.unit or known.unit, known.decimals)


def goal_value(revision: GoalRevision) -> core.Goal:
    """Return what a goal demands.

    A value to be kept is an upper bound where the start lies below it, else a lower bound.
    """
    if revision.rule == GoalRevision.Rule.REACH:
        return core.Target(
            baseline=trimmed(revision.baseline),
            baseline_on=revision.baseline_on,
            target=trimmed(revision.target),
            target_on=revision.target_on,
        )
    bound = trimmed(revision.target)
    if bound is not None and revision.baseline is not None and revision.baseline < bound:
        return core.Bound(at_most=bound, until=revision.target_on)
    return core.Bound(at_least=bound, until=revision.target_on)


def headline_series(codes: Iterable[str]) -> dict[str, Series]:
    """Return the headline series of indicators by code, in two statements.

    It is the series of the whole Land for the group the indicator itself names, or else the
    undivided one; series are never joined.
    """
    indicators = {each.code: each for each in Indicator.objects.filter(code__in=set(codes))}
    rows = Observation.objects.filter(
        indicator__in=indicators.values(), region_kind=WHOLE_LAND, period_end__isnull=False
    ).order_by("period_end")
    by_group: dict[tuple[int, str], list[core.Observation]] = {}
    for indicator, group, *values in rows.values_list("indicator_id", "group", *OBSERVED):
        by_group.setdefault((indicator, group), []).append(observation_value(*values))
    return {code: series_of(each, _headline(each, by_group)) for code, each in indicators.items()}


def _headline(
    indicator: Indicator, by_group: dict[tuple[int, str], list[core.Observation]]
) -> list[core.Observation]:
    named = by_group.get((indicator.pk, indicator.group))
    return named or by_group.get((indicator.pk, ""), [])


def series_of(indicator: Indicator, observations: Iterable[core.Observation]) -> Series:
    """Return observations as a series of an indicator."""
    return Series(
        code=indicator.code,
        name=indicator.name,
        unit=indicator.unit,
        decimals=indicator.decimals,
        lag=timedelta(days=indicator.publication_lag_days),
        observations=tuple(observations),
    )


OBSERVED = ("period_end", "period", "value", "missing_reason", "is_provisional")


def observation_value(
    period_end: date,
    period: str,
    value: Decimal | None,
    missing_reason: str,
    is_provisional: bool,  # noqa: FBT001 – in the order of OBSERVED
) -> core.Observation:
    """Return the columns of `OBSERVED` as a value of the core."""
    missing = (
        MISSING_BY_CODE.get(missing_reason, core.Missing.NOT_COLLECTED) if value is None else None
    )
    return core.Observation(
        period_end=period_end,
        value=trimmed(value),
        provisional=is_provisional,
        label=period,
        missing=missing,
    )


def latest(observations: Sequence[core.Observation]) -> core.Observation | None:
    """Return the last observation that has a value."""
    known = [item for item in observations if item.value is not None]
    return known[-1] if known else None


def trimmed(value: Decimal | None) -> Decimal | None:
    """Return a number without the zeros a column adds."""
    if value is None:
        return None
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def in_period(value: Decimal | None, unit: str, period: str) -> str:
    """Return a number with unit and period: 42 % (2022)."""
    said = spoken_quantity(value, unit)
    return f"{said} ({period})" if said and period else said


def _worded(sentence: core.Sentence) -> str:
    return sentence.text(translate=_, number=_number, day=spoken_date)


def _number(number: core.Quantity) -> str:
    unit = _(number.unit) if number.unit else ""
    return spoken_quantity(number.value, unit, number.decimals)
