"""Submissions: drafted, saved by themselves, handed in with a number and a receipt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import audit
from mitplan.conference.models import Organisation
from mitplan.conference.permissions import require
from mitplan.core.text.tokens import normalise
from mitplan.participation import permissions, policies, queries
from mitplan.participation.actions.cosigners import sign
from mitplan.participation.actions.late import treat_late
from mitplan.participation.actions.proposals import keep_further_changes
from mitplan.participation.actions.receiving import receive
from mitplan.participation.models import Consultation, NoRemark, Point, Question, Submission
from mitplan.participation.permissions import Seat
from mitplan.participation.queries.proposals import Change
from mitplan.plan.models import FieldOfAction, Passage

UNCHECKED = ["submission", "edition", "question", "field", "target"]
"""What a point points to and somebody else has looked up already."""


@dataclass(frozen=True, slots=True)
class PointValues:
    """What a person writes for one point.

    `further` are the changes of other passages that belong to the same proposal; None leaves them as they
    are.
    """

    kind: Point.Kind
    text: str = ""
    reason: str = ""
    passage: Passage | None = None
    quote: str = ""
    proposal: Point.Proposal = Point.Proposal.NONE
    proposed_text: str = ""
    question: Question | None = None
    field: FieldOfAction | None = None
    target: Passage | None = None
    new_kind: str = ""
    further: Sequence[Change] | None = None

    @property
    def passages(self) -> list[Passage]:
        """All passages it names."""
        further = [passage for change in self.further or () for passage in change.passages]
        return [*filter(None, (self.passage, self.target)), *further]


@transaction.atomic
def begin_submission(*, consultation: Consultation, seat: Seat, at: datetime) -> Submission:
    """Return the organisation's draft in a consultation; the first visit begins it."""
    draft = consultation.submissions.filter(
        organisation=seat.organisation, received_at__isnull=True
    ).first()
    if draft:
        return draft
    policies.CONSULTATION.require(queries.state_for(consultation, seat.organisation, at), "draft")
    _refuse_second_submission(consultation, seat.organisation)
    return _begin(consultation, seat, Submission.Route.ONLINE, at)


def _begin(
    consultation: Consultation, seat: Seat, route: Submission.Route, at: datetime
) -> Submission:
    submission = Submission.objects.create(
        consultation=consultation,
        organisation=seat.organisation,
        organisation_name=seat.organisation.name,
        person_role=seat.role,
        route=route,
        contact=seat.user.email if seat.user else seat.organisation.email,
        began_at=at,
        saved_at=at,
    )
    audit.record(
        "participation.submission.begun",
        on=submission,
        by=seat.user,
        at=at,
        on_behalf_of=seat.organisation.name,
    )
    return submission


def _refuse_second_submission(consultation: Consultation, organisation: Organisation) -> None:
    own = queries.handed_in(consultation).exclude(route=Submission.Route.STORE)
    earlier = own.filter(organisation=organisation).first()
    if earlier:
        raise ValidationError(
            _(
                "Ihre Organisation hat am %(day)s schon abgegeben (Nummer %(number)s). Für Nachträge "
                "wenden Sie sich bitte an die Geschäftsstelle."
            ),
            params={
                "day": date_format(timezone.localtime(earlier.received_at), "DATE_FORMAT"),
                "number": earlier.number,
            },
        )


def _refuse_after_the_results(consultation: Consultation) -> None:
    """Refuse what nobody could cut or decide any more; the store of topics takes it."""
    if consultation.results_published_at:
        raise ValidationError(
            _(
                "Die Ergebnisse dieser Runde sind schon veröffentlicht. Bitte nehmen Sie das Schreiben "
                "in den Themenspeicher auf; dort geht es nicht verloren."
            )
        )


def _refuse_beside_draft(
    consultation: Consultation, organisation: Organisation, at: datetime
) -> None:
    """Refuse to record for somebody who still writes; a draft that missed its deadline hinders nobody."""
    if queries.state_for(consultation, organisation, at) != policies.ConsultationState.OPEN:
        return
    if consultation.submissions.filter(organisation=organisation, received_at=None).exists():
        raise ValidationError(
            _(
                "%(organisation)s schreibt selbst an einem Entwurf. Bitte klären Sie, was gelten soll; "
                "die Organisation kann die Datei auch selbst hochladen."
            ),
            params={"organisation": organisation.name},
        )


