"""Writing Word files: clean or with tracked changes, with real headings, lists and notes, a bookmark per passage."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, groupby, repeat
from typing import IO

from mitplan.core.text.diff import Edit, diff
from mitplan.core.text.passages import Document, Kind, Passage
from mitplan.formats import docx_tables as tables
from mitplan.formats.docx_lists import Lists
from mitplan.formats.docx_looks import BLOCK_BEGINS
from mitplan.formats.docx_notes import Bodies, Notes, body, no_note
from mitplan.formats.docx_output import Output, Sheet
from mitplan.formats.docx_reader import BOOKMARK, FORMER
from mitplan.formats.docx_steps import steps_between
from mitplan.formats.docx_tracking import Author, Change, Credit, Marks, Side, Step, unchanged
from mitplan.formats.docx_words import Text, Words, credited, plain_words, words_of
from mitplan.formats.docx_xml import paragraph

_DEEPEST_HEADING = 6
_DEEPEST_CONTINUATION = 8
_STYLES = {
    Kind.QUOTE: "Quote",
    Kind.GOAL: "MitplanZiel",
    Kind.MEASURE: "MitplanMassnahme",
    Kind.CODE: "MitplanQuelltext",
    Kind.LIST_ITEM: "ListParagraph",
}
_BLOCKS = frozenset([Kind.GOAL, Kind.MEASURE])
_BOOKMARK_NAME = re.compile(r"\w{1,32}")


@dataclass(frozen=True, slots=True)
class Tracking:
    """Whose changes they are: one author for all, and others by passage."""

    author: Author
    credits: Mapping[str, Credit]

    def of(self, passage: Passage) -> Credit:
        """Return who changed a passage."""
        return self.credits.get(passage.id) or Credit(self.author)


_SPACE = "MitplanAbstand"
_NOBODY = Tracking(Author("", datetime(1, 1, 1, tzinfo=UTC)), {})


def write(stream: IO[bytes], sheet: Sheet, document: Document) -> None:
    """Write a text as it is."""
    writer = _Writer(stream, sheet, document, document, _NOBODY)
    writer.write(unchanged(writer.running(Side.NEW, document)), "")


def write_redline(
    stream: IO[bytes], sheet: Sheet, old: Document, new: Document, tracking: Tracking
) -> None:
    """Write a text as tracked changes to another; the passages of both have ids."""
    writer = _Writer(stream, sheet, old, new, tracking)
    steps = steps_between(writer.running(Side.OLD, old), writer.running(Side.NEW, new))
    writer.write(steps, paragraph(_SPACE, ""))


class _Writer:
    """Writes one file from top to bottom."""

    def __init__(
        self, stream: IO[bytes], sheet: Sheet, old: Document, new: Document, tracking: Tracking
    ) -> None:
        self._output = Output(stream, sheet)
        self._width = sheet.width
        self._tracking = tracking
        self._here = {passage.id for passage in new}
        self._notes = Notes(old, new)
        self._marks = Marks()
        self._lists = Lists()
        self._text = Text(self._marks, self._reference)

    def running(self, side: Side, document: Document) -> Document:
        """Return a text without the notes that are written where it refers to them."""
        return tuple(each for each in document if not self._notes.has(side, each))

    def write(self, steps: Iterable[Step], end: str) -> None:
        """Write the passages, and an end that takes in the last paragraph mark where that one goes."""
        self._output.write(chain(self._body(steps), [end]))

    def _body(self, steps: Iterable[Step]) -> Iterator[str]:
        yield from self._body_of(steps)
        self._output.numbering, self._output.notes = self._lists.xml, self._notes.xml

    def _body_of(self, steps: Iterable[Step]) -> Iterator[str]:
        """Write passages; those that were moved together stand between the ends of their move."""
        for (change, move), group in groupby(steps, key=lambda step: (step.change, step.move)):
            first = next(group)
            author = self._tracking.of(first.passage).author
            start, end = self._marks.move(change, author, move) if move else ("", "")
            yield start
            for step in chain([first], group):
                yield from self._step(step)
            yield end

    def _step(self, step: Step) -> Iterator[str]:
        passage = step.passage
        if passage.kind is Kind.LIST_ITEM:
            yield from self._item(step)
            return
        if not (passage.kind is Kind.PARAGRAPH and passage.level):
            self._lists.close(step.change.sides)
        if passage.kind is Kind.TABLE:
            yield from self._table(step)
            return
        properties = BLOCK_BEGINS if passage.kind in _BLOCKS else ""
        for line in self._fields(step):
            yield line
            properties = ""
        yield self._paragraph(step, properties)

    def _item(self, step: Step) -> Iterator[str]:
        labels = {
            Side.OLD: step.old.label if step.old else "",
            Side.NEW: step.new.label if step.new else "",
        }
        numbering = self._lists.add(
            step.passage.level, {side: labels[side] for side in step.change.sides}
        )
        if numbering:
            yield self._paragraph(step, numbering)
        else:
            yield from self._replacement(step)

    def _replacement(self, step: Step) -> Iterator[str]:
        """Write a passage that cannot be shown as one that changed: it goes and comes."""
        going, coming = Step(Change.DELETED, step.old, None), Step(Change.INSERTED, None, step.new)
        if step.old and step.new and step.old.text == step.new.text:
            move = f"Umstellung{self._marks.number()}"
            going = Step(Change.MOVED_AWAY, step.old, None, move)
            coming = Step(Change.MOVED_HERE, None, step.new, move)
        yield from self._body_of([going, coming])

    def _paragraph(self, step: Step, properties: str = "") -> str:
        self._marks.begin(step.change)
        credit = self._tracking.of(step.passage)
        start, end = self._bookmark(step.passage, step.change)
        mark = self._marks.paragraph_mark(step.change, credit.author)
        content = self._content(step, credit)
        return paragraph(_style(step.passage), f"{start}{content}{end}", properties + mark)

    def _content(self, step: Step, credit: Credit) -> str:
        """Return the words of a step, compared where it has two wordings."""
        words = self._words(step.change.sides[-1], step.passage)
        if step.passage.kind is not Kind.FOOTNOTE:
            credit = credited(credit, step.passage.text, words)
        if step.change or step.old is None or step.old is step.new:
            return self._text.whole(words, step.change, Credit(credit.author))
        if step.new is not None and step.old.text == step.new.text and not words.parts:
            return self._text.whole(words, step.change, Credit(credit.author))
        return self._text.compared(self._words(Side.OLD, step.old), words, credit)

    def _words(self, side: Side, passage: Passage) -> Words:
        if passage.kind is Kind.CODE:
            return plain_words(passage.text)
        if passage.kind is Kind.FOOTNOTE:
            return words_of(f"[^{passage.label}]: {passage.text}", no_note)
        return words_of(passage.text, self._notes.finder(side, passage))

    def _fields(self, step: Step) -> Iterator[str]:
        """Write the particulars of a goal or measure, one to a line."""
        author = Credit(self._tracking.of(step.passage).author)
        begins = BLOCK_BEGINS
        for change, old, new in _field_lines(step):
            self._marks.begin(change)
            words = plain_words(new)
            mark = self._marks.paragraph_mark(change, author.author)
            content = (
                self._text.whole(words, change, author)
                if change
                else self._text.compared(plain_words(old), words, author)
            )
            yield paragraph("MitplanFeld", content, begins + mark)
            begins = ""

    def _table(self, step: Step) -> Iterator[str]:
        old, new = (tables.rows_of(each.text) if each else [] for each in (step.old, step.new))
        sides = {tables.sides_of(each.text) for each in (step.old, step.new) if each}
        if not step.change and (len(sides) > 1 or tables.columns_of(old) != tables.columns_of(new)):
            yield from self._replacement(step)
            return
        rows = (
            tables.compared(old, new)
            if step.change is Change.NONE
            else tables.whole(new or old, step.change)
        )
        widths = tables.widths_of([*old, *new], self._width)
        columns = list(zip(widths, chain(*sides, repeat("")), strict=False))
        yield tables.table(self._rows(step, rows, columns), widths)
        author = self._tracking.of(step.passage).author
        yield paragraph(_SPACE, "", self._marks.paragraph_mark(step.change, author))

    def _rows(
        self, step: Step, rows: Iterable[tables.TableRow], columns: Sequence[tuple[int, str]]
    ) -> Iterator[str]:
        author = self._tracking.of(step.passage).author
        finders = {
            side: self._notes.finder(side, each)
            for side, each in ((Side.OLD, step.old), (Side.NEW, step.new))
            if each is not None
        }
        begun: set[Side] = set()
        for row in rows:
            cells = [
                self._cell(pair, row.change, finders, Credit(author))
                for pair in zip(row.old, row.new, strict=True)
            ]
            fresh = set(row.change.sides) - begun
            if fresh:
                cells[0] = self._marked(cells[0], step.passage, row.change)
                begun |= fresh
            sign = self._marks.sign(row.change, author)
            mark = self._marks.paragraph_mark(row.change, author)
            yield tables.row(cells, columns, sign, mark, is_first=bool(fresh))

    def _cell(
        self,
        pair: tuple[str, str],
        change: Change,
        finders: Mapping[Side, Callable[[str], str]],
        credit: Credit,
    ) -> str:
        old, new = pair
        words = words_of(new, finders[change.sides[-1]])
        if change or (old == new and not words.parts):
            return self._text.whole(words, change, credit)
        return self._text.compared(words_of(old, finders[Side.OLD]), words, credit)

    def _marked(self, content: str, passage: Passage, change: Change) -> str:
        start, end = self._bookmark(passage, change)
        return f"{start}{content}{end}"

    def _bookmark(self, passage: Passage, change: Change) -> tuple[str, str]:
        """Return the two ends of a passage's bookmark; Word allows only short plain names."""
        if not _BOOKMARK_NAME.fullmatch(passage.id):
            return "", ""
        is_elsewhere = change.sides == (Side.OLD,) and passage.id in self._here
        name = BOOKMARK + (FORMER if is_elsewhere else "") + passage.id
        number = self._marks.number()
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>',
            f'<w:bookmarkEnd w:id="{number}"/>',
        )

    def _reference(self, key: str, change: Change) -> str:
        return self._notes.refer(key, change, lambda bodies: self._note(bodies, change))

    def _note(self, bodies: Bodies, change: Change) -> str:
        """Return what stands in a note; where its reference came or went, that says so."""
        passage = bodies[change.sides[-1]]
        new = words_of(passage.text, no_note)
        credit = credited(self._tracking.of(passage), passage.text, new)
        if change:
            content = self._text.whole(new, Change.NONE, credit)
        else:
            content = self._text.compared(words_of(bodies[Side.OLD].text, no_note), new, credit)
        start, end = self._bookmark(passage, change)
        return body(start, content, end)


