"""What people write beside the text: remarks at a passage, answers to questions, topics of their own.

Each function may be called again and again with the same words, so a page can save by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mitplan.core.text.base import Base
from mitplan.core.text.tokens import normalise
from mitplan.participation.actions.submissions import (
    PointValues,
    begin_submission,
    remove_point,
    save_point,
)
from mitplan.participation.models import Consultation, Point, Question, Submission
from mitplan.participation.permissions import Seat
from mitplan.participation.queries.proposals import (
    Change,
    changes_of,
    operations_of,
    require_fitting,
)
from mitplan.participation.queries.remarks import (
    Standing,
    Wish,
    proposals_in,
    standing_at,
    wording_in,
    written_change,
)
from mitplan.plan.models import FieldOfAction, Passage
from mitplan.plan.queries import document_of


@dataclass(frozen=True, slots=True)
class RemarkValues:
    """What somebody writes at a passage: what shall happen to it, or only a comment.

    `belongs_to` names another point of the draft whose proposal the change is part of; its reason is the
    one that was written there.
    """

    proposal: Point.Proposal = Point.Proposal.REWORD
    proposed_text: str = ""
    comment: str = ""
    kind: Point.Kind = Point.Kind.SUGGESTION
    target: Passage | None = None
    new_kind: str = ""
    belongs_to: int | None = None

    @property
    def inserts(self) -> bool:
        """Whether the words are to stand behind the passage."""
        return self.proposal == Point.Proposal.INSERT_AFTER


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
    desk = _Desk(submission, seat, at)
    standing = standing_at(submission, passage.pk, inserts=values.inserts)
    change = written_change(
        consultation.edition,
        passage,
        Wish(values.proposal, values.proposed_text, values.target, values.new_kind),
    )
    comment = normalise(values.comment).strip()
    if change is None:
        return _save_comment(desk, passage, values, comment, standing)
    return _save_change(desk, change, values, comment, standing)


@dataclass(frozen=True, slots=True)
class _Desk:
    """A draft, and who writes in it when."""

    submission: Submission
    seat: Seat
    at: datetime

    def save(self, values: PointValues, point: Point | None = None) -> Point:
        return save_point(
            submission=self.submission, values=values, seat=self.seat, at=self.at, point=point
        )

    def propose(
        self, changes: Sequence[Change], text: str, reason: str, point: Point | None
    ) -> Point:
        """Save a proposal after making sure that its changes fit the text and each other."""
        base = Base(document_of(self.submission.consultation.edition))
        keys = map("neu{}".format, count(1))
        require_fitting(changes, operations_of(changes, base.document, keys.__next__), base)
        return self.save(_amendment(changes, text, reason), point)

    def take_out(self, standing: Standing) -> None:
        """Take one change out of its proposal; without any change left, the point goes."""
        if standing.others:
            point = standing.point
            self.save(_amendment(standing.others, point.text, point.reason), point)
        else:
            remove_point(point=standing.point, seat=self.seat, at=self.at)


def _amendment(changes: Sequence[Change], text: str, reason: str) -> PointValues:
    first, *further = changes
    return PointValues(
        kind=Point.Kind.AMENDMENT,
        text=text,
        reason=reason,
        passage=first.passage,
        quote=first.quote,
        proposal=first.proposal,
        proposed_text=first.text,
        target=first.target,
        new_kind=first.new_kind,
        further=further,
    )


def _save_comment(
    desk: _Desk, passage: Passage, values: RemarkValues, comment: str, standing: Standing | None
) -> Point | None:
    """Save a mere comment; a change that stood here leaves its proposal, whose reason stays there."""
    is_shared = standing is not None and bool(standing.others)
    if values.inserts or (standing and is_shared and comment == standing.point.reason):
        comment = ""
    if standing and (is_shared or not comment):
        desk.take_out(standing)
    if not comment:
        return None
    quote = wording_in(desk.submission.consultation.edition, passage)
    wanted = PointValues(kind=values.kind, passage=passage, quote=quote, text=comment, further=())
    return desk.save(wanted, standing.point if standing and not is_shared else None)


def _save_change(
    desk: _Desk, change: Change, values: RemarkValues, comment: str, standing: Standing | None
) -> Point:
    """Save a change as a proposal of its own, or as part of the one it belongs to."""
    home = _home(desk.submission, values, standing)
    if standing and home and home.pk == standing.point.pk:
        reason = home.reason if standing.index else comment
        return desk.propose(standing.with_change(change), "", reason, home)
    if standing:
        desk.take_out(standing)
    if home is None:
        return desk.propose([change], "", comment, None)
    return desk.propose([*changes_of(home), change], home.text, home.reason, home)


def _home(submission: Submission, values: RemarkValues, standing: Standing | None) -> Point | None:
    """Return the point whose proposal a change is part of; nothing for a new one."""
    if values.belongs_to is None:
        return standing.point if standing and not standing.index else None
    home = proposals_in(submission).filter(pk=values.belongs_to).first()
    if home is None:
        raise ValidationError(
            _("Den Vorschlag, zu dem diese Änderung gehören soll, gibt es nicht mehr.")
        )
    return home


@transaction.atomic
def take_out_change(
    *, submission: Submission, passage: Passage, inserts: bool, seat: Seat, at: datetime
) -> None:
    """Take one change out of a draft; the others of its proposal stay."""
    standing = standing_at(submission, passage.pk, inserts=inserts)
    if standing:
        _Desk(submission, seat, at).take_out(standing)


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
