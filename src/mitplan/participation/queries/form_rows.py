"""The rows of a filled-in form become points; what is wrong with a row is said with its number."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from mitplan.core.text import amendments as core
from mitplan.core.text.matching import similarity
from mitplan.core.text.passages import Document, Kind
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.formats.docx_rows import read_tables
from mitplan.formats.xlsx_reader import ReadSheet, read_sheets
from mitplan.participation.models import Point
from mitplan.participation.queries import packs
from mitplan.participation.queries.findings import Confidence, Finding, Source, Text
from mitplan.participation.queries.proposals import Change
from mitplan.participation.queries.word_changes import Wish, effects_of_changes, fits, told
from mitplan.plan.models import Passage
from mitplan.ui.inline import plain_text

LANGUAGE = "de"
"""The language in which forms are written, whatever their reader speaks."""

ALIKE = 0.4
"""From this likeness to the wording on, what stands in a row without a kind is meant as a new wording."""

_KEY = re.compile(r"\bt(\d+)\b|(\d+)t\1\b")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in one row of a form, and its number as the program shows it."""

    number: int
    key: str
    place: str
    wording: str
    kind: str
    wish: str
    reason: str


@dataclass(frozen=True, slots=True)
class FormTable:
    """A form that came back: its rows, and the particulars it carries."""

    rows: tuple[Row, ...]
    particulars: tuple[tuple[str, str], ...]


class RowError(Exception):
    """Says what is wrong with a row and how to mend it."""


def form_in_docx(data: bytes, particulars: Sequence[tuple[str, str]]) -> FormTable | None:
    """Return the form in a Word file, or nothing where it holds none."""
    if not data.startswith(b"PK"):
        return None
    rows: list[Row] = []
    for table in read_tables(data):
        head = _head(table[0]) if table else None
        if head is not None:
            lines = list(enumerate(table[1:], start=1))
            rows += _rows(head, lines)
    return FormTable(tuple(rows), tuple(particulars)) if rows else None


def form_in_xlsx(data: bytes) -> FormTable:
    """Return the form in an Excel file; raises ValidationError where it holds none."""
    sheets = read_sheets(data)
    for sheet in sheets:
        for place, (_number, cells) in enumerate(sheet.rows[:20]):
            head = _head(cells)
            if head is not None:
                rows = _rows(head, sheet.rows[place + 1 :])
                return FormTable(tuple(rows), tuple(_particulars(sheets)))
    raise ValidationError(
        _(
            "Die Tabelle ist kein Formular von Mitplan: Es fehlt die Kopfzeile mit «%(columns)s». "
            "Bitte das Formular aus dem Paket verwenden."
        ),
        params={"columns": "», «".join(_columns())},
    )


def _columns() -> Sequence[str]:
    with override(LANGUAGE):
        return packs.columns()


def _head(cells: Sequence[str]) -> dict[str, int] | None:
    """Return where each column of a form stands; None where the row is not its heading."""
    names = [" ".join(each.split()).lower() for each in cells]
    wanted = [each.lower() for each in _columns()]
    if not {wanted[0], wanted[3]} <= set(names):
        return None
    return {name: names.index(name) for name in [*wanted, "id"] if name in names}


def _rows(head: dict[str, int], lines: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Row]:
    place, wording, kind, wish, reason = (each.lower() for each in _columns())

    def value(cells: Sequence[str], name: str) -> str:
        column = head.get(name, len(cells))
        return cells[column].strip() if column < len(cells) else ""

    for number, cells in lines:
        shown = value(cells, place)
        yield Row(
            number,
            _key(value(cells, "id"), shown),
            shown,
            value(cells, wording),
            value(cells, kind),
            value(cells, wish),
            value(cells, reason),
        )


def _key(hidden: str, shown: str) -> str:
    found = _KEY.search(hidden) or _KEY.search(shown)
    number = found and (found[1] or found[2])
    shown_number = _NUMBER.search(shown)
    number = number or (shown_number[0] if shown_number else "")
    return f"t{number}" if number else ""


def _particulars(sheets: Iterable[ReadSheet]) -> Iterator[tuple[str, str]]:
    known = {packs.ROUND, packs.EDITION, packs.CHAPTERS, packs.WHO}
    for sheet in sheets:
        for _number, cells in sheet.rows:
            if len(cells) > 1 and cells[0] in known:
                yield cells[0], cells[1]


def row_findings(form: FormTable, edition: Document, text: Text) -> tuple[list[Finding], list[str]]:
    """Return what the filled-in rows say, and what is wrong with the others.

    `edition` is the text the form was made from.
    """
    before = {each.id: each for each in edition}
    findings: list[Finding] = []
    problems: list[str] = []
    for row in form.rows:
        try:
            finding = _Filled(row, before.get(row.key), edition, text).finding()
        except RowError as problem:
            said = {"number": row.number, "problem": str(problem)}
            problems.append(_("Zeile %(number)s: %(problem)s") % said)
        else:
            if finding:
                findings.append(finding)
    return findings, problems


