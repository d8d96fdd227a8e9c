"""What an organisation has written so far, as the pages of taking part show it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mitplan.conference.models import Organisation
from mitplan.participation.models import Consultation, Point, Question, Submission
from mitplan.participation.queries.effects import Effect, effects_of_changes
from mitplan.participation.queries.proposals import WITH_CHANGES, Change, changes_of
from mitplan.participation.queries.texts import TextPassage, passages_by_number
from mitplan.plan.models import FieldOfAction


@dataclass(frozen=True, slots=True)
class PointCard:
    """A point with the passage it stands at and what it would change there and elsewhere."""

    point: Point
    passage: TextPassage | None
    changes: tuple[Change, ...]
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """What an organisation is writing, and what it handed in and did not withdraw."""

    draft: Submission | None
    handed_in: Submission | None


def own_submissions(consultation: Consultation, organisation: Organisation) -> Own:
    """Return what an organisation has in a consultation, with one statement.

    What was taken in from the store of topics stands beside it and hinders nobody.
    """
    standing = consultation.submissions.filter(organisation=organisation, withdrawn_at__isnull=True)
    rows = list(standing.exclude(route=Submission.Route.STORE).order_by("pk"))
    return Own(
        draft=next((row for row in rows if row.received_at is None), None),
        handed_in=next((row for row in rows if row.received_at is not None), None),
    )


def points_in(submission: Submission) -> list[Point]:
    """Return the points of a submission in their order."""
    related = ("passage__plan", "target__plan", "question", "field", "latest_decision")
    found = submission.points.select_related(*related).prefetch_related(WITH_CHANGES)
    return list(found.order_by("position"))


def cards_of(consultation: Consultation, points: Iterable[Point]) -> list[PointCard]:
    """Return points with their passages and what they change, with one statement for all."""
    points = list(points)
    numbers = {number for point in points for number in numbers_of(point)}
    passages = passages_by_number(consultation.edition, numbers) if numbers else {}
    return [card_of(point, passages) for point in points]


def numbers_of(point: Point) -> set[int]:
    """Return the numbers of all passages a point names."""
    named = {each.number for change in changes_of(point) for each in change.passages}
    return named | {point.passage.number} if point.passage else named


def card_of(point: Point, passages: Mapping[int, TextPassage]) -> PointCard:
    """Return one point with its passage and what it changes."""
    changes = changes_of(point)
    known = [passages[each] for each in sorted(numbers_of(point)) if each in passages]
    effects = effects_of_changes(changes, (each.value for each in known))
    return PointCard(
        point, passages.get(point.passage.number) if point.passage else None, changes, effects
    )


def card_of_part(
    whole: PointCard, change: Change, passages: Mapping[int, TextPassage]
) -> PointCard:
    """Return what one change of a proposal does where it stands."""
    known = [passages[each.number].value for each in change.passages if each.number in passages]
    passage = passages.get(change.passage.number)
    return PointCard(whole.point, passage, whole.changes, effects_of_changes([change], known))


def questions_of(consultation: Consultation) -> list[Question]:
    """Return the questions in their order, with the passage or goal each is about."""
    related = ("passage__plan", "passage__goal__plan")
    return list(consultation.questions.select_related(*related).order_by("number"))


def no_remarks_of(submission: Submission) -> set[int]:
    """Return the passages an organisation has no remarks on, by row id."""
    return set(submission.no_remarks.values_list("passage_id", flat=True))


def fields_of(consultation: Consultation) -> list[FieldOfAction]:
    """Return the fields of action of the consulted plan."""
    return list(consultation.edition.plan.fields_of_action.order_by("cut", "number"))
