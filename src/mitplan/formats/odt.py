"""OpenDocument texts in and out; their changes and comments are read as those of Word files are."""

from collections.abc import Iterable, Iterator

from mitplan.core.text.passages import Document, Passage
from mitplan.formats import docx_reading
from mitplan.formats.docx_revisions import Revisions
from mitplan.formats.odt_package import MIME_TYPE, OdtPackage
from mitplan.formats.odt_writer import entries_of
from mitplan.formats.reading import Reading, Version
from mitplan.formats.zip_stream import zipped


def read(data: bytes, revisions: Revisions = "accept") -> Document:
    """Read the passages of an OpenDocument text; ids are those that bookmarks carry.

    Raises FormatError for a file that is none, is broken, protected or holds macros.
    """
    return docx_reading.text_of(OdtPackage(data), revisions)


def read_reading(data: bytes) -> Reading:
    """Read an OpenDocument text with everything it says: changes, comments, margins; raises FormatError."""
    return docx_reading.reading_of(OdtPackage(data))


def read_versions(data: bytes) -> tuple[Version, ...]:
    """Read an OpenDocument text once for each author of changes, with theirs made and no others."""
    return docx_reading.versions_of(OdtPackage(data))


def read_lines(data: bytes, revisions: docx_reading.Shown = "accept") -> Iterator[str]:
    """Read the paragraphs of an OpenDocument text as plain lines."""
    return docx_reading.plain_lines(OdtPackage(data), revisions)


def write(passages: Iterable[Passage], title: str, header: str = "", *, stamp: str = "") -> bytes:
    """Write passages as an OpenDocument text; each carries its id as a bookmark, so that `read` finds it.

    Header and stamp stand on every page and are not read back.
    """
    parts = ((name, [content]) for name, content in entries_of(passages, title, header, stamp))
    return b"".join(zipped(parts, first=("mimetype", MIME_TYPE.decode())))
