"""Rows of participation."""

from mitplan.participation.models.anchors import Anchor
from mitplan.participation.models.carried_points import CarriedPoint
from mitplan.participation.models.consultations import (
    Audience,
    Consultation,
    Invitation,
    Question,
)
from mitplan.participation.models.cosigners import CoSigner
from mitplan.participation.models.decisions import (
    UPTAKE,
    Advice,
    Decision,
    Outcome,
    ReasonCode,
    TextBlock,
)
from mitplan.participation.models.extensions import Extension, ExtensionRequest
from mitplan.participation.models.groups import PointGroup, PointPair, UnequalAnswers
from mitplan.participation.models.mailings import Dispatch, MailChoice, ReminderSent
from mitplan.participation.models.objections import AgendaPoint, Objection
from mitplan.participation.models.rebasings import Rebasing
from mitplan.participation.models.redactions import Redaction
from mitplan.participation.models.replies import ReplyTemplate
from mitplan.participation.models.routing import AdviceRequest, TopicRoute
from mitplan.participation.models.saved_filters import SavedFilter
from mitplan.participation.models.sent_replies import SentReply
from mitplan.participation.models.submissions import (
    FurtherChange,
    NoRemark,
    Point,
    Submission,
)
from mitplan.participation.models.successions import Succession
from mitplan.participation.models.suggestions import LONGEST_SUGGESTION, Suggestion
from mitplan.participation.models.supports import Support
from mitplan.participation.models.uploads import (
    Bulk,
    BulkLetter,
    LetterBlock,
    LetterSplit,
    Upload,
)

__all__ = [
    "LONGEST_SUGGESTION",
    "UPTAKE",
    "Advice",
    "AdviceRequest",
    "AgendaPoint",
    "Anchor",
    "Audience",
    "Bulk",
    "BulkLetter",
    "CarriedPoint",
    "CoSigner",
    "Consultation",
    "Decision",
    "Dispatch",
    "Extension",
    "ExtensionRequest",
    "FurtherChange",
    "Invitation",
    "LetterBlock",
    "LetterSplit",
    "MailChoice",
    "NoRemark",
    "Objection",
    "Outcome",
    "Point",
    "PointGroup",
    "PointPair",
    "Question",
    "ReasonCode",
    "Rebasing",
    "Redaction",
    "ReminderSent",
    "ReplyTemplate",
    "SavedFilter",
    "SentReply",
    "Submission",
    "Succession",
    "Suggestion",
    "Support",
    "TextBlock",
    "TopicRoute",
    "UnequalAnswers",
    "Upload",
]
