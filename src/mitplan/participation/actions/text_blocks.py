"""Text blocks: sentences that reason many decisions."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mitplan.accounts.models import User
from mitplan.common import audit
from mitplan.conference.permissions import require
from mitplan.participation import permissions
from mitplan.participation.models import Outcome, ReasonCode, TextBlock


@dataclass(frozen=True, slots=True)
class TextBlockValues:
    """What a text block says."""

    key: str
    title: str
    outcome: Outcome
    reason_code: ReasonCode | None
    sentence: str


@transaction.atomic
def save_text_block(
    *, values: TextBlockValues, by: User, at: datetime, block: TextBlock | None = None
) -> TextBlock:
    """Write a text block, or write it anew; decisions already made keep their sentence."""
    require(allowed=permissions.may_decide(by))
    block = block or TextBlock()
    block.key, block.title = values.key, values.title
    block.outcome, block.sentence = values.outcome, values.sentence.strip()
    block.reason_code = values.reason_code or ""
    block.full_clean()
    block.save()
    audit.record("participation.text_block.saved", on=block, by=by, at=at, key=block.key)
    return block
