"""Word files: plan texts in and out. Looks and comments stay outside; tracked changes are accepted or rejected."""

from collections.abc import Iterable, Iterator

from mitplan.core.text.passages import Passage
from mitplan.formats import docx_reading
from mitplan.formats.docx_package import Package
from mitplan.formats.docx_revisions import Revisions
from mitplan.formats.docx_writer import Writer
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


def write(passages: Iterable[Passage], title: str, header: str = "") -> bytes:
    """Write passages as a Word file; each carries its id as a bookmark, so that `read` finds it again.

    The header stands on every page and is not read back.
    """
    return Writer(title, header).write(passages)
