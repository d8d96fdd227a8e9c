"""Submissions: drafted, saved by themselves, handed in with a number and a receipt."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import audit, mail
from mitplan.conference.models import Organisation
from mitplan.conference.permissions import require
from mitplan.core.text import amendments as core
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.core.text.tokens import normalise
from mitplan.core.workdays import closes_at
from mitplan.participation import permissions, policies, queries
from mitplan.participation.actions.proposals import operations_for
from mitplan.participation.models import Consultation, NoRemark, Point, Question, Submission
from mitplan.participation.permissions import Seat
from mitplan.plan import queries as plan_queries
from mitplan.plan.actions import reserve_passages
from mitplan.plan.models import Amendment, Entry, FieldOfAction, Passage


@dataclass(frozen=True, slots=True)
class PointValues:
    """What a person writes for one point."""

    kind: Point.Kind
    text: str = ""
    reason: str = ""
    passage: Passage | None = None
    quote: str = ""
    proposal: Point.Proposal = Point.Proposal.NONE
    proposed_text: str = ""
    question: Question | None = None
    field: FieldOfAction | None = None


@transaction.atomic
def begin_submission(*, consultation: Consultation, seat: Seat, at: datetime) -> Submission:
    """Return the organisation's draft in a consultation; the first visit begins it."""
    draft = consultation.submissions.filter(
        organisation=seat.organisation, received_at__isnull=True
    ).first()
    if draft:
        return draft
    policies.CONSULTATION.require(queries.state_of(consultation, at), "draft")
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
    earlier = queries.handed_in(consultation).filter(organisation=organisation).first()
    if earlier:
        raise ValidationError(
            _(
                "Ihre Organisation hat am %(day)s schon abgegeben (Nummer %(number)s). Für Nachträge "
                "wenden Sie sich bitte an die Geschäftsstelle."
            ),
            params={
                "day": date_format(timezone.localtime(earlier.received_at), "j. F Y"),
                "number": earlier.number,
            },
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
    submission = _open_draft(submission, seat, at)
    _require_in_edition(submission.consultation, [values])
    if point is None:
        last = submission.points.aggregate(last=Max("position"))["last"] or 0
        point = Point(
            submission=submission,
            position=last + 1,
            edition_id=submission.consultation.edition_id,
        )
    _write(point, values)
    point.full_clean(exclude=["submission", "edition", "question", "field"])
    point.save()
    _touch(submission, at)
    return point


def _open_draft(submission: Submission, seat: Seat, at: datetime) -> Submission:
    """Return the draft, locked, if this seat may write in it now."""
    locked = Submission.objects.select_for_update(of=("self",)).select_related("consultation")
    submission = locked.get(pk=submission.pk)
    require(allowed=seat.holds(submission))
    policies.SUBMISSION.require(policies.submission_state(submission), "save")
    policies.CONSULTATION.require(queries.state_of(submission.consultation, at), "draft")
    return submission


def _require_in_edition(consultation: Consultation, points: Iterable[PointValues]) -> None:
    """Refuse points at passages that the consulted edition does not hold."""
    wanted = {values.passage.pk: values.passage for values in points if values.passage}
    entries = Entry.objects.filter(edition=consultation.edition_id, passage__in=wanted)
    known = set(entries.values_list("passage_id", flat=True)) if wanted else set()
    for passage in (passage for pk, passage in wanted.items() if pk not in known):
        raise ValidationError(
            _("Die Textstelle %(number)s steht nicht in der Fassung, um die es geht."),
            params={"number": passage.number},
        )


def _write(point: Point, values: PointValues) -> None:
    point.kind = values.kind
    point.text = normalise(values.text).strip()
    point.reason = normalise(values.reason).strip()
    point.passage = values.passage
    point.quote = values.quote
    point.proposal = values.proposal
    point.proposed_text = normalise(values.proposed_text).strip()
    point.question = values.question
    point.field = values.field


def _touch(submission: Submission, at: datetime) -> None:
    Submission.objects.filter(pk=submission.pk).update(saved_at=at)


@transaction.atomic
def remove_point(*, point: Point, seat: Seat, at: datetime) -> None:
    """Take a point out of a draft."""
    submission = _open_draft(point.submission, seat, at)
    point.delete()
    _touch(submission, at)


@transaction.atomic
def save_letter(
    *, submission: Submission, letter: str, contact: str, seat: Seat, at: datetime
) -> Submission:
    """Save the covering words and the address for the receipt."""
    submission = _open_draft(submission, seat, at)
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
    submission = _open_draft(submission, seat, at)
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
    locked = Submission.objects.select_for_update(of=("self",)).select_related("consultation")
    submission = locked.get(pk=submission.pk)
    require(allowed=seat.holds(submission) and seat.may_hand_in)
    policies.SUBMISSION.require(policies.submission_state(submission), "hand_in")
    policies.CONSULTATION.require(queries.state_of(submission.consultation, at), "draft")
    if contact is not None:
        submission.contact = contact
    _receive(submission, seat, at, has_no_remarks=has_no_remarks)
    return submission


@transaction.atomic
def record_submission(
    *,
    consultation: Consultation,
    organisation: Organisation,
    route: Submission.Route,
    letter: str,
    points: Sequence[PointValues],
    by: User,
    at: datetime,
) -> Submission:
    """Record what came by letter, mail or word of mouth, with its points; late ones are marked."""
    require(allowed=permissions.may_run_consultations(by))
    seat = permissions.seat_of(by, organisation)
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if consultation.opened_at is None:
        policies.CONSULTATION.require(policies.ConsultationState.PREPARED, "draft")
    _refuse_second_submission(consultation, organisation)
    _require_in_edition(consultation, points)
    submission = _begin(consultation, seat, route, at)
    submission.letter = normalise(letter).strip()
    submission.contact = organisation.email
    rows = [
        Point(submission=submission, position=position, edition_id=consultation.edition_id)
        for position, _values in enumerate(points, start=1)
    ]
    for row, values in zip(rows, points, strict=True):
        _write(row, values)
        row.full_clean(exclude=["submission", "edition", "question", "field"])
    Point.objects.bulk_create(rows)
    _receive(submission, seat, at, has_no_remarks=not rows)
    return submission


def _receive(submission: Submission, seat: Seat, at: datetime, *, has_no_remarks: bool) -> None:
    points = list(submission.points.select_related("passage").order_by("position"))
    if not points and not has_no_remarks and not submission.letter:
        raise ValidationError(
            _(
                "Die Stellungnahme ist noch leer. Bitte ein Anliegen schreiben oder «Keine "
                "Anmerkungen» wählen."
            )
        )
    consultation = Consultation.objects.select_for_update().get(pk=submission.consultation_id)
    submission.number = _next_number(consultation)
    submission.has_no_remarks = has_no_remarks and not points
    submission.received_at = submission.saved_at = at
    submission.authored_on = timezone.localdate(at)
    submission.is_late = at > closes_at(queries.audiences_of(consultation)[-1].closes_on)
    _freeze_points(submission, points, at)
    submission.sha256 = _fingerprint(submission, points)
    submission.save()
    _send_receipt(submission, at)
    audit.record(
        "participation.submission.received",
        on=submission,
        by=seat.user,
        at=at,
        on_behalf_of=submission.organisation_name,
        number=submission.number,
        hash=submission.sha256,
        points=len(points),
    )


def _next_number(consultation: Consultation) -> str:
    received = Submission.objects.filter(consultation=consultation, received_at__isnull=False)
    return f"{consultation.number}-{received.count() + 1:03d}"


def _freeze_points(submission: Submission, points: list[Point], at: datetime) -> None:
    proposals = [point for point in points if point.proposal]
    if proposals:
        _make_amendments(submission, proposals, at)
    for position, point in enumerate(points, start=1):
        point.number = f"{submission.number}-{position:02d}"
        point.handed_in_at = at
    Point.objects.bulk_update(points, ["number", "handed_in_at", "amendment"])


def _make_amendments(submission: Submission, points: list[Point], at: datetime) -> None:
    """Turn proposed wordings into operations on the consulted edition."""
    edition = submission.consultation.edition
    document = plan_queries.state_of(edition).document
    values = {value.id: value for value in document}
    inserts = [point for point in points if point.proposal == Point.Proposal.INSERT_AFTER]
    keys = iter(reserve_passages(edition.plan, len(inserts)) if inserts else ())
    amendments = [
        Amendment(
            base=edition,
            operations=core.operations_to_json(_operations(point, values, keys.__next__)),
            made_at=at,
        )
        for point in points
    ]
    for point, amendment in zip(points, Amendment.objects.bulk_create(amendments), strict=True):
        point.amendment = amendment


def _operations(
    point: Point, values: Mapping[str, PassageValue], new_key: Callable[[], str]
) -> tuple[core.Operation, ...]:
    value = values.get(point.passage.key) if point.passage else None
    if value is None:
        raise ValidationError(
            _("Ein Vorschlag nennt eine Textstelle, die nicht in der Fassung steht: %(passage)s."),
            params={"passage": point.passage},
        )
    operations = operations_for(value, Point.Proposal(point.proposal), point.proposed_text, new_key)
    if not operations:
        raise ValidationError(
            _(
                "Zu Textstelle %(passage)s gleicht der vorgeschlagene Wortlaut dem bisherigen. "
                "Bitte ändern oder als Anregung schreiben."
            ),
            params={"passage": point.passage},
        )
    return operations


def _fingerprint(submission: Submission, points: list[Point]) -> str:
    content = {
        "number": submission.number,
        "organisation": submission.organisation_name,
        "letter": submission.letter,
        "no_remarks": submission.has_no_remarks,
        "points": [
            [
                point.number,
                point.kind,
                point.passage.key if point.passage else "",
                point.quote,
                point.text,
                point.reason,
                point.proposal,
                point.proposed_text,
            ]
            for point in points
        ],
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _send_receipt(submission: Submission, at: datetime) -> None:
    if not submission.contact:
        return
    mail.queue(
        to=submission.contact,
        subject=_("Eingang Ihrer Stellungnahme %(number)s") % {"number": submission.number},
        body=_(
            "Guten Tag,\n\n"
            "die Stellungnahme von %(organisation)s ist eingegangen.\n\n"
            "Nummer: %(number)s\nEingang: %(moment)s\nPrüfsumme: %(hash)s\n\n"
            "Zu jedem Anliegen erhalten Sie eine Entscheidung mit Begründung.\n"
        )
        % {
            "organisation": submission.organisation_name,
            "number": submission.number,
            "moment": date_format(timezone.localtime(at), "j. F Y, H:i"),
            "hash": submission.sha256,
        },
        at=at,
    )


@transaction.atomic
def withdraw_submission(*, submission: Submission, seat: Seat, at: datetime) -> Submission:
    """Withdraw what was handed in; number and address remain, its points no longer count."""
    locked = Submission.objects.select_for_update(of=("self",)).select_related("consultation")
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
