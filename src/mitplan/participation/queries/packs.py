"""The pack of an organisation: the consulted text in Word, forms, and how to go about it."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mitplan.conference.models import Organisation
from mitplan.core.text.passages import Document, Kind
from mitplan.core.workdays import closes_at
from mitplan.formats import docx_writer
from mitplan.formats.docx_output import Sheet
from mitplan.formats.docx_report import (
    Block,
    Column,
    Heading,
    Look,
    Paragraph,
    Run,
    Table,
    write_report,
)
from mitplan.formats.sheets import Column as SheetColumn
from mitplan.formats.sheets import Sheet as Spreadsheet
from mitplan.formats.xlsx import xlsx
from mitplan.participation.models import Consultation, Point
from mitplan.participation.queries.rounds import last_day_for
from mitplan.plan.models import Edition
from mitplan.plan.queries import document_of
from mitplan.ui.inline import plain_text

ROUND, EDITION, CHAPTERS, WHO = (
    "Mitplan-Runde",
    "Mitplan-Fassung",
    "Mitplan-Kapitel",
    "Mitplan-Organisation",
)
"""The particulars a file of the pack carries unseen."""

ALL = "alle"
EMPTY_ROWS = 10
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter by the number of its heading; 0 is what stands before the first one."""

    number: int
    title: str


