"""Rows of participation."""

from mitplan.participation.models.consultations import (
    Audience,
    Consultation,
    Invitation,
    Question,
)
from mitplan.participation.models.decisions import (
    UPTAKE,
    Advice,
    Decision,
    Outcome,
    ReasonCode,
    TextBlock,
)
from mitplan.participation.models.rebasings import Rebasing
from mitplan.participation.models.submissions import (
    FurtherChange,
    NoRemark,
    Point,
    Submission,
)

__all__ = [
    "UPTAKE",
    "Advice",
    "Audience",
    "Consultation",
    "Decision",
    "FurtherChange",
    "Invitation",
    "NoRemark",
    "Outcome",
    "Point",
    "Question",
    "ReasonCode",
    "Rebasing",
    "Submission",
    "TextBlock",
]
