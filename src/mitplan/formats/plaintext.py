"""Bytes to text: files that people hand over."""

import codecs

from mitplan.core.text.passages import Document, Kind, Passage
from mitplan.core.text.tokens import normalise
from mitplan.formats.errors import FormatError, gettext_noop

MAX_BYTES = 20 * 1024 * 1024
"""The largest file that is read at all."""

_CONTROL = frozenset(range(32)) - frozenset(b"\t\n\r\f\v")


def check_size(data: bytes) -> None:
    """Refuse an empty file and one that is too large."""
    if not data.strip():
        raise FormatError(gettext_noop("Die Datei ist leer. Bitte wählen Sie eine Datei mit Text."))
    if len(data) > MAX_BYTES:
        raise FormatError(
            gettext_noop(
                "Die Datei ist mit %(size)s MB zu groß. Erlaubt sind höchstens %(limit)s MB; "
                "entfernen Sie Bilder oder teilen Sie den Text auf."
            ),
            size=-(-len(data) // 1024**2),
            limit=MAX_BYTES // 1024**2,
        )


def decode(data: bytes) -> str:
    """Return the text of a UTF-8 file, in the form in which texts are stored."""
    data = data.removeprefix(codecs.BOM_UTF8)
    check_size(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        if _is_binary(data):
            raise _not_text() from problem
        raise FormatError(
            gettext_noop(
                "Die Datei ist nicht in UTF-8 gespeichert (Zeile %(line)s). Speichern Sie sie im "
                "Editor mit der Zeichenkodierung UTF-8 und versuchen Sie es noch einmal."
            ),
            line=data.count(b"\n", 0, problem.start) + 1,
        ) from problem
    if _is_binary(data):
        raise _not_text()
    return normalise(text)


def plain_passages(text: str) -> Document:
    """Return the paragraphs of plain text, which blank lines part."""
    lines = "\n".join(line.strip() for line in text.splitlines())
    paragraphs = (" ".join(paragraph.split()) for paragraph in lines.split("\n\n"))
    return tuple(Passage("", Kind.PARAGRAPH, each) for each in paragraphs if each)


def _is_binary(data: bytes) -> bool:
    return not _CONTROL.isdisjoint(data)


def _not_text() -> FormatError:
    return FormatError(
        gettext_noop(
            "Die Datei enthält keinen lesbaren Text. Bitte wählen Sie eine Textdatei (Markdown) "
            "oder ein Word-Dokument (.docx)."
        )
    )
