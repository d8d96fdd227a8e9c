"""What becomes of a file somebody sends: proposals, points, or a letter to be split."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mitplan.conference.models import Organisation
from mitplan.formats import anyfile, xlsx_reader
from mitplan.formats.errors import FormatError
from mitplan.formats.reading import IgnoredKind, Reading, Version
from mitplan.participation.models import Consultation, Point, Submission, Upload
from mitplan.participation.queries.file_texts import FileText, file_text, is_copy
from mitplan.participation.queries.findings import (
    Confidence,
    Finding,
    Source,
    Text,
    in_text_order,
    key_of,
)
from mitplan.participation.queries.form_rows import (
    FormTable,
    form_in_docx,
    form_in_xlsx,
    row_findings,
)
from mitplan.participation.queries.packs import ALL, CHAPTERS, EDITION, ROUND, WHO, passages_in
from mitplan.participation.queries.proposals import WITH_CHANGES, Change, changes_of
from mitplan.participation.queries.word_changes import (
    effects_of_changes,
    findings_of,
    tracked_wishes,
    untracked_wishes,
)
from mitplan.participation.queries.word_comments import comment_findings, stray_comments
from mitplan.plan.models import Edition, Passage
from mitplan.plan.queries import document_of
from mitplan.ui.inline import plain_text

PDF = b"%PDF"
MOST_DIGITS = 9


class FileKind(StrEnum):
    """What a file was taken for."""

    TEXT = "text"
    FORM = "form"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Examined:
    """What would become of a file; `problems` are the places it could not make sense of."""

    kind: FileKind
    findings: tuple[Finding, ...] = ()
    letter: str = ""
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    particulars: tuple[tuple[str, str], ...] = ()

    @property
    def letter_key(self) -> str:
        """The hash by which the letter is recognised."""
        return key_of("letter", None, self.letter, "", ())


def examine(consultation: Consultation, name: str, data: bytes) -> Examined:
    """Read a file and say what would become of it; nothing is saved. Raises ValidationError."""
    try:
        if xlsx_reader.is_xlsx(data):
            return _form(consultation, form_in_xlsx(data))
        reading = anyfile.read_reading(name, data)
        form = form_in_docx(data, reading.properties)
        if form:
            return _form(consultation, form)
        return _Examination(consultation, name, data, reading).result()
    except FormatError as problem:
        raise ValidationError(_(problem.message), params=problem.params) from problem


def text_of(consultation: Consultation) -> Text:
    """Return the consulted text with the rows of its passages."""
    document = document_of(consultation.edition)
    entries = Passage.objects.filter(entries__edition=consultation.edition).select_related("plan")
    return Text(document, {row.key: row for row in entries})


def _form(consultation: Consultation, form: FormTable) -> Examined:
    particulars = dict(form.particulars)
    edition, unknown = _edition(consultation, particulars)
    text = text_of(consultation)
    is_other = edition.pk != consultation.edition_id
    before = document_of(edition) if is_other else text.document
    findings, problems = row_findings(form, before, text)
    notes = [*_origin_notes(consultation, particulars), *unknown]
    if is_other:
        notes.append(_made_on(edition))
    if not findings and not problems:
        notes.append(_("Im Formular ist keine Zeile ausgefüllt."))
    return Examined(
        FileKind.FORM, tuple(findings), "", tuple(notes), tuple(problems), form.particulars
    )


@dataclass(frozen=True, slots=True)
class _Examination:
    """A text file that is being looked at."""

    consultation: Consultation
    name: str
    data: bytes
    reading: Reading

    def result(self) -> Examined:
        """Return what would become of it."""
        particulars = dict(self.reading.properties)
        edition, notes = _edition(self.consultation, particulars)
        document = document_of(edition)
        if not is_copy(self.reading, document):
            return self._letter()
        scope = {each.id for each in passages_in(document, _chapters(particulars))}
        file = file_text(self.reading, self._versions(), document, scope)
        text = text_of(self.consultation)
        if edition.pk != self.consultation.edition_id:
            notes = [_made_on(edition), *notes]
        notes = [*_origin_notes(self.consultation, particulars), *notes, *self._notes(file)]
        findings = in_text_order(self._findings(file, text), text)
        if self.data.startswith(PDF):
            findings = [_doubted(each) for each in findings]
            notes.append(
                _(
                    "Aus einem PDF lassen sich Absätze nur ungefähr lesen. Bitte kreuzen Sie selbst an, "
                    "was wirklich geändert ist, oder laden Sie die Word-Datei hoch."
                )
            )
        return Examined(
            FileKind.TEXT,
            tuple(findings),
            notes=tuple(notes),
            particulars=self.reading.properties,
        )

    def _versions(self) -> Sequence[Version]:
        """Return the text with the changes of each author; what is read already is not read again."""
        authors = self.reading.authors
        if len(authors) > 1:
            return anyfile.read_versions(self.name, self.data)
        return [Version(author, self.reading.accepted) for author in authors]

    def _findings(self, file: FileText, text: Text) -> Iterator[Finding]:
        yield from findings_of(tracked_wishes(file), file.original, file, text)
        yield from findings_of(untracked_wishes(file), file.edition, file, text)
        yield from _missing(file, text)
        yield from comment_findings(self.reading, file, text)

    def _notes(self, file: FileText) -> Iterator[str]:
        if file.is_extract:
            yield _(
                "Die Datei enthält nur einen Teil des Textes. Was fehlt, gilt nicht als gestrichen."
            )
        if not self.reading.changes and not self.reading.comments:
            yield _(
                "In der Datei ist nichts nachverfolgt. Änderungen wurden durch Vergleich mit der "
                "Fassung gefunden."
            )
        yield from self._unread()

    def _unread(self) -> Iterator[str]:
        """Say what a file holds besides its words."""
        looks = self._count(IgnoredKind.FORMAT_CHANGE)
        if looks:
            yield ngettext(
                "%(count)s Änderung nur am Aussehen (Schrift, Absatz) wird nicht übernommen.",
                "%(count)s Änderungen nur am Aussehen (Schrift, Absatz) werden nicht übernommen.",
                looks,
            ) % {"count": looks}
        pictures = self._count(IgnoredKind.PICTURE, IgnoredKind.SHAPE, IgnoredKind.EMBEDDED)
        if pictures:
            yield ngettext(
                "%(count)s Bild oder Objekt in der Datei kann Mitplan nicht lesen. Steht darin ein "
                "Anliegen, schreiben Sie es bitte dazu.",
                "%(count)s Bilder oder Objekte in der Datei kann Mitplan nicht lesen. Stehen darin "
                "Anliegen, schreiben Sie sie bitte dazu.",
                pictures,
            ) % {"count": pictures}

    def _count(self, *kinds: IgnoredKind) -> int:
        return sum(each.count for each in self.reading.ignored if each.kind in kinds)

    def _letter(self) -> Examined:
        letter = "\n\n".join(
            f"{each.label} {plain_text(each.text)}".strip() for each in self.reading.accepted
        )
        if not letter.strip():
            raise ValidationError(
                _(
                    "Die Datei enthält keinen Text. Ein eingescanntes Schreiben kann Mitplan nicht "
                    "lesen; bitte den Text als Word-Datei, PDF mit Text oder .txt schicken."
                )
            )
        notes = [
            _(
                "Die Datei ist keine Bearbeitung des Plans. Sie wird als Schreiben übernommen; die "
                "Geschäftsstelle teilt es in einzelne Anliegen auf."
            )
        ]
        if self.reading.changes:
            notes.append(_("Nachverfolgte Änderungen im Schreiben gelten als angenommen."))
        notes += self._unread()
        return Examined(
            FileKind.LETTER,
            tuple(stray_comments(self.reading)),
            letter=letter,
            notes=tuple(notes),
            particulars=self.reading.properties,
        )


def _doubted(finding: Finding) -> Finding:
    """Return a finding that nobody should take without looking."""
    worst = max(finding.confidence, Confidence.UNSURE, key=list(Confidence).index)
    return replace(finding, confidence=worst, ticked=False)


def _is_number(text: str) -> bool:
    """Tell whether what a file says is a number as we give them out."""
    return text.isdecimal() and len(text) <= MOST_DIGITS


def _chapters(particulars: Mapping[str, str]) -> tuple[int, ...]:
    named = particulars.get(CHAPTERS, ALL).split(",")
    return tuple(int(each) for each in named if _is_number(each))


def _edition(
    consultation: Consultation, particulars: Mapping[str, str]
) -> tuple[Edition, list[str]]:
    """Return the edition a file was made from, found by its hash; without one it is the consulted one."""
    wanted = particulars.get(EDITION, "")
    if wanted in ("", consultation.edition.content_hash):
        return consultation.edition, []
    editions = Edition.objects.filter(plan=consultation.edition.plan_id)
    found = editions.select_related("plan").filter(content_hash=wanted).first()
    if found:
        return found, []
    return consultation.edition, [
        _(
            "Die Fassung, aus der die Datei stammt, ist hier nicht bekannt. Verglichen wurde mit der "
            "Fassung dieser Runde; bitte prüfen Sie die Zuordnung besonders."
        )
    ]


def _made_on(edition: Edition) -> str:
    return _(
        "Die Datei beruht auf einer anderen Fassung: %(edition)s. Ihre Änderungen wurden auf die "
        "Fassung dieser Runde übertragen."
    ) % {"edition": edition}


def _origin_notes(consultation: Consultation, particulars: Mapping[str, str]) -> Iterator[str]:
    number = particulars.get(ROUND, "")
    if number and number != str(consultation.number):
        yield _("Die Datei stammt aus Beteiligungsrunde %(number)s.") % {"number": number}


def _missing(file: FileText, text: Text) -> Iterator[Finding]:
    """Yield what a file does not hold any more; it is struck out only if somebody says so."""
    if file.is_extract:
        return
    for key in file.missing:
        row = text.row(key)
        if row is None:
            continue
        quote = text.base.passage(key).text
        change = Change(row, Point.Proposal.DELETE, quote=quote)
        yield Finding(
            Source.UNTRACKED,
            Point.Kind.AMENDMENT,
            passage=row,
            quote=quote,
            changes=(change,),
            effects=effects_of_changes((change,), text),
            confidence=Confidence.UNSURE,
            notes=(
                _("Die Textstelle fehlt in Ihrer Datei. Nur ankreuzen, wenn sie entfallen soll."),
            ),
            ticked=False,
        )


class Standing(StrEnum):
    """Whether a finding is new."""

    NEW = "new"
    IN_DRAFT = "in_draft"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Offer:
    """A finding that may be taken in, and whether it was before."""

    finding: Finding
    standing: Standing

    @property
    def is_new(self) -> bool:
        """Whether it says something that is not known yet."""
        return self.standing is Standing.NEW

    @property
    def is_known_point(self) -> bool:
        """Whether it stands among the organisation's points already."""
        return self.standing is Standing.IN_DRAFT

    @property
    def is_ticked(self) -> bool:
        """Whether it is taken unless somebody objects."""
        return self.is_new and self.finding.ticked


