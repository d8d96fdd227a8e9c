"""Files that commands read, as passages or as text. Needs no database."""

from pathlib import Path

from mitplan.core.text.passages import Document
from mitplan.formats import anyfile, markdown
from mitplan.formats.errors import FormatError
from mitplan.formats.plaintext import MAX_BYTES, decode
from mitplan.web.commands.reporting import Refusal


def read_bytes(path: Path) -> bytes:
    """Return what a file holds; one that is missing or too large is refused before it is read."""
    if not path.exists():
        message = f"{path}: Die Datei gibt es nicht."
        raise Refusal(message)
    if path.is_dir():
        message = f"{path}: Das ist ein Ordner. Bitte eine Datei angeben."
        raise Refusal(message)
    size, limit = -(-path.stat().st_size // 1024**2), MAX_BYTES // 1024**2
    if size > limit:
        message = f"{path}: Die Datei ist mit {size} MB zu groß. Erlaubt sind höchstens {limit} MB."
        raise Refusal(message)
    return path.read_bytes()


def read_text(path: Path) -> Document:
    """Read the passages of a Word, OpenDocument, PDF or Markdown file, or of plain text."""
    data = read_bytes(path)
    try:
        passages = _passages(path, data)
    except FormatError as problem:
        message = f"{path}: {problem}"
        raise Refusal(message) from problem
    if not passages:
        message = (
            f"{path}: Die Datei enthält keinen Text. Bitte eine mit mindestens einem Absatz wählen."
        )
        raise Refusal(message)
    return passages


def decoded(path: Path) -> str:
    """Return the text of a UTF-8 file; another encoding is refused, never guessed."""
    try:
        return decode(read_bytes(path))
    except FormatError as problem:
        message = f"{path}: {problem}"
        raise Refusal(message) from problem


def _passages(path: Path, data: bytes) -> Document:
    if path.suffix.lower() in anyfile.SUFFIXES:
        return anyfile.read_passages(path.name, data)
    return tuple(markdown.read(decode(data)))