@dataclass(frozen=True)
class Pack:
    """What an organisation takes home: which text, for whom, and which chapters of it."""

    consultation: Consultation
    organisation: Organisation
    document: Document
    chosen: tuple[int, ...] = ()

    @property
    def passages(self) -> Document:
        """The passages of the chosen chapters, or all."""
        return passages_in(self.document, self.chosen)

    @property
    def edition(self) -> Edition:
        """The consulted edition."""
        return self.consultation.edition

    @property
    def closes(self) -> datetime:
        """The last moment."""
        return closes_at(last_day_for(self.consultation, self.organisation))

    @property
    def deadline(self) -> str:
        """The last day in words."""
        return date_format(self.closes.date(), "DATE_FORMAT")

    @property
    def particulars(self) -> tuple[tuple[str, str], ...]:
        """What its files carry unseen, so that they are known when they come back."""
        return (
            (ROUND, str(self.consultation.number)),
            (EDITION, self.edition.content_hash),
            (CHAPTERS, ",".join(map(str, self.chosen)) or ALL),
            (WHO, str(self.organisation.pk)),
        )

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What its files say of themselves."""
        return [
            (_("Beteiligungsrunde"), f"{self.consultation.number}: {self.consultation.title}"),
            (_("Fassung"), str(self.edition)),
            (_("Prüfsumme"), self.edition.content_hash),
            (_("Organisation"), self.organisation.name),
            (_("Frist"), self.deadline),
        ]


def pack_for(
    consultation: Consultation, organisation: Organisation, chosen: Iterable[int] = ()
) -> Pack:
    """Return the pack of an organisation, with the chosen chapters; those that do not exist are left out."""
    document = document_of(consultation.edition)
    known = {chapter.number for chapter in chapters_of(document)}
    wanted = tuple(sorted(known.intersection(chosen)))
    return Pack(consultation, organisation, document, () if set(wanted) == known else wanted)


def chapters_of(document: Document) -> list[Chapter]:
    """Return the chapters of a text: what stands under its uppermost headings below the title."""
    found: dict[int, Chapter] = {}
    for number, title in _chapter_of_each(document):
        found.setdefault(number, Chapter(number, title))
    return list(found.values())


def passages_in(document: Document, chosen: Sequence[int]) -> Document:
    """Return the passages of chapters in the order of the text; all where none is chosen."""
    if not chosen:
        return document
    pairs = zip(document, _chapter_of_each(document), strict=True)
    return tuple(passage for passage, (number, _title) in pairs if number in chosen)


def _chapter_of_each(document: Document) -> Iterator[tuple[int, str]]:
    levels = sorted(each.level for each in document if each.kind is Kind.HEADING)
    has_title = len(levels) > 1 and levels[0] < levels[1]
    begins = levels[1] if has_title else (levels[0] if levels else 0)
    number, title = 0, _("Anfang")
    for passage in document:
        if passage.kind is Kind.HEADING and passage.level == begins:
            number, title = int(passage.id.removeprefix("t")), plain_text(passage.text)
        yield number, title


def text_file(pack: Pack) -> bytes:
    """Return the text as a Word file to work in."""
    file = io.BytesIO()
    header = _("%(title)s · Fassung %(number)s · Frist %(deadline)s · %(organisation)s") % {
        "title": pack.consultation.title,
        "number": pack.edition.number,
        "deadline": pack.deadline,
        "organisation": pack.organisation.name,
    }
    sheet = Sheet(pack.edition.plan.title, header, properties=pack.particulars, is_tracked=True)
    docx_writer.write(file, sheet, pack.passages)
    return file.getvalue()


def kind_words() -> dict[str, str]:
    """Return what can stand in the column «Art» of a form, and what it means."""
    return {
        _("Änderung"): _("Ihr Wortlaut soll an die Stelle des bisherigen treten."),
        _("Ergänzung"): _("Ihr Wortlaut soll dahinter neu eingefügt werden."),
        _("Streichung"): _("Die Textstelle soll entfallen."),
        _("Anregung"): _("Sie regen etwas an, ohne eigenen Wortlaut."),
        _("Frage"): _("Sie möchten etwas wissen."),
        _("Einwand"): _("Sie sind nicht einverstanden."),
        _("fehlt im Plan"): _("Es geht um etwas, das an keiner Stelle steht."),
    }


def form_rows(pack: Pack) -> Iterator[tuple[str, str, str]]:
    """Yield id, number and wording of each row of a form; at the end some without a passage."""
    for passage in pack.passages:
        if passage.kind is not Kind.FOOTNOTE:
            text = passage.text if passage.kind is Kind.TABLE else plain_text(passage.text)
            yield passage.id, passage.id.removeprefix("t"), text
    for _row in range(EMPTY_ROWS):
        yield "", "", ""


def columns() -> tuple[str, str, str, str, str]:
    """Return the headings of a form."""
    return (
        _("Textstelle"),
        _("Wortlaut"),
        _("Art"),
        _("Ihr Vorschlag oder Anliegen"),
        _("Begründung"),
    )


def form_docx(pack: Pack) -> bytes:
    """Return the form as a table in Word; each row knows its passage unseen."""
    file = io.BytesIO()
    place, wording, kind, wish, reason = columns()
    table = Table(
        _("Formular zur Stellungnahme"),
        [
            Column(place, 1),
            Column(wording, 4),
            Column(kind, 1),
            Column(wish, 4),
            Column(reason, 2.5),
        ],
        (
            ([[Run(number), Run(key, is_hidden=True)]], text, "", "", "")
            for key, number, text in form_rows(pack)
        ),
    )
    sheet = Sheet(
        _("Formular: %(title)s") % {"title": pack.consultation.title},
        pack.organisation.name,
        is_landscape=True,
        properties=pack.particulars,
    )
    write_report(file, sheet, pack.facts, [*_form_help(), table])
    return file.getvalue()


def _form_help() -> Iterator[Paragraph]:
    yield Paragraph(
        _(
            "Füllen Sie nur die Zeilen aus, zu denen Sie etwas sagen möchten. In die Spalte «Art» "
            "schreiben Sie eines dieser Wörter: %(words)s. Die letzten Zeilen sind für das, was fehlt."
        )
        % {"words": ", ".join(kind_words())},
        Look.SMALL,
    )


def form_xlsx(pack: Pack) -> bytes:
    """Return the form as an Excel file; the first column is hidden and holds the passages' ids."""
    place, wording, kind, wish, reason = columns()
    facts = [
        *pack.facts,
        *pack.particulars,
        *((f"{_('Art')}: {word}", meaning) for word, meaning in kind_words().items()),
    ]
    about = Spreadsheet(
        _("Angaben"), [SheetColumn(_("Angabe"), width=30), SheetColumn(_("Wert"), width=70)], facts
    )
    form = Spreadsheet(
        _("Formular"),
        [
            SheetColumn("id", is_hidden=True),
            SheetColumn(place, width=12),
            SheetColumn(wording, width=70),
            SheetColumn(kind, width=16),
            SheetColumn(wish, width=60),
            SheetColumn(reason, width=40),
        ],
        ((key, number, text, "", "", "") for key, number, text in form_rows(pack)),
    )
    return b"".join(xlsx([about, form]))


