"""All that a file in the form of Word says: its text with and without the changes, the changes, the comments."""

from collections.abc import Iterator
from typing import Literal

from lxml import etree

from mitplan.core.text.passages import Document
from mitplan.core.text.tokens import normalise
from mitplan.formats.critic import shown
from mitplan.formats.docx_cleaning import choose_alternatives, drop_instructions
from mitplan.formats.docx_comments import Threads, plain_text
from mitplan.formats.docx_ignored import IgnoredCount
from mitplan.formats.docx_marks import Marker
from mitplan.formats.docx_package import Parts
from mitplan.formats.docx_reader import Labels, Reader
from mitplan.formats.docx_revisions import Accepts, Revisions, all_of, only_by, settle
from mitplan.formats.errors import FormatError, gettext_noop
from mitplan.formats.marks import Marks, lines_of
from mitplan.formats.reading import IgnoredKind, Margin, MarginKind, Reading, Version
from mitplan.formats.remarks import comments_of

Shown = Literal["accept", "reject", "show"]

MAX_AUTHORS = 40
"""How many authors get a text of their own; each costs as much time as reading the file."""

_MARGINS = {"header": MarginKind.HEADER, "footer": MarginKind.FOOTER}


def reading_of(package: Parts) -> Reading:
    """Return everything a file says."""
    labels = Labels()
    rejected = _text(package, all_of("reject"), labels)
    accepted = _text(package, all_of("accept"), labels)
    threads = Threads(package)
    marker, ignored = Marker(threads.numbers), IgnoredCount()

    def marked(root: etree._Element) -> None:
        ignored.look_at(root)
        marker.mark(root)

    lines = lines_of(Reader(package, marked, labels, keyed=True, repeats=True).read())
    marks = Marks(lines, marker.traces)
    ignored.add(IgnoredKind.EXTERNAL, package.externals)
    return Reading(
        accepted,
        rejected,
        marks.marked,
        marks.changes,
        tuple(comments_of(threads.remarks, lines, marker.traces, rejected, accepted)),
        tuple(_margins(package)),
        tuple(ignored.told()),
        tuple(_properties(package)),
    )


def versions_of(package: Parts) -> tuple[Version, ...]:
    """Return the text once for each author of changes, with theirs made and no others.

    Ids and labels are those of `reading_of`. Raises FormatError where there are too many authors.
    """
    labels = Labels()
    _text(package, all_of("reject"), labels)
    _text(package, all_of("accept"), labels)
    marker = Marker({})
    lines = lines_of(Reader(package, marker.mark, labels, keyed=True, repeats=True).read())
    authors = dict.fromkeys(change.author for change in Marks(lines, marker.traces).changes)
    if len(authors) > MAX_AUTHORS:
        raise FormatError(
            gettext_noop(
                "In der Datei haben %(count)s Personen Änderungen gemacht; Mitplan trennt höchstens "
                "%(limit)s. Nehmen Sie erledigte Änderungen an und versuchen Sie es noch einmal."
            ),
            count=len(authors),
            limit=MAX_AUTHORS,
        )
    return tuple(Version(author, _text(package, only_by(author), labels)) for author in authors)


def text_of(package: Parts, revisions: Revisions) -> Document:
    """Return the passages with all changes made or none; ids are those the file carries."""
    accepts = all_of(revisions)
    return tuple(Reader(package, lambda root: settle(root, accepts)).read())


def plain_lines(package: Parts, revisions: Shown) -> Iterator[str]:
    """Return the paragraphs as plain lines, with the changes made, undone, or shown in place."""
    if revisions == "show":
        threads = Threads(package)
        marker = Marker(threads.numbers)
        lines = lines_of(Reader(package, marker.mark).read_lines())
        told = shown(lines, marker.traces, threads.remarks)
    else:
        accepts = all_of(revisions)
        reader = Reader(package, lambda root: settle(root, accepts))
        told = (passage.text for passage in reader.read_lines())
    return (line for text in told if (line := text.strip()))


def _text(package: Parts, accepts: Accepts, labels: Labels) -> Document:
    def settled(root: etree._Element) -> None:
        settle(root, accepts)

    return tuple(Reader(package, settled, labels, keyed=True).read())


def _margins(package: Parts) -> Iterator[Margin]:
    """Return the headers and footers with words, each once, changes accepted."""
    told = set()
    for name, kind in _MARGINS.items():
        for root in package.all_related(name):
            choose_alternatives(root)
            settle(root, all_of("accept"))
            drop_instructions(root)
            text = plain_text(root)
            if text and (kind, text) not in told:
                told.add((kind, text))
                yield Margin(kind, text)


def _properties(package: Parts) -> Iterator[tuple[str, str]]:
    """Return the properties that somebody added to the file."""
    root = package.properties()
    for element in () if root is None else root:
        text = normalise("".join(element.itertext())).strip()
        if name := element.get("name"):
            yield name, text
