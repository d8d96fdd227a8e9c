"""Backups: one file with every row and every stored file, and a checksum that proves it whole."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from mitplan.common import triggers

_FORMAT = 1
_LEFT_OUT = {
    "sessions.session",
    "contenttypes.contenttype",
    "auth.permission",
    "common.sharedcacheentry",
}


class _ExactEncoder(DjangoJSONEncoder):
    """Writes moments whole; Django's own cuts microseconds, and the record's hashes no longer hold."""

    def default(self, o: object) -> object:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def write_backup(target: Path) -> str:
    """Write all rows and files into a new ZIP file and return its SHA-256.

    All rows are read in one transaction, so the backup shows one moment. A file that is already
    there is never overwritten.
    """
    if target.exists():
        raise ValidationError(
            _("%(file)s gibt es schon. Bitte einen anderen Namen wählen."), params={"file": target}
        )
    partial = target.with_name(target.name + ".part")
    with transaction.atomic(), zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
        manifest = {"format": _FORMAT, "entries": dict(_write_entries(archive))}
        archive.writestr("manifest.json", json.dumps(manifest, indent=1))
    digest = hashlib.sha256(partial.read_bytes()).hexdigest()
    partial.rename(target)
    checksum_file(target).write_text(f"{digest}  {target.name}\n", encoding="utf-8")
    return digest


def checksum_file(target: Path) -> Path:
    """Return where the checksum of a backup stands, in the form `sha256sum --check` reads."""
    return target.with_name(target.name + ".sha256")


def restore_backup(source: Path) -> int:
    """Restore a backup into an empty database and return the number of rows.

    The checksum and the hash of every entry are compared first. Either all is restored or nothing.
    """
    if not source.exists():
        raise ValidationError(_("%(file)s gibt es nicht."), params={"file": source})
    _require_checksum(source)
    try:
        archive = zipfile.ZipFile(source)
    except zipfile.BadZipFile as problem:
        raise ValidationError(
            _("%(file)s ist keine Sicherung oder beschädigt."), params={"file": source}
        ) from problem
    with archive:
        entries = json.loads(archive.read("manifest.json"))["entries"]
        for name, digest in entries.items():
            if hashlib.sha256(archive.read(name)).hexdigest() != digest:
                raise ValidationError(
                    _("%(file)s: Der Teil %(part)s ist beschädigt."),
                    params={"file": source, "part": name},
                )
        _require_empty()
        rows = _restore_rows(archive)
        _restore_files(archive, entries)
    return rows


def _models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model._meta.label_lower not in _LEFT_OUT
    ]


def _write_entries(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    for model in _models():
        name = f"rows/{model._meta.label_lower}.jsonl"
        stream = io.StringIO()
        rows = model._base_manager.order_by("pk").iterator(chunk_size=2000)
        serializers.serialize("jsonl", rows, stream=stream, cls=_ExactEncoder)
        yield name, _add(archive, name, stream.getvalue().encode())
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")) if root.exists() else ():
        if path.is_file():
            name = f"files/{path.relative_to(root)}"
            yield name, _add(archive, name, path.read_bytes())


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> str:
    archive.writestr(name, data)
    return hashlib.sha256(data).hexdigest()


def _require_checksum(source: Path) -> None:
    kept = checksum_file(source)
    if not kept.exists():
        raise ValidationError(
            _("Die Prüfsumme %(file)s fehlt neben der Sicherung."), params={"file": kept.name}
        )
    expected = kept.read_text(encoding="utf-8").split()[0]
    if hashlib.sha256(source.read_bytes()).hexdigest() != expected:
        raise ValidationError(
            _("%(file)s passt nicht zu seiner Prüfsumme und wird nicht geladen."),
            params={"file": source},
        )


def _require_empty() -> None:
    filled = [model._meta.label for model in _models() if model._base_manager.exists()]
    if filled:
        raise ValidationError(
            _("Eine Sicherung wird nur in eine leere Datenbank geladen. Nicht leer: %(tables)s"),
            params={"tables": ", ".join(filled[:5])},
        )


def _restore_rows(archive: zipfile.ZipFile) -> int:
    triggers.remove()
    try:
        with transaction.atomic(), connection.constraint_checks_disabled():
            count = sum(_restore_model(archive, model) for model in _models())
            connection.check_constraints()
            _reset_sequences()
    finally:
        triggers.install()
    return count


def _restore_model(archive: zipfile.ZipFile, model: type[models.Model]) -> int:
    data = archive.read(f"rows/{model._meta.label_lower}.jsonl").decode()
    count = 0
    for restored in serializers.deserialize("jsonl", data):
        models.Model.save_base(restored.object, raw=True, force_insert=True)
        count += 1
    return count


def _reset_sequences() -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)


def _restore_files(archive: zipfile.ZipFile, entries: dict[str, str]) -> None:
    root = Path(settings.MEDIA_ROOT)
    for name in entries:
        if name.startswith("files/"):
            path = (root / name.removeprefix("files/")).resolve()
            if not path.is_relative_to(root.resolve()):
                raise ValidationError(
                    _("Unzulässiger Dateiname in der Sicherung: %(name)s"), params={"name": name}
                )
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(archive.read(name))
