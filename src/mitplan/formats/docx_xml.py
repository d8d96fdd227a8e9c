"""The smallest pieces of a Word file that is written: escaped text, runs, the names of things."""

import re
from xml.sax.saxutils import escape

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile(r"[&<>\"\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"([\n\t])")
_BREAK = {"\n": "<w:br/>", "\t": "<w:tab/>"}


def writable(text: str) -> str:
    """Return the text without characters that XML cannot hold."""
    return _UNWRITABLE.sub("", text)


def escaped(text: str) -> str:
    """Return text as it may stand between tags and inside double quotes."""
    if not _SPECIAL.search(text):
        return text
    return escape(writable(text), {'"': "&quot;"})


def run(text: str, properties: str = "", *, tag: str = "w:t") -> str:
    """Return a run; line ends and tabs become what Word has for them. Without text there is no run."""
    if not text:
        return ""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    if "\n" not in text and "\t" not in text:
        return f"<w:r>{look}{_words(text, tag)}</w:r>"
    parts = (_BREAK.get(part) or _words(part, tag) for part in _BREAKS.split(text) if part)
    return f"<w:r>{look}{''.join(parts)}</w:r>"


def _words(text: str, tag: str) -> str:
    return f'<{tag} xml:space="preserve">{escaped(text)}</{tag}>'


def paragraph(style: str, content: str, properties: str = "") -> str:
    """Return a paragraph in a style; an empty name is the style of running text."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    settings = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{settings}{content}</w:p>"


def cell(width: int, content: str, properties: str = "") -> str:
    """Return a table cell of a width in twentieths of a point."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'
