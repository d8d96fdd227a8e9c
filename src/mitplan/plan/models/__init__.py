"""Rows of the plan."""

from mitplan.plan.models.changes import Acceptance, Amendment, ChangeOrigin, Settlement, TextChange
from mitplan.plan.models.editions import Edition, Entry, Passage, Plan, Wording
from mitplan.plan.models.goals import (
    FieldOfAction,
    Goal,
    GoalRevision,
    Measure,
    MeasureRevision,
)
from mitplan.plan.models.origins import Foundation, FoundationUse, Origin

__all__ = [
    "Acceptance",
    "Amendment",
    "ChangeOrigin",
    "Edition",
    "Entry",
    "FieldOfAction",
    "Foundation",
    "FoundationUse",
    "Goal",
    "GoalRevision",
    "Measure",
    "MeasureRevision",
    "Origin",
    "Passage",
    "Plan",
    "Settlement",
    "TextChange",
    "Wording",
]
