"""Blacking out words for the public with a reason, and erasing for good what stood there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mitplan.accounts.models import Role, User
from mitplan.common import audit, triggers
from mitplan.common.languages import in_plan_language
from mitplan.conference.permissions import require
from mitplan.participation import permissions
from mitplan.participation.models import LetterBlock, Point, Redaction, Submission
from mitplan.participation.queries.redactions import BLACK


@dataclass(frozen=True, slots=True)
class RedactionValues:
    """What is blacked out where, and why. `words` are exact quotes from the part."""

    part: Redaction.Part
    words: tuple[str, ...]
    ground: Redaction.Ground
    reason: str


@transaction.atomic
def redact(
    *,
    submission: Submission,
    point: Point | None,
    values: RedactionValues,
    by: User,
    at: datetime,
) -> Redaction:
    """Black words out wherever they stand in a part; what stood there is kept for the secretariat."""
    require(allowed=permissions.may_run_consultations(by))
    held: Submission | Point = point or submission
    stored = type(held)._base_manager.select_for_update(no_key=True).get(pk=held.pk)
    text: str = getattr(stored, values.part)
    with in_plan_language():
        office = str(Role.SECRETARIAT.label)
    redaction = Redaction(
        submission=submission,
        point=point,
        part=values.part,
        original=text,
        ground=values.ground,
        reason=values.reason.strip(),
        redacted_by=by,
        redacted_as=office,
        redacted_at=at,
    )
    redaction.full_clean(exclude=["submission", "point", "redacted_by"])
    _write(held, values.part, _blackened(text, values.words))
    _blacken_blocks(submission, values.words)
    redaction.save()
    audit.record(
        "participation.redacted",
        on=redaction,
        by=by,
        at=at,
        submission=submission.number,
        point=point.number if point else "",
        part=values.part,
        ground=values.ground,
        reason=redaction.reason,
    )
    return redaction


def _blackened(text: str, words: Iterable[str]) -> str:
    for each in words:
        if each not in text:
            raise ValidationError(
                {
                    "words": ValidationError(
                        _("«%(words)s» steht dort nicht. Bitte genau so schreiben wie im Text."),
                        params={"words": each},
                    )
                }
            )
        text = text.replace(each, BLACK)
    return text


def _write(held: Submission | Point, part: str, text: str) -> None:
    """Change one field of a frozen row; redaction is the only act that may."""
    with triggers.lifted(type(held)):
        type(held)._base_manager.filter(pk=held.pk).update(**{part: text})
    setattr(held, part, text)


def _blacken_blocks(submission: Submission, words: Iterable[str]) -> None:
    """Black the same words out in the blocks into which the letter was cut."""
    for block in LetterBlock.objects.filter(split__submission=submission):
        text = block.text
        for each in words:
            text = text.replace(each, BLACK)
        if text != block.text:
            block.text = text
            block.save(update_fields=["text"])


@transaction.atomic
def erase_original(*, redaction: Redaction, by: User, at: datetime) -> Redaction:
    """Erase for good what stood there, where the law demands it; the fingerprint can then not be recomputed."""
    require(allowed=permissions.may_run_consultations(by))
    redaction = Redaction.objects.select_for_update(no_key=True).get(pk=redaction.pk)
    if redaction.erased_at:
        raise ValidationError(_("Der ursprüngliche Text ist schon gelöscht."))
    redaction.original, redaction.erased_at = "", at
    redaction.save(update_fields=["original", "erased_at"])
    audit.record(
        "participation.redaction.erased",
        on=redaction,
        by=by,
        at=at,
        submission=redaction.submission.number,
    )
    return redaction