@transaction.atomic
def save_point(
    *,
    submission: Submission,
    values: PointValues,
    seat: Seat,
    at: datetime,
    point: Point | None = None,
) -> Point:
    """Save one point of a draft: a new one, or new words for one that stands."""
    submission = open_draft(submission, seat, at)
    policies.require_consulted(submission.consultation, values.passages)
    if point is None:
        last = submission.points.aggregate(last=Max("position"))["last"] or 0
        point = Point(
            submission=submission,
            position=last + 1,
            edition_id=submission.consultation.edition_id,
        )
    before = _words(point)
    _write(point, values)
    point.full_clean(exclude=UNCHECKED)
    point.save()
    if _words(point) != before:
        # Colleagues stood behind other words.
        point.supports.all().delete()
    if values.further is not None:
        keep_further_changes(point, values.further)
    _touch(submission, at)
    return point


@transaction.atomic
def save_points(
    *, submission: Submission, points: Sequence[PointValues], letter: str, seat: Seat, at: datetime
) -> list[Point]:
    """Add many points to a draft at once, and words to its letter."""
    submission = open_draft(submission, seat, at)
    named = [passage for values in points for passage in values.passages]
    policies.require_consulted(submission.consultation, named)
    if letter:
        submission.letter = "\n\n".join(
            filter(None, (submission.letter, normalise(letter).strip()))
        )
        submission.save(update_fields=["letter"])
    rows = add_points(submission, points)
    _touch(submission, at)
    return rows


def open_draft(submission: Submission, seat: Seat, at: datetime) -> Submission:
    """Return the draft, locked, if this seat may write in it now."""
    locked = Submission.objects.select_for_update(of=("self",), no_key=True).select_related(
        "consultation"
    )
    submission = locked.get(pk=submission.pk)
    require(allowed=seat.holds(submission))
    policies.SUBMISSION.require(policies.submission_state(submission), "save")
    policies.CONSULTATION.require(
        queries.state_for(submission.consultation, seat.organisation, at), "draft"
    )
    return submission


def _words(point: Point) -> tuple[str, ...]:
    return point.kind, point.text, point.proposal, point.proposed_text


def _write(point: Point, values: PointValues) -> None:
    _refuse_null_signs(values.text, values.reason, values.quote, values.proposed_text)
    point.kind = values.kind
    point.text = normalise(values.text).strip()
    point.reason = normalise(values.reason).strip()
    point.passage = values.passage
    point.quote = values.quote
    point.proposal = values.proposal
    point.proposed_text = normalise(values.proposed_text).strip()
    point.target = values.target
    point.new_kind = values.new_kind
    point.question = values.question
    point.field = values.field


def _refuse_null_signs(*texts: str) -> None:
    """Refuse the one sign that not every database can store, however it came past the forms."""
    if any("\x00" in text for text in texts):
        raise ValidationError(_("Der Text enthält Nullzeichen. Bitte löschen Sie sie."))


def _touch(submission: Submission, at: datetime) -> None:
    Submission.objects.filter(pk=submission.pk).update(saved_at=at)


@transaction.atomic
def remove_point(*, point: Point, seat: Seat, at: datetime) -> None:
    """Take a point out of a draft."""
    submission = open_draft(point.submission, seat, at)
    point.delete()
    _touch(submission, at)


@transaction.atomic
def save_letter(
    *, submission: Submission, letter: str, contact: str, seat: Seat, at: datetime
) -> Submission:
    """Save the covering words and the address for the receipt."""
    submission = open_draft(submission, seat, at)
    _refuse_null_signs(letter)
    submission.letter, submission.contact = normalise(letter).strip(), contact
    submission.saved_at = at
    submission.full_clean(exclude=["consultation", "organisation"])
    submission.save(update_fields=["letter", "contact", "saved_at"])
    return submission


@transaction.atomic
def save_no_remark(
    *, submission: Submission, passage: Passage, holds: bool, seat: Seat, at: datetime
) -> None:
    """Note, or take back, that an organisation has no remarks on a passage."""
    submission = open_draft(submission, seat, at)
    if holds:
        NoRemark.objects.get_or_create(submission=submission, passage=passage)
    else:
        NoRemark.objects.filter(submission=submission, passage=passage).delete()
    _touch(submission, at)


