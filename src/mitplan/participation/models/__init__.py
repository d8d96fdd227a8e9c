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
from mitplan.participation.models.replies import ReplyTemplate
from mitplan.participation.models.submissions import (
    FurtherChange,
    NoRemark,
    Point,
    Submission,
)
from mitplan.participation.models.uploads import (
    Bulk,
    BulkLetter,
    LetterBlock,
    LetterSplit,
    Upload,
)

__all__ = [
    "UPTAKE",
    "Advice",
    "Audience",
    "Bulk",
    "BulkLetter",
    "Consultation",
    "Decision",
    "FurtherChange",
    "Invitation",
    "LetterBlock",
    "LetterSplit",
    "NoRemark",
    "Outcome",
    "Point",
    "Question",
    "ReasonCode",
    "Rebasing",
    "ReplyTemplate",
    "Submission",
    "TextBlock",
    "Upload",
]