def offers(upload: Upload, examined: Examined) -> list[Offer]:
    """Return each finding once, and whether it is new; what was said twice in a file stays one."""
    standing, taken = known_keys(upload)
    found: dict[str, Offer] = {}
    for finding in examined.findings:
        key = finding.key
        state = Standing.TAKEN if key in taken else Standing.NEW
        found.setdefault(key, Offer(finding, Standing.IN_DRAFT if key in standing else state))
    return list(found.values())


def known_keys(upload: Upload) -> tuple[set[str], set[str]]:
    """Return what stands in the organisation's submissions, and what was taken in from files before."""
    uploads = _of_same(Upload.objects.filter(taken_at__isnull=False), upload)
    taken = {key for keys in uploads.values_list("taken", flat=True) for key in keys}
    points = Point.objects.filter(
        submission__consultation=upload.consultation_id,
        submission__organisation=upload.organisation_id,
        withdrawn_at__isnull=True,
    )
    related = points.select_related("passage__plan", "target__plan")
    standing = {key_of_point(each) for each in related.prefetch_related(WITH_CHANGES)}
    return standing, taken


def _of_same(uploads: "QuerySet[Upload]", upload: Upload) -> "QuerySet[Upload]":
    return uploads.filter(consultation=upload.consultation_id, organisation=upload.organisation_id)


