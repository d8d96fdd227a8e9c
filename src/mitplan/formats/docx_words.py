"""The words of a passage, and two wordings as one text with tracked changes."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from mitplan.core.text.diff import reading_edits
from mitplan.core.text.tokens import tokenize
from mitplan.formats.docx_inline import Piece, from_markdown
from mitplan.formats.docx_tracking import Author, Change, Credit, Marks
from mitplan.formats.docx_xml import run, writable

REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")

NoteOf = Callable[[str], str]
"""Returns for a footnote's label the key of the note, or nothing where the label is only text."""


@dataclass(frozen=True, slots=True)
class Look:
    """How tokens look, or that they stand for a reference to a note."""

    properties: str = ""
    note: str = ""


_PLAIN = Look()


@dataclass(frozen=True)
class Words:
    """The tokens of a wording; looks are named only where one of them has any."""

    tokens: tuple[str, ...]
    looks: tuple[Look, ...] = ()

    @cached_property
    def keys(self) -> Sequence[str]:
        """What two tokens must share to be the same; blanks are the same in every look."""
        if not self.looks:
            return self.tokens
        return [
            token if look is _PLAIN or token.isspace() else _key(token, look)
            for token, look in zip(self.tokens, self.looks, strict=True)
        ]

    def stretches(self, start: int, end: int) -> Iterator[tuple[str, Look]]:
        """Return the tokens from one place to another, joined where they look the same."""
        if not self.looks:
            yield "".join(self.tokens[start:end]), _PLAIN
            return
        for look, places in groupby(range(start, end), key=self.looks.__getitem__):
            yield "".join(self.tokens[place] for place in places), look


def words_of(text: str, note_of: NoteOf) -> Words:
    """Return the tokens of a wording with inline Markdown."""
    pieces = tuple(from_markdown(writable(text)))
    if "[^" not in text and not any(piece.bold or piece.italic for piece in pieces):
        return Words(tokenize("".join(piece.text for piece in pieces)))
    words = tuple(word for piece in pieces for word in _words(piece, note_of))
    return Words(tuple(token for token, _ in words), tuple(look for _, look in words))


def _key(token: str, look: Look) -> str:
    return f"note\x00{look.note}" if look.note else f"{token}\x00{look.properties}"


def plain_words(text: str) -> Words:
    """Return the tokens of text that is taken as it is."""
    return Words(tokenize(writable(text)))


def references(text: str) -> Iterator[str]:
    """Return the labels that a wording with inline Markdown refers to."""
    if "[^" in text:
        for piece in from_markdown(writable(text)):
            yield from REFERENCE.findall(piece.text)


def _words(piece: Piece, note_of: NoteOf) -> Iterator[tuple[str, Look]]:
    marks = "<w:b/><w:bCs/>" * piece.bold + "<w:i/><w:iCs/>" * piece.italic
    look = Look(marks) if marks else _PLAIN
    for index, part in enumerate(REFERENCE.split(piece.text)):
        text = f"[^{part}]" if index % 2 else part
        if index % 2 and (note := note_of(part)):
            yield text, Look(note=note)
        else:
            yield from ((token, look) for token in tokenize(text))


def credited(credit: Credit, source: str, words: Words) -> Credit:
    """Return who wrote how many characters of the words, where their Markdown has some more."""
    plain = "".join(words.tokens)
    if not credit.words or len(plain) == len(source):
        return credit
    lengths, at, place = [], 0, 0
    for length, author in credit.words:
        start = place
        for character in source[at : at + length]:
            place += place < len(plain) and plain[place] == character
        lengths.append((place - start, author))
        at += length
    return Credit(credit.author, tuple(lengths))


class Text:
    """Writes words into paragraphs; how a reference to a note is written is for the notes to say."""

    def __init__(self, marks: Marks, refer: Callable[[str, Change], str]) -> None:
        self._marks = marks
        self._refer = refer

    def whole(self, words: Words, change: Change, credit: Credit) -> str:
        """Return words that share one fate."""
        return self._part(words, 0, len(words.tokens), change, credit)

    def compared(self, old: Words, new: Words, credit: Credit) -> str:
        """Return the new words together with those of the old that went."""
        author = Credit(credit.author)
        parts: list[str] = []
        old_at = new_at = 0
        for edit in reading_edits(old.keys, new.keys) if old != new else ():
            start = new_at + edit.start - old_at
            end = start + len(edit.new)
            parts.append(self._part(new, new_at, start, Change.NONE, author))
            parts.append(self._part(old, edit.start, edit.end, Change.DELETED, author))
            parts.append(self._part(new, start, end, Change.INSERTED, credit))
            old_at, new_at = edit.end, end
        parts.append(self._part(new, new_at, len(new.tokens), Change.NONE, author))
        return "".join(parts)

    def _part(self, words: Words, start: int, end: int, change: Change, credit: Credit) -> str:
        """Return some of the words, cut where another author begins."""
        if not credit.words or change is Change.NONE:
            runs = self._runs(words, start, end, change)
            return self._marks.around(change, credit.author, runs)
        authors = _authors(words, credit)
        parts = []
        for author, group in groupby(range(start, end), key=authors.__getitem__):
            places = list(group)
            runs = self._runs(words, places[0], places[-1] + 1, change)
            parts.append(self._marks.around(change, author, runs))
        return "".join(parts)

    def _runs(self, words: Words, start: int, end: int, change: Change) -> str:
        tag = "w:delText" if change is Change.DELETED else "w:t"
        return "".join(
            self._refer(look.note, change) if look.note else run(text, look.properties, tag=tag)
            for text, look in words.stretches(start, end)
        )


def _authors(words: Words, credit: Credit) -> list[Author]:
    """Return the author of each word: the one who has its first character."""
    by_character = [author for length, author in credit.words for _ in range(length)]
    authors, place = [], 0
    for token in words.tokens:
        authors.append(by_character[place] if place < len(by_character) else credit.author)
        place += len(token)
    return authors
