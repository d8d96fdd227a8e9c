"""Taking in many letters at once: each by itself, so that one that fails does not stop the others."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import audit
from mitplan.conference.models import Organisation
from mitplan.conference.permissions import require
from mitplan.formats.archive import Archive
from mitplan.formats.errors import FormatError
from mitplan.formats.plaintext import MAX_BYTES
from mitplan.participation import permissions
from mitplan.participation.actions.uploads import file_name, keep_upload, record_upload
from mitplan.participation.models import Bulk, BulkLetter, Consultation, Submission, Upload
from mitplan.participation.queries import handed_in
from mitplan.participation.queries.bulks import organisation_of, organisations_in
from mitplan.participation.queries.uploads import Examined, examine

MOST_LETTERS = 200
MOST_BYTES = 200 * 1024 * 1024
"""The most that is unpacked from one ZIP file."""


@transaction.atomic
def begin_bulk(
    *, consultation: Consultation, name: str, data: bytes, by: User, at: datetime
) -> Bulk:
    """Keep the letters of a ZIP file, to be taken in one by one; the same file again is the same bulk."""
    require(allowed=permissions.may_run_consultations(by))
    digest = hashlib.sha256(data).hexdigest()
    known = consultation.bulks.filter(sha256=digest).first()
    if known:
        return known
    bulk = Bulk.objects.create(
        consultation=consultation, name=file_name(name), sha256=digest, by=by, begun_at=at
    )
    try:
        for position, (entry, content) in enumerate(_entries(data), start=1):
            BulkLetter.objects.create(
                bulk=bulk, position=position, name=file_name(entry), content=content
            )
    except FormatError as problem:
        raise ValidationError(_(problem.message), params=problem.params) from problem
    if not bulk.letters.exists():
        raise ValidationError(_("In der ZIP-Datei ist kein Schreiben."))
    audit.record(
        "participation.bulk.begun",
        on=bulk,
        by=by,
        at=at,
        name=bulk.name,
        hash=digest,
        letters=bulk.letters.count(),
    )
    return bulk


def _entries(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the letters of a ZIP file; the names in it are names and never become paths."""
    archive = Archive(data)
    names = [each for each in archive.names if _is_letter(each)]
    if len(names) > MOST_LETTERS:
        raise ValidationError(
            _(
                "Die ZIP-Datei enthält %(count)s Dateien, höchstens %(limit)s gehen auf einmal. Bitte "
                "teilen Sie sie auf."
            ),
            params={"count": len(names), "limit": MOST_LETTERS},
        )
    left = MOST_BYTES
    for name in names:
        content = archive.read(name, min(MAX_BYTES, left))
        left -= len(content)
        yield name, content


def _is_letter(name: str) -> bool:
    """Tell whether an entry is a file somebody put there, and no folder or trace of a program."""
    path = PurePosixPath(name.replace("\\", "/"))
    is_folder = name.endswith(("/", "\\"))
    return not is_folder and "__MACOSX" not in path.parts and not path.name.startswith(".")


@transaction.atomic
def take_bulk_letter(*, letter: BulkLetter, at: datetime) -> BulkLetter:
    """Take in one letter of a bulk, or say why not; one that is done already stays as it is."""
    locked = BulkLetter.objects.select_for_update(of=("self",), no_key=True)
    letter = locked.select_related("bulk__consultation__edition__plan", "bulk__by").get(
        pk=letter.pk
    )
    if letter.state != BulkLetter.State.WAITING:
        return letter
    try:
        with transaction.atomic():
            _take(letter, at)
    except ValidationError as problem:
        letter.state = BulkLetter.State.REFUSED
        letter.sentence = " ".join(problem.messages)
    _settle(letter, at)
    return letter


@transaction.atomic
def give_up_bulk_letter(*, letter: BulkLetter, at: datetime) -> None:
    """Note that a letter could not be read for a reason nobody foresaw."""
    letter = BulkLetter.objects.select_for_update(no_key=True).get(pk=letter.pk)
    if letter.state == BulkLetter.State.WAITING:
        letter.state = BulkLetter.State.REFUSED
        letter.sentence = _(
            "Beim Lesen ist ein Fehler aufgetreten. Bitte die Datei einzeln erfassen."
        )
        _settle(letter, at)


def _settle(letter: BulkLetter, at: datetime) -> None:
    """Keep what became of a letter; its bytes are kept with the submission, or no more."""
    letter.content = b""
    letter.save(update_fields=["state", "sentence", "submission", "content"])
    if not letter.bulk.letters.filter(state=BulkLetter.State.WAITING).exists():
        Bulk.objects.filter(pk=letter.bulk_id, finished_at__isnull=True).update(finished_at=at)


def _take(letter: BulkLetter, at: datetime) -> None:
    bulk, data = letter.bulk, bytes(letter.content)
    examined = examine(bulk.consultation, letter.name, data)
    organisation = _organisation(letter, examined)
    known = _known(bulk.consultation, organisation, data)
    if known:
        letter.state, letter.submission = BulkLetter.State.KNOWN, known
        return
    seat = permissions.seat_of(bulk.by, organisation)
    upload = keep_upload(
        consultation=bulk.consultation, name=letter.name, data=data, seat=seat, at=at
    )
    earlier = handed_in(bulk.consultation).filter(organisation=organisation).order_by("pk").first()
    letter.submission = record_upload(
        upload=upload,
        keys=_ticked(examined),
        route=Submission.Route.IMPORT,
        is_supplement=earlier is not None,
        by=bulk.by,
        at=at,
    )
    letter.state = BulkLetter.State.TAKEN
    supplement = [_("Nachtrag zu %(number)s.") % {"number": earlier.number}] if earlier else []
    letter.sentence = " ".join([*supplement, *examined.problems, *examined.notes])


def _known(
    consultation: Consultation, organisation: Organisation, data: bytes
) -> Submission | None:
    """Return the submission that this very file was taken into, if it still stands."""
    digest = hashlib.sha256(data).hexdigest()
    found = Upload.objects.filter(
        consultation=consultation,
        organisation=organisation,
        sha256=digest,
        taken_at__isnull=False,
        submission__received_at__isnull=False,
        submission__withdrawn_at__isnull=True,
    ).select_related("submission")
    upload = found.defer("content").first()
    return upload.submission if upload else None


def _organisation(letter: BulkLetter, examined: Examined) -> Organisation:
    organisations = organisations_in(letter.bulk.consultation)
    found = organisation_of(letter.name, dict(examined.particulars), examined.letter, organisations)
    if found is None:
        raise ValidationError(
            _(
                "Von wem das Schreiben ist, war nicht zu erkennen. Bitte die Datei nach der "
                "Organisation benennen oder einzeln erfassen."
            )
        )
    return found


def _ticked(examined: Examined) -> set[str]:
    """Return what is taken unless somebody objects."""
    keys = {each.key for each in examined.findings if each.ticked}
    return keys | {examined.letter_key} if examined.letter else keys
