"""A ZIP file opened with care: nothing is unpacked before it is asked for, and never more than a limit."""

import io
import zipfile
import zlib

from mitplan.formats.errors import FormatError, gettext_noop

MAX_ENTRIES = 4_000
MAX_PART = 48 * 1024 * 1024
"""The most that is ever unpacked from one entry."""
MAX_RATIO = 200
_SMALL = 16 * 1024 * 1024  # below this size a high ratio does no harm
_ENCRYPTED = 1  # a bit among an entry's flags
_PROBLEMS = (
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
)


class Archive:
    """The entries of a ZIP file by name; names are names and never become paths."""

    def __init__(self, data: bytes) -> None:
        """Open the file and check what its list of entries claims; raises FormatError."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _PROBLEMS as problem:
            raise broken() from problem
        entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES or sum(each.compress_size for each in entries) > len(data):
            raise too_dense()
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise protected()
        self._entries = {_folded(entry.filename): entry for entry in entries}
        if len(self._entries) < len(entries):
            raise ambiguous()

    def __contains__(self, name: str) -> bool:
        """Tell whether there is an entry of this name, in capitals or not."""
        return _folded(name) in self._entries

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all entries, as they stand in the file."""
        return tuple(entry.filename for entry in self._entries.values())

    def read(self, name: str, limit: int = MAX_PART) -> bytes:
        """Unpack one entry; one that grows beyond the limit is refused, whatever its header says."""
        entry = self._entries[_folded(name)]
        dense = entry.file_size > max(_SMALL, entry.compress_size * MAX_RATIO)
        if dense or entry.file_size > limit:
            raise too_dense()
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(min(limit, entry.file_size) + 1)
        except _PROBLEMS as problem:
            raise broken() from problem
        if len(data) > limit:
            raise too_dense()
        return data


def _folded(name: str) -> str:
    return name.replace("\\", "/").lower()


def broken() -> FormatError:
    """Say that a document is damaged."""
    return FormatError(
        gettext_noop(
            "Das Dokument ist beschädigt und lässt sich nicht lesen. Öffnen und speichern Sie es "
            "in Word oder LibreOffice und versuchen Sie es noch einmal."
        )
    )


def too_dense() -> FormatError:
    """Say that unpacking could do harm."""
    return FormatError(
        gettext_noop(
            "Das Dokument ist ungewöhnlich stark gepackt und wird zur Sicherheit nicht geöffnet. "
            "Speichern Sie es in Word neu, ohne große Bilder, und versuchen Sie es noch einmal."
        )
    )


def protected() -> FormatError:
    """Say that a password is in the way."""
    return FormatError(
        gettext_noop(
            "Das Dokument ist mit einem Kennwort geschützt. Entfernen Sie den Schutz und "
            "versuchen Sie es noch einmal."
        )
    )


def ambiguous() -> FormatError:
    """Say that a file holds two contents under one name, so that programs would read different ones."""
    return FormatError(
        gettext_noop(
            "Das Dokument enthält zwei Teile mit demselben Namen und wird zur Sicherheit nicht "
            "geöffnet. Speichern Sie es in Word oder LibreOffice neu und versuchen Sie es noch einmal."
        )
    )
