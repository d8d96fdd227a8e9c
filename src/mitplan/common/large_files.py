"""Files that a job makes: asked for on a page, made beside it, kept until they are fetched."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import IO

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mitplan.common.models import Export

IN_MEMORY = 5 * 1024 * 1024
GIVEN_UP_AFTER = timedelta(minutes=10)
"""How long a file may stand still before one may ask again: the machine was switched off meanwhile."""

KEPT_FOR = timedelta(days=30)
_PIECE = 1024 * 1024

Writer = Callable[[Export, IO[bytes], "Progress"], None]


class Progress:
    """How far a file is; said at most once a second, so that saying it costs nothing."""

    def __init__(self, export: Export) -> None:
        self._export = export
        self._said_at = timezone.now()

    def __call__(self, done: int, total: int) -> None:
        """Note how much is done."""
        now = timezone.now()
        if now - self._said_at >= timedelta(seconds=1):
            self._said_at = now
            Export.objects.filter(pk=self._export.pk).update(done=done, total=total, moved_at=now)


def ask_for(
    *,
    kind: str,
    title: str,
    filename: str,
    parameters: dict[str, object],
    enqueue: Callable[[int], object],
    by: AbstractBaseUser,
    at: datetime,
) -> Export:
    """Have a file made; asking twice while it is being made gives the same one.

    What the person asked for long ago is thrown away, for it may hold what was internal then.
    """
    _forget(Export.objects.filter(asked_by=by.pk, asked_at__lt=at - KEPT_FOR))
    pending = Export.objects.filter(
        kind=kind,
        asked_by=by.pk,
        parameters=parameters,
        state__in=[Export.State.WAITING, Export.State.RUNNING],
        moved_at__gt=at - GIVEN_UP_AFTER,
    ).first()
    if pending:
        return pending
    export = Export.objects.create(
        kind=kind,
        title=title,
        filename=filename,
        parameters=parameters,
        language=translation.get_language() or "de",
        asked_by_id=by.pk,
        asked_at=at,
        moved_at=at,
    )
    transaction.on_commit(lambda: enqueue(export.pk))
    return export


def make(export_id: int, write: Writer) -> None:
    """Make a file once, in the language it was asked for in; what went wrong is kept with it."""
    begun = Export.objects.filter(pk=export_id, state=Export.State.WAITING).update(
        state=Export.State.RUNNING, moved_at=timezone.now()
    )
    if not begun:
        return
    export = Export.objects.get(pk=export_id)
    with translation.override(export.language), tempfile.SpooledTemporaryFile(IN_MEMORY) as target:
        try:
            write(export, target, Progress(export))
        except ValidationError as problem:
            _fail(export, " ".join(problem.messages))
        except Exception:
            _fail(
                export, _("Beim Erstellen ist ein Fehler aufgetreten. Bitte noch einmal versuchen.")
            )
            raise
        else:
            _finish(export, target)


def fetched(*, export: Export, at: datetime) -> None:
    """Note that a file was fetched, so that it leaves the inbox."""
    Export.objects.filter(pk=export.pk, fetched_at__isnull=True).update(fetched_at=at)


def _forget(exports: Iterable[Export]) -> None:
    for each in exports:
        each.file.delete(save=False)
        each.delete()


def _finish(export: Export, target: IO[bytes]) -> None:
    target.seek(0)
    digest = hashlib.sha256()
    while piece := target.read(_PIECE):
        digest.update(piece)
    target.seek(0)
    export.file.save(export.filename, File(target), save=False)
    export.sha256 = digest.hexdigest()
    export.state, export.moved_at = Export.State.DONE, timezone.now()
    export.save(update_fields=["file", "sha256", "state", "moved_at"])


def _fail(export: Export, sentence: str) -> None:
    Export.objects.filter(pk=export.pk).update(
        state=Export.State.FAILED, problem=sentence, moved_at=timezone.now()
    )
