"""Any file with a text that people hand over: what it is shows in its first bytes, not in its name."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import Protocol

from mitplan.core.text.passages import Document
from mitplan.formats import docx, markdown, odt, pdf
from mitplan.formats.docx_reading import Shown
from mitplan.formats.errors import FormatError, gettext_noop
from mitplan.formats.odt_package import is_odt
from mitplan.formats.pdf import is_pdf
from mitplan.formats.plaintext import decode, plain_passages
from mitplan.formats.reading import Reading, Version

SUFFIXES = (".docx", ".odt", ".pdf", ".md", ".markdown", ".txt")
"""The kinds of files that are read."""


class _Office(Protocol):
    """A kind of file that can track changes; its module reads it in every way."""

    def read(self, data: bytes) -> Document:
        """Read the passages."""

    def read_reading(self, data: bytes) -> Reading:
        """Read everything."""

    def read_versions(self, data: bytes) -> tuple[Version, ...]:
        """Read a text for each author."""

    def read_lines(self, data: bytes, revisions: Shown) -> Iterator[str]:
        """Read plain lines."""


_OFFICE: dict[str, _Office] = {"docx": docx, "odt": odt}
_PACKED = (b"PK", b"\xd0\xcf\x11\xe0", b"{\\rtf")


def read_passages(name: str, data: bytes) -> Document:
    """Return the text of a file with all changes made; ids are those the file carries."""
    kind = _kind(name, data)
    return _OFFICE[kind].read(data) if kind in _OFFICE else _plain(kind, data)


def read_reading(name: str, data: bytes) -> Reading:
    """Return everything a file says; raises FormatError."""
    kind = _kind(name, data)
    if kind in _OFFICE:
        return _OFFICE[kind].read_reading(data)
    text = _keyed(_plain(kind, data))
    return Reading(text, text)


def read_versions(name: str, data: bytes) -> tuple[Version, ...]:
    """Return the text once for each author of changes; none where the file tracks nothing."""
    kind = _kind(name, data)
    return _OFFICE[kind].read_versions(data) if kind in _OFFICE else ()


def read_lines(name: str, data: bytes, revisions: Shown) -> Iterator[str]:
    """Return the paragraphs of a file as plain lines, with changes made, undone or shown in place."""
    kind = _kind(name, data)
    if kind in _OFFICE:
        return _OFFICE[kind].read_lines(data, revisions)
    return (line for each in _plain(kind, data) for line in each.text.splitlines())


def _kind(name: str, data: bytes) -> str:
    """Tell what a file is: by its bytes, and where they are plain text by its name."""
    if is_odt(data):
        return "odt"
    if data.startswith(_PACKED):
        return "docx"
    if is_pdf(data):
        return "pdf"
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
    if kind == "pdf":
        return pdf.read(data)
    text = decode(data)
    return plain_passages(text) if kind == "txt" else tuple(markdown.read(text))


def _keyed(passages: Document) -> Document:
    """Give passages without an id their place in the file."""
    return tuple(
        each if each.id else replace(each, id=f"#{place}")
        for place, each in enumerate(passages, start=1)
    )
