"""Indicators: whether a measurable goal is on its way, said and drawn."""

from mitplan.core.indicators.assessing import assess
from mitplan.core.indicators.chart import Chart, Dot, TimeTick, ValueTick, line_chart
from mitplan.core.indicators.contradictions import Problem, problems
from mitplan.core.indicators.periods import Frequency, Period, parse_period
from mitplan.core.indicators.plot import Frame, Line, Spot
from mitplan.core.indicators.results import METHOD, Assessment, Reason, Result
from mitplan.core.indicators.sentences import sentence
from mitplan.core.indicators.values import (
    Bound,
    Deliverable,
    Direction,
    Goal,
    Missing,
    Observation,
    Shape,
    Target,
    Waypoint,
)
from mitplan.core.indicators.wording import (
    Phrase,
    Quantity,
    Sentence,
    german,
    german_day,
    german_number,
)
from mitplan.core.indicators.words import PROBLEMS, PROVISIONAL, REASONS, SYMBOLS, WORDS

__all__ = [
    "METHOD",
    "PROBLEMS",
    "PROVISIONAL",
    "REASONS",
    "SYMBOLS",
    "WORDS",
    "Assessment",
    "Bound",
    "Chart",
    "Deliverable",
    "Direction",
    "Dot",
    "Frame",
    "Frequency",
    "Goal",
    "Line",
    "Missing",
    "Observation",
    "Period",
    "Phrase",
    "Problem",
    "Quantity",
    "Reason",
    "Result",
    "Sentence",
    "Shape",
    "Spot",
    "Target",
    "TimeTick",
    "ValueTick",
    "Waypoint",
    "assess",
    "german",
    "german_day",
    "german_number",
    "line_chart",
    "parse_period",
    "problems",
    "sentence",
]
