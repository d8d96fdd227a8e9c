"""The words of a passage, and two wordings as one text with tracked changes."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter

from mitplan.core.text.diff import SegmentKind, reading_edits
from mitplan.core.text.tokens import tokenize
from mitplan.formats.docx_inline import Piece, from_markdown
from mitplan.formats.docx_tracking import Author, Change, Credit, Marks
from mitplan.formats.docx_xml import run, writable

REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")

_NUMBER = re.compile(r"(?<![^\W_])(\d+(?:[.,:/]\d+)+)(?![^\W_])")

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
    """A wording as it is read, and its parts in their looks where one of them has any."""

    text: str
    parts: tuple[tuple[str, Look], ...] = ()

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """The tokens; a reference to a note is one."""
        return tuple(token for token, _ in self._words) if self.parts else _tokens(self.text)

    @cached_property
    def keys(self) -> Sequence[str]:
        """What two tokens must share to be the same; blanks are the same in every look."""
        if not self.parts:
            return self.tokens
        return [
            token if look == _PLAIN or token.isspace() else _key(token, look)
            for token, look in self._words
        ]

    def stretches(self, start: int, end: int) -> Iterable[tuple[str, Look]]:
        """Return the tokens from one place to another, joined where they look the same."""
        if not self.parts:
            return [("".join(self.tokens[start:end]), _PLAIN)]
        groups = groupby(self._words[start:end], key=itemgetter(1))
        return [("".join(token for token, _ in group), look) for look, group in groups]

    @cached_property
    def _words(self) -> list[tuple[str, Look]]:
        return [
            (token, look)
            for text, look in self.parts
            for token in ([text] if look.note else _tokens(text))
        ]


def _tokens(text: str) -> tuple[str, ...]:
    """Return tokens; 3.500 and 1.5.2026 are one each, for nobody reads a number in parts."""
    parts = _NUMBER.split(text)
    if len(parts) == 1:
        return tokenize(text)
    return tuple(
        token
        for index, part in enumerate(parts)
        for token in ([part] if index % 2 else tokenize(part))
    )


def words_of(text: str, note_of: NoteOf) -> Words:
    """Return the words of a wording with inline Markdown."""
    pieces = tuple(from_markdown(writable(text)))
    plain = "".join(piece.text for piece in pieces)
    if "[^" not in plain and not any(piece.bold or piece.italic for piece in pieces):
        return Words(plain)
    return Words(plain, tuple(part for piece in pieces for part in _parts(piece, note_of)))


def _key(token: str, look: Look) -> str:
    return f"note\x00{look.note}" if look.note else f"{token}\x00{look.properties}"


def plain_words(text: str) -> Words:
    """Return the words of text that is taken as it is."""
    return Words(writable(text))


def references(text: str) -> Iterator[str]:
    """Return the labels that a wording with inline Markdown refers to."""
    if "[^" in text:
        for piece in from_markdown(writable(text)):
            yield from REFERENCE.findall(piece.text)


def _parts(piece: Piece, note_of: NoteOf) -> Iterator[tuple[str, Look]]:
    look = Look("<w:b/><w:bCs/>" * piece.bold + "<w:i/><w:iCs/>" * piece.italic)
    for index, part in enumerate(REFERENCE.split(piece.text)):
        note = note_of(part) if index % 2 else ""
        text = f"[^{part}]" if index % 2 else part
        if text:
            yield text, Look(note=note) if note else look


def credited(credit: Credit, source: str, words: Words) -> Credit:
    """Return who wrote how many characters of the words, where their Markdown has some more."""
    plain = words.text
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


def both(old: Words, new: Words) -> Iterator[tuple[SegmentKind, str, Look]]:
    """Return two wordings as one series of stretches to be read, each in its look."""
    for words, start, end, kind in _spans(old, new):
        for text, look in words.stretches(start, end):
            if text:
                yield kind, text, look


def _spans(old: Words, new: Words) -> Iterator[tuple[Words, int, int, SegmentKind]]:
    """Return what stayed, went and came, as places among the tokens of one of the wordings."""
    old_at = new_at = 0
    for edit in reading_edits(old.keys, new.keys):
        start = new_at + edit.start - old_at
        end = start + len(edit.new)
        yield new, new_at, start, SegmentKind.EQUAL
        yield old, edit.start, edit.end, SegmentKind.DELETED
        yield new, start, end, SegmentKind.INSERTED
        old_at, new_at = edit.end, end
    yield new, new_at, len(new.tokens), SegmentKind.EQUAL


class Text:
    """Writes words into paragraphs; how a reference to a note is written is for the notes to say."""

    def __init__(self, marks: Marks, refer: Callable[[str, Change], str]) -> None:
        self._marks = marks
        self._refer = refer

    def whole(self, words: Words, change: Change, credit: Credit) -> str:
        """Return words that share one fate and one author."""
        runs = self._runs(words.parts or [(words.text, _PLAIN)], change)
        return self._marks.around(change, credit.author, runs)

    def compared(self, old: Words, new: Words, credit: Credit) -> str:
        """Return the new words together with those of the old that went."""
        if old == new:
            return self.whole(new, Change.NONE, credit)
        parts: list[str] = []
        for words, start, end, kind in _spans(old, new):
            if kind is SegmentKind.INSERTED:
                parts += self._inserted(words, start, end, credit)
            else:
                parts.append(self._part(words, start, end, _FATES[kind], credit.author))
        return "".join(parts)

    def _part(self, words: Words, start: int, end: int, change: Change, author: Author) -> str:
        runs = self._runs(words.stretches(start, end), change)
        return self._marks.around(change, author, runs)

    def _inserted(self, words: Words, start: int, end: int, credit: Credit) -> Iterator[str]:
        """Return words that came, cut where another author begins."""
        if not credit.words:
            yield self._part(words, start, end, Change.INSERTED, credit.author)
            return
        authors = _authors(words, credit)
        for author, group in groupby(range(start, end), key=authors.__getitem__):
            places = list(group)
            yield self._part(words, places[0], places[-1] + 1, Change.INSERTED, author)

    def _runs(self, stretches: Iterable[tuple[str, Look]], change: Change) -> str:
        tag = "w:delText" if change is Change.DELETED else "w:t"
        return "".join(
            self._refer(look.note, change) if look.note else run(text, look.properties, tag=tag)
            for text, look in stretches
        )


_FATES = {SegmentKind.EQUAL: Change.NONE, SegmentKind.DELETED: Change.DELETED}


def _authors(words: Words, credit: Credit) -> list[Author]:
    """Return the author of each word: the one who has its first character."""
    by_character = [author for length, author in credit.words for _ in range(length)]
    authors, place = [], 0
    for token in words.tokens:
        authors.append(by_character[place] if place < len(by_character) else credit.author)
        place += len(token)
    return authors
