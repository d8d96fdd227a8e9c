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
from mitplan.participation.models.mailings import Dispatch, MailChoice, ReminderSent
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
    "Dispatch",
    "FurtherChange",
    "Invitation",
    "LetterBlock",
    "LetterSplit",
    "MailChoice",
    "NoRemark",
    "Outcome",
    "Point",
    "Question",
    "ReasonCode",
    "Rebasing",
    "ReminderSent",
    "ReplyTemplate",
    "Submission",
    "TextBlock",
    "Upload",
]
