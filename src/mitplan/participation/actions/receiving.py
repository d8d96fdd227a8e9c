"""What happens when a submission comes in: number, amendments, fingerprint, receipt.

Everything here runs inside the transaction of the action that calls it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mitplan.common import audit, mail
from mitplan.core.text import amendments as core
from mitplan.core.text.base import Base
from mitplan.core.text.passages import Document
from mitplan.core.workdays import closes_at
from mitplan.participation import queries
from mitplan.participation.actions.proposals import freeze_further_changes
from mitplan.participation.models import Consultation, Point, Submission
from mitplan.participation.permissions import Seat
from mitplan.participation.queries.copies import copy_of
from mitplan.participation.queries.effects import effects_of_point
from mitplan.participation.queries.fingerprints import fingerprint
from mitplan.participation.queries.proposals import (
    WITH_CHANGES,
    Change,
    changes_of,
    new_passages,
    operations_of,
    require_fitting,
)
from mitplan.plan import queries as plan_queries
from mitplan.plan.actions import reserve_passages
from mitplan.plan.models import Amendment


def receive(submission: Submission, seat: Seat, at: datetime, *, has_no_remarks: bool) -> None:
    """Take a submission in: from here on it is frozen, numbered and on record.

    Numbers are given one after the other, so the caller has locked the consultation.
    """
    related = submission.points.select_related("passage", "target", "question")
    points = list(related.order_by("position"))
    if not points and not has_no_remarks and not submission.letter:
        raise ValidationError(
            _(
                "Die Stellungnahme ist noch leer. Bitte ein Anliegen schreiben oder «Keine "
                "Anmerkungen» wählen."
            )
        )
    consultation = submission.consultation
    # Who hands in need not be who began to write.
    submission.person_role = seat.role
    submission.mandate = seat.mandate or submission.mandate
    submission.number = _next_number(consultation)
    submission.has_no_remarks = has_no_remarks and not points and not submission.letter
    submission.received_at = submission.saved_at = at
    submission.authored_on = timezone.localdate(at)
    submission.is_late = at > closes_at(queries.last_day_for(consultation, seat.organisation))
    text = _freeze_points(submission, points, at)
    submission.sha256 = fingerprint(submission, points)
    submission.save()
    _send_receipt(submission, points, text, at)
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


def _freeze_points(submission: Submission, points: list[Point], at: datetime) -> Document:
    """Number and freeze the points; return the text they propose to change, if they do."""
    proposals = [point for point in points if point.proposal]
    text: Document = ()
    if proposals:
        prefetch_related_objects(proposals, WITH_CHANGES)
        text = make_amendments(submission, proposals, at)
    for position, point in enumerate(points, start=1):
        point.number = f"{submission.number}-{position:02d}"
        point.handed_in_at = at
    amended = ["amendment"] if proposals else []
    Point.objects.bulk_update(points, ["number", "handed_in_at", *amended])
    return text


def make_amendments(submission: Submission, points: list[Point], at: datetime) -> Document:
    """Turn each proposal, with all its changes, into one amendment on the consulted edition.

    Returns the text of that edition.
    """
    edition = submission.consultation.edition
    base = Base(plan_queries.document_of(edition))
    proposals = [(point, changes_of(point)) for point in points]
    wanted = sum(new_passages(change) for _point, changes in proposals for change in changes)
    keys = iter(reserve_passages(edition.plan, wanted) if wanted else ())
    amendments = [
        Amendment(
            base=edition,
            operations=core.operations_to_json(_operations(changes, base, keys.__next__)),
            made_at=at,
        )
        for _point, changes in proposals
    ]
    for point, amendment in zip(points, Amendment.objects.bulk_create(amendments), strict=True):
        point.amendment = amendment
    freeze_further_changes(points, at)
    return base.document


def _operations(
    changes: Sequence[Change], base: Base, new_key: Callable[[], str]
) -> tuple[core.Operation, ...]:
    operations = operations_of(changes, base.document, new_key)
    require_fitting(changes, operations, base)
    return operations


def _send_receipt(
    submission: Submission, points: list[Point], text: Document, at: datetime
) -> None:
    """Confirm what came in, with a copy of all of it."""
    if not submission.contact:
        return
    values = {value.id: value for value in text}
    copy = copy_of(submission, [(point, effects_of_point(point, values)) for point in points])
    mail.queue(
        to=submission.contact,
        subject=_("Eingang Ihrer Stellungnahme %(number)s") % {"number": submission.number},
        body=_(
            "Guten Tag,\n\n"
            "die Stellungnahme von %(organisation)s ist eingegangen.\n\n"
            "Nummer: %(number)s\nEingang: %(moment)s\nPrüfsumme: %(hash)s\n\n"
            "Zu jedem Anliegen erhalten Sie eine Entscheidung mit Begründung.\n\n"
            "Das haben Sie abgegeben:\n\n%(copy)s"
        )
        % {
            "organisation": submission.organisation_name,
            "number": submission.number,
            "moment": date_format(timezone.localtime(at), "DATETIME_FORMAT"),
            "hash": submission.sha256,
            "copy": copy,
        },
        at=at,
    )
