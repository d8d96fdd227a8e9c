"""What people write beside the text: remarks at a passage, answers to questions, topics of their own.

Each function may be called again and again with the same words, so a page can save by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mitplan.core.text.tokens import normalise
from mitplan.participation.actions.submissions import (
    PointValues,
    begin_submission,
    remove_point,
    save_point,
)
from mitplan.participation.models import Consultation, Point, Question, Submission
from mitplan.participation.permissions import Seat
from mitplan.participation.queries.drafts import remark_at
from mitplan.plan.models import FieldOfAction, Passage


@dataclass(frozen=True, slots=True)
class RemarkValues:
    """What somebody writes at a passage: other words for it, that it goes, or only a comment.

    With `inserts` the proposed text is to stand behind the passage.
    """

    proposed_text: str = ""
    comment: str = ""
    kind: Point.Kind = Point.Kind.SUGGESTION
    deletes: bool = False
    inserts: bool = False


@transaction.atomic
def save_remark(
    *,
    consultation: Consultation,
    passage: Passage,
    values: RemarkValues,
    seat: Seat,
    at: datetime,
) -> Point | None:
    """Save the remark at a passage, or the text behind it; empty words take it away again."""
    submission = begin_submission(consultation=consultation, seat=seat, at=at)
    point = remark_at(submission, passage.pk, inserts=values.inserts)
    wanted = _point_values(consultation, passage, values)
    if wanted is None:
        if point:
            remove_point(point=point, seat=seat, at=at)
        return None
    return save_point(submission=submission, values=wanted, seat=seat, at=at, point=point)


def _point_values(
    consultation: Consultation, passage: Passage, values: RemarkValues
) -> PointValues | None:
    comment = normalise(values.comment).strip()
    text = normalise(values.proposed_text).strip()
    wording = _wording(consultation, passage)
    proposal = _proposal(values, text, wording)
    if proposal:
        return PointValues(
            kind=Point.Kind.AMENDMENT,
            passage=passage,
            quote=wording,
            reason=comment,
            proposal=proposal,
            proposed_text="" if proposal == Point.Proposal.DELETE else text,
        )
    if comment and not values.inserts:
        return PointValues(kind=values.kind, passage=passage, quote=wording, text=comment)
    return None


def _proposal(values: RemarkValues, text: str, wording: str) -> Point.Proposal:
    if values.inserts:
        return Point.Proposal.INSERT_AFTER if text else Point.Proposal.NONE
    if values.deletes:
        return Point.Proposal.DELETE
    return Point.Proposal.REWORD if text and text != wording.strip() else Point.Proposal.NONE


def _wording(consultation: Consultation, passage: Passage) -> str:
    entry = consultation.edition.entries.filter(passage=passage).select_related("wording").first()
    if entry is None:
        raise ValidationError(
            _("Die Textstelle %(number)s steht nicht in der Fassung, um die es geht."),
            params={"number": passage.number},
        )
    return entry.wording.text


@transaction.atomic
def save_answers(
    *, consultation: Consultation, answers: Mapping[Question, str], seat: Seat, at: datetime
) -> Submission:
    """Save the answers to the questions; an empty answer is none."""
    submission = begin_submission(consultation=consultation, seat=seat, at=at)
    known = {point.question_id: point for point in submission.points.exclude(question=None)}
    for question, text in answers.items():
        point = known.get(question.pk)
        if text.strip():
            values = PointValues(
                kind=Point.Kind.ANSWER, text=text, passage=question.passage, question=question
            )
            save_point(submission=submission, values=values, seat=seat, at=at, point=point)
        elif point:
            remove_point(point=point, seat=seat, at=at)
    return submission


@dataclass(frozen=True, slots=True)
class TopicValues:
    """A topic of one's own that stands at no passage."""

    kind: Point.Kind
    text: str
    reason: str = ""
    field: FieldOfAction | None = None


@transaction.atomic
def save_topic(
    *,
    consultation: Consultation,
    values: TopicValues,
    seat: Seat,
    at: datetime,
    point: Point | None = None,
) -> Point:
    """Save a topic of one's own; the very same topic sent twice stays one."""
    submission = begin_submission(consultation=consultation, seat=seat, at=at)
    text = normalise(values.text).strip()
    if point is None:
        topics = submission.points.filter(passage=None, question=None)
        point = topics.filter(kind=values.kind, text=text, field=values.field).first()
    wanted = PointValues(
        kind=values.kind, text=values.text, reason=values.reason, field=values.field
    )
    return save_point(submission=submission, values=wanted, seat=seat, at=at, point=point)
