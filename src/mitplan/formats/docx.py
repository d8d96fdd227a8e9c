"""Word files: plan texts in and out. Looks and comments stay outside; tracked changes are accepted or rejected."""

from collections.abc import Iterable

from lxml import etree

from mitplan.core.text.passages import Passage
from mitplan.formats.docx_package import Package
from mitplan.formats.docx_reader import Reader
from mitplan.formats.docx_revisions import Revisions, all_of, settle
from mitplan.formats.docx_writer import Writer


def read(data: bytes, revisions: Revisions = "accept") -> tuple[Passage, ...]:
    """Read the passages of a Word file; ids are empty unless the file came from `write`.

    Raises FormatError for a file that is no Word file, is broken, protected or holds macros.
    """

    def settled(root: etree._Element) -> None:
        settle(root, all_of(revisions))

    return tuple(Reader(Package(data), settled).read())


def write(passages: Iterable[Passage], title: str, header: str = "") -> bytes:
    """Write passages as a Word file; each carries its id as a bookmark, so that `read` finds it again.

    The header stands on every page and is not read back.
    """
    return Writer(title, header).write(passages)
