"""What an organisation has written so far, as the pages of taking part show it."""

from collections.abc import Iterable
from dataclasses import dataclass

from mitplan.conference.models import Organisation
from mitplan.core.text.diff import Segment
from mitplan.participation.models import Consultation, Point, Question, Submission
from mitplan.participation.queries.texts import TextPassage, difference, passages_by_number
from mitplan.plan.models import FieldOfAction


@dataclass(frozen=True, slots=True)
class PointCard:
    """A point with the passage it stands at and what it would change there."""

    point: Point
    passage: TextPassage | None
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """What an organisation is writing, and what it handed in and did not withdraw."""

    draft: Submission | None
    handed_in: Submission | None


def own_submissions(consultation: Consultation, organisation: Organisation) -> Own:
    """Return what an organisation has in a consultation, with one statement."""
    standing = consultation.submissions.filter(organisation=organisation, withdrawn_at__isnull=True)
    rows = list(standing.order_by("pk"))
    return Own(
        draft=next((row for row in rows if row.received_at is None), None),
        handed_in=next((row for row in rows if row.received_at is not None), None),
    )


def points_in(submission: Submission) -> list[Point]:
    """Return the points of a submission in their order."""
    related = ("passage__plan", "question", "field", "latest_decision")
    return list(submission.points.select_related(*related).order_by("position"))


def cards_of(consultation: Consultation, points: Iterable[Point]) -> list[PointCard]:
    """Return points with their passages and differences, with one statement for all."""
    points = list(points)
    numbers = {point.passage.number for point in points if point.passage}
    passages = passages_by_number(consultation.edition, numbers) if numbers else {}
    return [card_of(point, passages) for point in points]


def card_of(point: Point, passages: dict[int, TextPassage]) -> PointCard:
    """Return one point with its passage and its difference."""
    passage = passages.get(point.passage.number) if point.passage else None
    return PointCard(point, passage, difference(point, passage.text if passage else ""))


def questions_of(consultation: Consultation) -> list[Question]:
    """Return the questions in their order, with the passage each is about."""
    return list(consultation.questions.select_related("passage__plan").order_by("number"))


def no_remarks_of(submission: Submission) -> set[int]:
    """Return the passages an organisation has no remarks on, by row id."""
    return set(submission.no_remarks.values_list("passage_id", flat=True))


def fields_of(consultation: Consultation) -> list[FieldOfAction]:
    """Return the fields of action of the consulted plan."""
    return list(consultation.edition.plan.fields_of_action.order_by("cut", "number"))


def remark_at(submission: Submission, passage: int, *, inserts: bool) -> Point | None:
    """Return what a draft says at a passage (by row id), or wants to stand behind it."""
    here = submission.points.filter(passage_id=passage, question__isnull=True)
    behind = Point.Proposal.INSERT_AFTER
    found = here.filter(proposal=behind) if inserts else here.exclude(proposal=behind)
    return found.order_by("position").first()