@dataclass(frozen=True)
class _Filled:
    """A row of a form beside the passage it was made for."""

    row: Row
    before: PassageValue | None
    edition: Document
    text: Text

    @cached_property
    def passage(self) -> Passage | None:
        """The passage in the consulted text."""
        return self.text.row(self.row.key)

    @cached_property
    def wording(self) -> str:
        """How the consulted text words the passage."""
        return self.text.base.passage(self.passage.key).text if self.passage else ""

    @cached_property
    def is_reworded(self) -> bool:
        """Whether somebody wrote into the wording itself."""
        if self.before is None or not self.row.wording:
            return False
        is_table = self.before.kind is Kind.TABLE
        shown = self.before.text if is_table else plain_text(self.before.text)
        return self.row.wording.split() != shown.split()

    @property
    def words(self) -> str:
        """What was written."""
        return self.row.wish or (self.row.wording if self.is_reworded else "")

    def finding(self) -> Finding | None:
        """Return what a row says; nothing where nobody wrote into it."""
        row = self.row
        if not (row.wish or row.reason or row.kind or self.is_reworded):
            return None
        if row.key and self.passage is None:
            raise RowError(
                _("Die Textstelle «%(place)s» steht nicht in der Fassung. Bitte die Nummer prüfen.")
                % {"place": row.place or row.key}
            )
        kind, proposal, confidence = self._kind()
        if proposal:
            return self._proposal(proposal, confidence)
        return self._remark(kind, confidence)

    def _kind(self) -> tuple[Point.Kind, Point.Proposal, Confidence]:
        word = " ".join(self.row.kind.split()).lower()
        if word in packs.KINDS:
            return *packs.KINDS[word], Confidence.CERTAIN
        if word:
            with override(LANGUAGE):
                words = ", ".join(packs.kind_words())
            raise RowError(
                _("In «Art» steht «%(word)s». Bitte eines dieser Wörter: %(words)s.")
                % {"word": self.row.kind, "words": words}
            )
        if self.passage is None:
            return Point.Kind.MISSING, Point.Proposal.NONE, Confidence.LIKELY
        value = self.text.base.passage(self.passage.key)
        is_alike = similarity(value, replace(value, text=self.row.wish)) >= ALIKE
        if is_alike or (self.is_reworded and not self.row.wish):
            return Point.Kind.AMENDMENT, Point.Proposal.REWORD, Confidence.LIKELY
        return Point.Kind.SUGGESTION, Point.Proposal.NONE, Confidence.LIKELY

    def _proposal(self, proposal: Point.Proposal, confidence: Confidence) -> Finding:
        if self.passage is None:
            raise RowError(_("Ein Wortlaut braucht eine Textstelle. Bitte ihre Nummer angeben."))
        is_deletion = proposal == Point.Proposal.DELETE
        if not (self.words or is_deletion):
            raise RowError(_("Bitte den vorgeschlagenen Wortlaut angeben."))
        found = self._carried(confidence) if proposal == Point.Proposal.REWORD else None
        if found is None:
            words = "" if is_deletion else self.words
            change = Change(self.passage, proposal, words, quote=self.wording)
            found = self._made(change, confidence)
        said = self.row.wish if is_deletion else found.text
        return replace(found, place=self._place, text=said, reason=self.row.reason)

    def _made(self, change: Change, confidence: Confidence) -> Finding:
        if not fits((change,), self.text):
            raise RowError(
                _(
                    "Der Vorschlag gleicht dem bisherigen Wortlaut oder lässt sich so nicht "
                    "übernehmen."
                )
            )
        return Finding(
            Source.ROW,
            Point.Kind.AMENDMENT,
            passage=self.passage,
            quote=self.wording,
            changes=(change,),
            effects=effects_of_changes((change,), self.text),
            confidence=confidence,
        )

    def _carried(self, confidence: Confidence) -> Finding | None:
        """Return a new wording that was written on an older one, carried to the consulted text."""
        if self.before is None or self.before.text == self.wording:
            return None
        operations = core.rewording(self.before, self.words)
        if not operations:
            return None
        wish = Wish(Source.ROW, "", operations)
        return told([wish], self.edition, self.text, lambda _wish: confidence)[0]

    def _remark(self, kind: Point.Kind, confidence: Confidence) -> Finding:
        if not (self.words or self.row.reason):
            raise RowError(_("Es fehlt das Anliegen. Bitte schreiben Sie, worum es Ihnen geht."))
        return Finding(
            Source.ROW,
            kind,
            place=self._place,
            passage=self.passage,
            quote=self.wording,
            text=self.words or self.row.reason,
            reason=self.row.reason if self.words else "",
            confidence=confidence,
        )

    @property
    def _place(self) -> str:
        return _("Zeile %(number)s") % {"number": self.row.number}