def instructions(pack: Pack) -> bytes:
    """Return how to go about it, on one page."""
    file = io.BytesIO()
    sheet = Sheet(_("Anleitung: mit Word antworten"), pack.consultation.title)
    write_report(file, sheet, pack.facts, _instructions())
    return file.getvalue()


def _instructions() -> Iterator[Block]:
    yield Paragraph(_("Sie brauchen nur eine der Dateien. Nehmen Sie, was Ihnen liegt."))
    yield Heading(_("Im Text arbeiten (Plan.docx)"))
    for line in (
        _(
            "Ändern Sie den Text in Word. Die Option «Änderungen nachverfolgen» ist schon eingeschaltet."
        ),
        _("Ändern, streichen oder ergänzen Sie den Text. Jede Änderung wird ein Vorschlag."),
        _("Schreiben Sie Kommentare, wo Sie etwas anmerken. Jeder Kommentar wird ein Anliegen."),
        _("Was Sie nicht anfassen, gilt als unverändert."),
    ):
        yield Paragraph(line, Look.LIST)
    yield Heading(_("Ein Formular ausfüllen (Formular.docx oder Formular.xlsx)"))
    yield Paragraph(
        _("Jede ausgefüllte Zeile wird ein Anliegen. In «Art» steht eines dieser Wörter:")
    )
    for word, meaning in kind_words().items():
        yield Paragraph([Run(word, bold=True), Run(f": {meaning}")], Look.LIST)
    yield Heading(_("Zurückschicken"))
    yield Paragraph(
        _(
            "Laden Sie die Datei auf der Seite Ihrer Stellungnahme hoch, unter «Mit Word antworten». "
            "Mitplan zeigt zuerst, was daraus wird; gespeichert wird erst, wenn Sie zustimmen. Danach "
            "prüfen Sie alles und geben ab. Wer keinen Zugang hat, schickt die Datei der "
            "Geschäftsstelle."
        )
    )


FILES: dict[str, Callable[[Pack], bytes]] = {
    "anleitung.docx": instructions,
    "plan.docx": text_file,
    "formular.docx": form_docx,
    "formular.xlsx": form_xlsx,
}
"""The files of a pack by name."""


def packed(pack: Pack) -> bytes:
    """Return all files of a pack in one."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, write in FILES.items():
            archive.writestr(zipfile.ZipInfo(name.capitalize(), _EPOCH), write(pack))
    return file.getvalue()


KINDS: dict[str, tuple[Point.Kind, Point.Proposal]] = {
    "änderung": (Point.Kind.AMENDMENT, Point.Proposal.REWORD),
    "ergänzung": (Point.Kind.AMENDMENT, Point.Proposal.INSERT_AFTER),
    "streichung": (Point.Kind.AMENDMENT, Point.Proposal.DELETE),
    "anregung": (Point.Kind.SUGGESTION, Point.Proposal.NONE),
    "frage": (Point.Kind.QUESTION, Point.Proposal.NONE),
    "einwand": (Point.Kind.OBJECTION, Point.Proposal.NONE),
    "fehlt im plan": (Point.Kind.MISSING, Point.Proposal.NONE),
}
"""What a word in the column «Art» makes of a row."""