def key_of_point(point: Point) -> str:
    """Return the hash of a point, as of the finding it may have come from."""
    changes = tuple(replace(each, quote="") for each in changes_of(point))
    return key_of(point.kind, point.passage, point.text, point.reason, changes)


def pack_of_another(upload: Upload, examined: Examined) -> str:
    """Return whose pack a file comes from, where that is somebody else."""
    key = dict(examined.particulars).get(WHO, "")
    if not _is_number(key) or int(key) == upload.organisation_id:
        return ""
    return Organisation.objects.filter(pk=int(key)).values_list("name", flat=True).first() or ""


def letter_is_known(upload: Upload, examined: Examined) -> bool:
    """Tell whether a letter stands in one of the organisation's submissions already."""
    letters = Submission.objects.filter(
        consultation=upload.consultation_id,
        organisation=upload.organisation_id,
        withdrawn_at__isnull=True,
    ).values_list("letter", flat=True)
    return any(examined.letter and examined.letter in letter for letter in letters)


def files_of(consultation: Consultation, organisation: Organisation) -> list[Upload]:
    """Return the files an organisation sent, the newest first, without their bytes."""
    rows = Upload.objects.filter(consultation=consultation, organisation=organisation)
    return list(rows.defer("content").order_by("-pk"))


def upload_of(consultation: Consultation, organisation: Organisation, pk: int) -> Upload | None:
    """Return a file an organisation sent; nobody else finds it."""
    rows = Upload.objects.filter(consultation=consultation, organisation=organisation, pk=pk)
    return rows.select_related("consultation__edition__plan", "organisation").first()
