"""Bold and italic between Word and Markdown, with everything else kept as the plain text it is."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from markdown_it import MarkdownIt

_PUNCTUATION = r"!-/:-@\[-`{-~"
_MARKS = re.compile(r"[*_\\]")
_STAR = re.compile(r"\*+")
_UNDERSCORES = re.compile(r"(?<![^\W_])_+(?=[^\W_])|(?<=[^\W_])_+(?![^\W_])")
_BACKSLASH = re.compile(rf"\\(?=[{_PUNCTUATION}])")
_SPECIAL = re.compile(r"[*_\\]")
_STAND_IN = "\ue000"  # stands for an address while marks are looked for, and for itself
_ADDRESS = re.compile(rf"https?://[^\s*<>\\{_STAND_IN}]+|{_STAND_IN}")
_PARSER = MarkdownIt("zero").enable(["emphasis", "escape"])


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one look."""

    text: str
    bold: bool = False
    italic: bool = False


def to_markdown(pieces: Iterable[Piece]) -> str:
    """Return pieces as text with inline Markdown; a look that would not be read again is dropped."""
    merged = list(_merged(pieces))
    plain = "".join(piece.text for piece in merged)
    text = "".join(_marked(piece) for piece in merged)
    if "".join(piece.text for piece in from_markdown(text)) == plain:
        return text
    return _escaped(plain)


def from_markdown(text: str) -> Iterator[Piece]:
    """Cut text with inline Markdown into pieces; the marks themselves are gone."""
    if not has_marks(text):
        if text:
            yield Piece(text)
        return
    addresses = iter(_ADDRESS.findall(text))
    bold = italic = 0
    for token in _PARSER.parseInline(_ADDRESS.sub(_STAND_IN, text))[0].children or ():
        bold += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        italic += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        content = "\\\n" if token.type == "hardbreak" else token.content
        if content:
            content = re.sub(_STAND_IN, lambda _: next(addresses), content)
            yield Piece(content, bold > 0, italic > 0)


def has_marks(text: str) -> bool:
    """Tell whether a text may hold inline Markdown."""
    return _MARKS.search(text) is not None


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Join neighbours of the same look; blanks between two of them take their look."""
    filled: list[Piece] = []
    for piece in pieces:
        if filled and not piece.text.strip():
            filled.append(replace(filled[-1], text=piece.text))
        elif piece.text:
            filled.append(piece)
    for (bold, italic), group in groupby(filled, key=lambda piece: (piece.bold, piece.italic)):
        yield Piece("".join(piece.text for piece in group), bold, italic)


def _marked(piece: Piece) -> str:
    """Return a piece within its marks, line by line, with blanks outside."""
    mark = "**" * piece.bold + "*" * piece.italic
    if not mark:
        return _escaped(piece.text)
    return re.sub(r"\S(?:[^\n]*\S)?", lambda core: f"{mark}{_escaped(core[0])}{mark}", piece.text)


def _escaped(text: str) -> str:
    """Return plain text so that inline Markdown reads it as it is; addresses are safe as they are."""
    if not _SPECIAL.search(text):
        return text
    addresses = iter(_ADDRESS.findall(text))
    text = _ADDRESS.sub(_STAND_IN, text)
    text = _BACKSLASH.sub(r"\\\\", text)
    text = _STAR.sub(lambda stars: "\\*" * len(stars[0]), text)
    text = _UNDERSCORES.sub(lambda run: "\\_" * len(run[0]), text)
    return re.sub(_STAND_IN, lambda _: next(addresses), text)
