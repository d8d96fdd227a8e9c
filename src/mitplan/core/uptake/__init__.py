"""Uptake: the published rates, and the claims inside a text that a rate is about."""

from mitplan.core.uptake.claims import blocks, sentences
from mitplan.core.uptake.rates import (
    BROAD,
    COUNTED,
    OTHER,
    SMALLEST_CELL,
    DecidedPoint,
    Outcome,
    Row,
    Uptake,
    breakdown,
    by_field,
    by_organisation_type,
    coarsen,
    median_days,
    uptake,
)

__all__ = [
    "BROAD",
    "COUNTED",
    "OTHER",
    "SMALLEST_CELL",
    "DecidedPoint",
    "Outcome",
    "Row",
    "Uptake",
    "blocks",
    "breakdown",
    "by_field",
    "by_organisation_type",
    "coarsen",
    "median_days",
    "sentences",
    "uptake",
]
