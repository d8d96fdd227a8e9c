"""XML from strangers: no entities, no network, bounded in size and depth."""

import re

from lxml import etree

from mitplan.formats.archive import broken
from mitplan.formats.errors import FormatError, gettext_noop

MAX_MARKS = 3_000_000
"""The most tags and attributes a part may have; each costs up to two hundred bytes of memory."""

_DECLARED = re.compile(rb"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.-]+)["']""")
_ENCODINGS = frozenset([b"utf-8", b"utf8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"])
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_TOO_DEEP = re.compile(r"depth|nesting", re.IGNORECASE)


def parse(data: bytes) -> etree._Element:
    """Return the root of a part; raises FormatError for what is broken, too large or dangerous."""
    data = as_utf_8(data)
    if data.count(b"<") + data.count(b"=") > MAX_MARKS:
        raise too_large()
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        raise (_too_deep() if _TOO_DEEP.search(str(problem)) else broken()) from problem
    if root.getroottree().docinfo.doctype:
        raise broken()
    return root


def as_utf_8(data: bytes) -> bytes:
    """Return a part in an encoding in which its tags can be counted before it is parsed."""
    if data.startswith(_UTF_16):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError as problem:
            raise broken() from problem
        return re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1).encode(errors="replace")
    declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
    if b"\0" in data or (declared and declared[1].lower() not in _ENCODINGS):
        raise broken()
    return data


def too_large() -> FormatError:
    """Say that a document is too long to be read at once."""
    return FormatError(
        gettext_noop(
            "Das Dokument ist zu umfangreich, um es auf einmal zu lesen. Teilen Sie es in mehrere "
            "Dateien auf und versuchen Sie es noch einmal."
        )
    )


def _too_deep() -> FormatError:
    return FormatError(
        gettext_noop(
            "Im Dokument sind Tabellen oder andere Teile zu tief ineinander verschachtelt. Lösen Sie "
            "die Verschachtelung auf und versuchen Sie es noch einmal."
        )
    )
