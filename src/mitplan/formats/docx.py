"""Word files: plan texts in and out. Looks and comments stay outside; tracked changes are accepted or rejected."""

import io
from collections.abc import Iterable, Iterator, Mapping

from mitplan.core.text.passages import Document, Passage
from mitplan.formats import docx_reading, docx_writer
from mitplan.formats.docx_output import Sheet
from mitplan.formats.docx_package import Package
from mitplan.formats.docx_revisions import Revisions
from mitplan.formats.docx_tracking import Author, Credit
from mitplan.formats.docx_writer import Tracking
from mitplan.formats.reading import Reading, Version


def read(data: bytes, revisions: Revisions = "accept") -> tuple[Passage, ...]:
    """Read the passages of a Word file; ids are empty unless the file came from `write`.

    Raises FormatError for a file that is no Word file, is broken, protected or holds macros.
    """
    return docx_reading.text_of(Package(data), revisions)


def read_reading(data: bytes) -> Reading:
    """Read a Word file with everything it says: changes, comments, margins; raises FormatError."""
    return docx_reading.reading_of(Package(data))


def read_versions(data: bytes) -> tuple[Version, ...]:
    """Read a Word file once for each author of changes, with theirs made and no others."""
    return docx_reading.versions_of(Package(data))


def read_lines(data: bytes, revisions: docx_reading.Shown = "accept") -> Iterator[str]:
    """Read the paragraphs of a Word file as plain lines."""
    return docx_reading.plain_lines(Package(data), revisions)


def write(passages: Iterable[Passage], title: str, header: str = "", *, stamp: str = "") -> bytes:
    """Write passages as a Word file; each carries its id as a bookmark, so that `read` finds it again.

    Header and stamp stand on every page and are not read back.
    """
    file = io.BytesIO()
    docx_writer.write(file, Sheet(title, header, stamp), tuple(passages))
    return file.getvalue()


def redline(
    old: Document,
    new: Document,
    sheet: Sheet,
    *,
    by: Author,
    authors: Mapping[str, Credit] | None = None,
) -> bytes:
    """Write a text as tracked changes to another: accepting all gives the new one, rejecting all the old.

    Passages are the same when their ids are. `authors` names by passage whose changes are not by `by`.
    """
    file = io.BytesIO()
    docx_writer.write_redline(file, sheet, old, new, Tracking(by, authors or {}))
    return file.getvalue()
