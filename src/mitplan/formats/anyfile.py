"""Any file with a text that people hand over: what it is shows in its first bytes, not in its name."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from mitplan.core.text.passages import Document
from mitplan.formats import docx, docx_reading, markdown
from mitplan.formats.docx_reading import Shown
from mitplan.formats.errors import FormatError, gettext_noop
from mitplan.formats.plaintext import decode, plain_passages
from mitplan.formats.reading import Reading, Version

SUFFIXES = (".docx", ".odt", ".pdf", ".md", ".markdown", ".txt")
"""The kinds of files that are read."""

_PACKED = (b"PK", b"\xd0\xcf\x11\xe0", b"{\\rtf")


def read_passages(name: str, data: bytes) -> Document:
    """Return the text of a file with all changes made; ids are those the file carries."""
    match _kind(name, data):
        case "docx":
            return docx.read(data)
        case kind:
            return _plain(kind, data)


def read_reading(name: str, data: bytes) -> Reading:
    """Return everything a file says; raises FormatError."""
    match _kind(name, data):
        case "docx":
            return docx_reading.read_reading(data)
        case kind:
            text = _keyed(_plain(kind, data))
            return Reading(text, text)


def read_versions(name: str, data: bytes) -> tuple[Version, ...]:
    """Return the text once for each author of changes; none where the file tracks nothing."""
    match _kind(name, data):
        case "docx":
            return docx_reading.read_versions(data)
        case _:
            return ()


def read_lines(name: str, data: bytes, revisions: Shown) -> Iterator[str]:
    """Return the paragraphs of a file as plain lines, with changes made, undone or shown in place."""
    match _kind(name, data):
        case "docx":
            return docx_reading.read_lines(data, revisions)
        case kind:
            return (line for each in _plain(kind, data) for line in each.text.splitlines())


def _kind(name: str, data: bytes) -> str:
    """Tell what a file is: by its bytes, and where they are plain text by its name."""
    if data.startswith(_PACKED):
        return "docx"
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise FormatError(
            gettext_noop(
                "Dateien dieser Art kann Mitplan nicht lesen. Bitte Word (.docx), OpenDocument (.odt), "
                "PDF, Markdown (.md) oder einfachen Text (.txt) wählen."
            )
        )
    return suffix.removeprefix(".")


def _plain(kind: str, data: bytes) -> Document:
    if kind in {"docx", "odt", "pdf"}:
        return docx.read(data)
    text = decode(data)
    return plain_passages(text) if kind == "txt" else tuple(markdown.read(text))


def _keyed(passages: Document) -> Document:
    """Give passages without an id their place in the file."""
    return tuple(
        each if each.id else replace(each, id=f"#{place}")
        for place, each in enumerate(passages, start=1)
    )
