"""Files that organisations send: kept to be looked at, then taken in as points of their draft."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import audit
from mitplan.conference.permissions import require
from mitplan.participation import permissions, policies, queries
from mitplan.participation.actions.submissions import (
    PointValues,
    begin_submission,
    record_submission,
    save_points,
)
from mitplan.participation.models import Consultation, Submission, Upload
from mitplan.participation.permissions import Seat
from mitplan.participation.queries.findings import Finding
from mitplan.participation.queries.uploads import (
    Examined,
    examine,
    letter_is_known,
    offers,
)

KEPT_FOR = timedelta(days=1)
"""How long a file waits to be confirmed."""

LONGEST_NAME = 200


@transaction.atomic
def keep_upload(
    *, consultation: Consultation, name: str, data: bytes, seat: Seat, at: datetime
) -> Upload:
    """Keep a file until somebody confirms what becomes of it; the same file sent twice is one.

    Files that nobody confirmed in time go.
    """
    if seat.user is None or not permissions.may_run_consultations(seat.user):
        policies.CONSULTATION.require(
            queries.state_for(consultation, seat.organisation, at), "draft"
        )
    Upload.objects.filter(taken_at__isnull=True, uploaded_at__lt=at - KEPT_FOR).delete()
    digest = hashlib.sha256(data).hexdigest()
    waiting = Upload.objects.filter(
        consultation=consultation, organisation=seat.organisation, sha256=digest
    )
    known = waiting.filter(taken_at__isnull=True).first()
    return known or Upload.objects.create(
        consultation=consultation,
        organisation=seat.organisation,
        name=file_name(name),
        content=data,
        sha256=digest,
        uploaded_at=at,
        uploaded_as=seat.role,
    )


def file_name(name: str) -> str:
    """Return a name as it is shown; it is never used as a path."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(sign for sign in last if sign.isprintable())
    return shown[-LONGEST_NAME:] or _("Datei ohne Namen")


@transaction.atomic
def discard_upload(*, upload: Upload, seat: Seat) -> None:
    """Throw a file away that was not taken in."""
    require(allowed=upload.organisation_id == seat.organisation.pk)
    if upload.taken_at is None:
        upload.delete()


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in of a file."""

    submission: Submission
    points: int
    letter: bool


@transaction.atomic
def take_in(*, upload: Upload, keys: Collection[str], seat: Seat, at: datetime) -> Taken:
    """Take in what was ticked of a file as points of the organisation's draft; what is known stays one."""
    upload = _open_upload(upload, seat)
    examined = examine(upload.consultation, upload.name, bytes(upload.content))
    submission = begin_submission(consultation=upload.consultation, seat=seat, at=at)
    chosen = _chosen(upload, examined, keys)
    save_points(
        submission=submission,
        points=[values_of(each) for each in chosen.findings],
        letter=chosen.letter,
        seat=seat,
        at=at,
    )
    _freeze(upload, submission, chosen, seat, at)
    return Taken(submission, len(chosen.findings), bool(chosen.letter))


@transaction.atomic
def record_upload(
    *,
    upload: Upload,
    keys: Collection[str],
    route: Submission.Route,
    is_supplement: bool = False,
    by: User,
    at: datetime,
) -> Submission:
    """Record a file that reached the secretariat as an organisation's submission, late ones too."""
    seat = permissions.seat_of(by, upload.organisation)
    upload = _open_upload(upload, seat)
    examined = examine(upload.consultation, upload.name, bytes(upload.content))
    chosen = _chosen(upload, examined, keys)
    submission = record_submission(
        consultation=upload.consultation,
        organisation=upload.organisation,
        route=route,
        letter=chosen.letter,
        points=[values_of(each) for each in chosen.findings],
        is_supplement=is_supplement,
        by=by,
        at=at,
    )
    _freeze(upload, submission, chosen, seat, at)
    return submission


def _open_upload(upload: Upload, seat: Seat) -> Upload:
    """Return the file, locked, if this seat may take it in."""
    locked = Upload.objects.select_for_update(of=("self",), no_key=True)
    related = locked.select_related("consultation__edition__plan", "organisation")
    upload = related.get(pk=upload.pk)
    require(allowed=upload.organisation_id == seat.organisation.pk)
    if upload.taken_at:
        raise ValidationError(_("Die Datei ist schon übernommen."))
    return upload


@dataclass(frozen=True, slots=True)
class _Chosen:
    findings: Sequence[Finding]
    letter: str
    keys: list[str]


def _chosen(upload: Upload, examined: Examined, keys: Collection[str]) -> _Chosen:
    """Return what is new of what was ticked; refuse to take in nothing."""
    new = [each.finding for each in offers(upload, examined) if not each.is_known_point]
    findings = [each for each in new if each.key in keys]
    is_wanted = examined.letter_key in keys and not letter_is_known(upload, examined)
    letter = examined.letter if is_wanted else ""
    if not findings and not letter:
        raise ValidationError(
            _("Es ist nichts angekreuzt. Bitte ankreuzen, was übernommen werden soll.")
        )
    taken = [each.key for each in findings] + [examined.letter_key] * bool(letter)
    return _Chosen(findings, letter, taken)


def values_of(finding: Finding) -> PointValues:
    """Return a finding as what a person writes for a point."""
    if not finding.changes:
        return PointValues(
            kind=finding.kind,
            text=finding.text,
            reason=finding.reason,
            passage=finding.passage,
            quote=finding.quote,
        )
    first, *further = finding.changes
    return PointValues(
        kind=finding.kind,
        text=finding.text,
        reason=finding.reason,
        passage=first.passage,
        quote=first.quote,
        proposal=first.proposal,
        proposed_text=first.text,
        target=first.target,
        new_kind=first.new_kind,
        further=further,
    )


def _freeze(
    upload: Upload, submission: Submission, chosen: _Chosen, seat: Seat, at: datetime
) -> None:
    upload.submission, upload.taken, upload.taken_at = submission, chosen.keys, at
    upload.save(update_fields=["submission", "taken", "taken_at"])
    audit.record(
        "participation.file.taken_in",
        on=upload,
        by=seat.user,
        at=at,
        on_behalf_of=seat.organisation.name,
        name=upload.name,
        hash=upload.sha256,
        points=len(chosen.findings),
        letter=bool(chosen.letter),
    )