def _field_lines(step: Step) -> Iterator[tuple[Change, str, str]]:
    """Return the lines for the fields of a passage in both texts, those that went before those that came."""
    old = step.old.fields if step.old else ()
    new = step.new.fields if step.new else ()
    if step.change:
        for name, content in step.passage.fields:
            yield step.change, "", f"{name}: {content}"
        return
    if old == new:
        for field in new:
            yield Change.NONE, ": ".join(field), ": ".join(field)
        return
    done = behind = 0
    for edit in (*diff(_names(old), _names(new)), Edit(len(old), len(old), ())):
        same = edit.start - done
        for before, after in zip(old[done : edit.start], new[behind : behind + same], strict=True):
            yield Change.NONE, ": ".join(before), ": ".join(after)
        for field in old[edit.start : edit.end]:
            yield Change.DELETED, "", ": ".join(field)
        behind += same
        for field in new[behind : behind + len(edit.new)]:
            yield Change.INSERTED, "", ": ".join(field)
        done, behind = edit.end, behind + len(edit.new)


def _names(fields: tuple[tuple[str, str], ...]) -> list[str]:
    """Return the names of fields as words, so that none is taken for a mark between words."""
    return [f"f{name}" for name, _ in fields]


def _style(passage: Passage) -> str:
    if passage.kind is Kind.HEADING:
        return f"Heading{min(max(passage.level, 1), _DEEPEST_HEADING)}"
    if passage.kind is Kind.PARAGRAPH and passage.level > 0:
        level = min(passage.level, _DEEPEST_CONTINUATION)
        return f"ListContinue{level if level > 1 else ''}"
    return _STYLES.get(passage.kind, "")