@transaction.atomic
def hand_in(
    *,
    submission: Submission,
    seat: Seat,
    at: datetime,
    has_no_remarks: bool = False,
    contact: str | None = None,
) -> Submission:
    """Hand a draft in: it gets a number and a hash, each point too, and a receipt is mailed.

    The receipt goes to `contact` if one is given, or else to the address the draft names.
    """
    locked = Submission.objects.select_for_update(of=("self", "consultation"), no_key=True)
    locked = locked.select_related("consultation__edition")
    submission = locked.prefetch_related("consultation__audiences").get(pk=submission.pk)
    require(allowed=seat.holds(submission) and seat.may_hand_in)
    policies.SUBMISSION.require(policies.submission_state(submission), "hand_in")
    policies.require_scope(submission, seat.scope_field)
    policies.CONSULTATION.require(
        queries.state_for(submission.consultation, seat.organisation, at), "draft"
    )
    if contact is not None:
        submission.contact = contact
    receive(submission, seat, at, has_no_remarks=has_no_remarks)
    return submission


@transaction.atomic
def record_submission(
    *,
    consultation: Consultation,
    organisation: Organisation,
    route: Submission.Route,
    letter: str,
    points: Sequence[PointValues],
    is_supplement: bool = False,
    cosigners: Sequence[Organisation] = (),
    by: User,
    at: datetime,
) -> Submission:
    """Record what came by letter, mail or word of mouth, with its points; late ones are marked.

    A supplement stands beside what the organisation handed in before, as a submission of its own.
    """
    require(allowed=permissions.may_run_consultations(by))
    seat = permissions.seat_of(by, organisation)
    # The plan before the record: whoever freezes it takes the locks in this order, too.
    locked = Consultation.objects.select_for_update(of=("self", "edition__plan"), no_key=True)
    consultation = locked.select_related("edition__plan").get(pk=consultation.pk)
    if consultation.opened_at is None:
        policies.CONSULTATION.require(policies.ConsultationState.PREPARED, "draft")
    _refuse_after_the_results(consultation)
    if not is_supplement:
        _refuse_second_submission(consultation, organisation)
    _refuse_beside_draft(consultation, organisation, at)
    named = [passage for values in points for passage in values.passages]
    policies.require_consulted(consultation, named)
    _refuse_null_signs(letter)
    submission = _begin(consultation, seat, route, at)
    submission.letter = normalise(letter).strip()
    submission.contact = organisation.email
    rows = add_points(submission, points)
    receive(submission, seat, at, has_no_remarks=not rows)
    sign(submission, cosigners, by, at)
    treat_late(submission, submission.points.all(), by=by, at=at)
    return submission


def add_points(submission: Submission, points: Sequence[PointValues]) -> list[Point]:
    """Write many points behind those that stand."""
    last = submission.points.aggregate(last=Max("position"))["last"] or 0
    edition = submission.consultation.edition_id
    rows = [
        Point(submission=submission, position=position, edition_id=edition)
        for position, _values in enumerate(points, start=last + 1)
    ]
    for row, values in zip(rows, points, strict=True):
        _write(row, values)
        row.full_clean(exclude=UNCHECKED)
    Point.objects.bulk_create(rows)
    for row, values in zip(rows, points, strict=True):
        if values.further:
            keep_further_changes(row, values.further)
    return rows


@transaction.atomic
def withdraw_submission(*, submission: Submission, seat: Seat, at: datetime) -> Submission:
    """Withdraw what was handed in; number and address remain, its points no longer count."""
    locked = Submission.objects.select_for_update(of=("self",), no_key=True).select_related(
        "consultation"
    )
    submission = locked.get(pk=submission.pk)
    require(allowed=seat.holds(submission) and seat.may_hand_in)
    policies.SUBMISSION.require(policies.submission_state(submission), "withdraw")
    if submission.points.filter(latest_decision__isnull=False).exists():
        raise ValidationError(
            _("Über Anliegen dieser Stellungnahme ist schon entschieden; sie bleibt bestehen.")
        )
    submission.withdrawn_at = at
    submission.save(update_fields=["withdrawn_at"])
    submission.points.update(withdrawn_at=at)
    audit.record(
        "participation.submission.withdrawn",
        on=submission,
        by=seat.user,
        at=at,
        on_behalf_of=submission.organisation_name,
    )
    return submission
