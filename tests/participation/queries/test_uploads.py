"""What a file says: tracked changes, comments, rows, and what was changed without tracking."""

import io
from dataclasses import replace
from itertools import count

import pytest
from django.core.exceptions import ValidationError

from mitplan.core.text import amendments as core
from mitplan.core.text.consolidation import consolidate
from mitplan.core.text.passages import Kind, Passage
from mitplan.core.text.runs import uniform
from mitplan.core.text.tokens import tokenize
from mitplan.formats import docx, docx_writer, odt
from mitplan.participation.models import Point
from mitplan.participation.queries import packs, uploads
from mitplan.participation.queries.findings import Confidence, Source
from mitplan.participation.queries.proposals import operations_of
from mitplan.participation.queries.uploads import FileKind
from mitplan.plan.queries import document_of
from tests import factories, word

pytestmark = pytest.mark.django_db

EVENING = "Das Land fördert Sprachkurse am Vormittag und am Abend."


@pytest.fixture
def pack(consultation):
    return packs.pack_for(consultation, factories.make_organisation())


@pytest.fixture
def plan(pack):
    """The pack's Word file, as it was downloaded."""
    return packs.text_file(pack)


def examine(consultation, data, name="plan.docx"):
    return uploads.examine(consultation, name, data)


def number(consultation, quote):
    return factories.passage_of(consultation.edition, quote).number


def said(finding):
    """What a finding proposes: passage, what happens there, the new words."""
    return [(each.passage.number, str(each.proposal), each.text) for each in finding.changes]


def test_untouched_file_of_the_pack_says_nothing(consultation, plan):
    assert examine(consultation, plan).findings == ()


def test_tracked_change_becomes_a_proposal_of_its_author(consultation, plan):
    changed = word.tracked(plan, "am Vormittag", "am Vormittag und am Abend", "Ana Beispiel")

    [finding] = examine(consultation, changed).findings

    assert (finding.source, finding.author, finding.kind) == (
        Source.TRACKED,
        "Ana Beispiel",
        Point.Kind.AMENDMENT,
    )
    assert said(finding) == [(number(consultation, "Sprachkurse"), "reword", EVENING)]
    assert finding.confidence is Confidence.CERTAIN


def test_two_authors_at_one_passage_make_two_proposals(consultation, plan):
    changed = word.tracked(plan, "Vormittag", "Abend", "Ana Beispiel")
    changed = word.tracked(changed, "fördert", "bezahlt", "Ben Beispiel")

    findings = examine(consultation, changed).findings

    assert {(each.author, each.changes[0].text) for each in findings} == {
        ("Ana Beispiel", "Das Land fördert Sprachkurse am Abend."),
        ("Ben Beispiel", "Das Land bezahlt Sprachkurse am Vormittag."),
    }


def test_changes_of_looks_alone_are_counted_and_become_no_point(consultation, plan):
    once = word.bolded(plan, "am Vormittag")
    twice = word.bolded(once, "Familien")

    examined = [examine(consultation, data) for data in (once, twice)]

    assert [each.findings for each in examined] == [(), ()]
    assert [each.notes[-1] for each in examined] == [
        "1 Änderung nur am Aussehen (Schrift, Absatz) wird nicht übernommen.",
        "2 Änderungen nur am Aussehen (Schrift, Absatz) werden nicht übernommen.",
    ]


def test_comment_becomes_a_point_with_its_quote(consultation, plan):
    changed = word.commented(plan, "Familien", "Auch Alleinerziehende?")

    [finding] = examine(consultation, changed).findings

    assert (finding.kind, finding.quote, finding.text) == (
        Point.Kind.QUESTION,
        "Familien",
        "Auch Alleinerziehende?",
    )
    assert finding.number == number(consultation, "Familien")


def test_edit_without_tracking_is_found_by_comparing_and_says_so(consultation, plan):
    examined = examine(consultation, word.typed(plan, "am Vormittag", "am Vormittag und am Abend"))

    [finding] = examined.findings
    assert finding.source is Source.UNTRACKED
    assert said(finding) == [(number(consultation, "Sprachkurse"), "reword", EVENING)]
    assert "nichts nachverfolgt" in examined.notes[0]


def test_passage_that_is_missing_is_struck_out_only_if_somebody_says_so(consultation, plan):
    [finding] = examine(consultation, word.without_paragraph(plan, "Kommunen beraten")).findings

    assert said(finding) == [(number(consultation, "Familien"), "delete", "")]
    assert not finding.ticked


def test_new_paragraph_and_deletion_become_proposals(consultation, pack):
    old = document_of(consultation.edition)
    new_one = Passage("neu", Kind.PARAGRAPH, "Kinder lernen in kleinen Gruppen.")
    new = tuple(
        each
        for passage in old
        for each in ([passage, new_one] if "Sprachkurse" in passage.text else [passage])
        if "Familien" not in each.text
    )
    sheet = docx_writer.Sheet("Plan", properties=pack.particulars)
    data = docx.redline(old, new, sheet, by=docx_writer.Author("Ana", factories.WHILE_OPEN))

    findings = examine(consultation, data).findings

    assert [said(each) for each in findings] == [
        [(number(consultation, "Sprachkurse"), "insert_after", new_one.text)],
        [(number(consultation, "Familien"), "delete", "")],
    ]


LONGER = (
    *factories.TEXT,
    Passage("", Kind.HEADING, "Arbeit", level=2),
    Passage("", Kind.PARAGRAPH, "Abschlüsse werden geprüft. Die Prüfung dauert drei Monate."),
    Passage("", Kind.LIST_ITEM, "Beratung vor Ort", label="-"),
    Passage("", Kind.LIST_ITEM, "Beratung am Telefon", label="-"),
    Passage("", Kind.PARAGRAPH, "Betriebe bilden aus."),
    Passage("", Kind.PARAGRAPH, "Das Land hilft dabei."),
    Passage("", Kind.TABLE, "| Jahr | Plätze |\n|---|---|\n| 2025 | 40 |"),
)


def reworked(old):
    """The same text as somebody leaves it who does everything that can be done to one."""
    by_words = {each.text.split()[0]: each for each in old[6:]}
    one, other = (
        replace(by_words["Abschlüsse"], text="Abschlüsse werden geprüft."),
        Passage("neu1", Kind.PARAGRAPH, "Die Prüfung dauert einen Monat."),
    )
    joined = replace(by_words["Betriebe"], text="Betriebe bilden aus. Das Land hilft dabei.")
    table = replace(old[-1], text="| Jahr | Plätze |\n|---|---|\n| 2025 | 50 |")
    visits, phone = (each for each in old if each.kind is Kind.LIST_ITEM)
    new_item = Passage("neu2", Kind.LIST_ITEM, "Beratung im Netz", label="-")
    heading = replace(by_words["Arbeit"], text="Arbeit und Ausbildung")
    return (
        *old[:2],
        old[3],
        old[2],
        *old[4:6],
        heading,
        one,
        other,
        phone,
        visits,
        new_item,
        joined,
        table,
    )


def test_all_tracked_changes_together_give_the_text_as_it_was_left(db):
    consultation = factories.make_consultation(factories.make_edition(passages=LONGER))
    pack = packs.pack_for(consultation, factories.make_organisation())
    old = pack.document
    sheet = docx_writer.Sheet("Plan", properties=pack.particulars)
    by = docx_writer.Author("Ana", factories.WHILE_OPEN)

    findings = examine(consultation, docx.redline(old, reworked(old), sheet, by=by)).findings

    keys = map("x{}".format, count())
    amendments = [
        core.Amendment(at, operations_of(each.changes, old, keys.__next__), origin=1)
        for at, each in enumerate(findings)
    ]
    runs = {each.id: uniform(len(tokenize(each.text)), 0) for each in old}
    result = consolidate(old, runs, amendments)
    assert result.open == ()
    assert [each.text for each in result.document] == [each.text for each in reworked(old)]
    assert {each.confidence for each in findings} == {Confidence.CERTAIN}


def test_only_chosen_chapters_leave_the_others_alone(consultation):
    heading = number(consultation, "Sprache und Bildung")
    pack = packs.pack_for(consultation, factories.make_organisation(), [heading])

    data = word.tracked(packs.text_file(pack), "Vormittag", "Abend")

    [finding] = examine(consultation, data).findings
    assert finding.changes[0].text == "Das Land fördert Sprachkurse am Abend."


def test_file_without_ids_finds_its_passages_and_says_how_sure_it_is(consultation, plan):
    changed = word.typed(
        word.without_ids(plan), "Familien vor Ort", "Familien vor Ort und am Telefon"
    )

    [finding] = examine(consultation, changed).findings

    assert finding.number == number(consultation, "Familien")
    assert finding.confidence is Confidence.LIKELY


def test_file_on_an_older_edition_is_carried_over_and_says_so(db):
    plan = factories.make_plan()
    old = factories.make_edition(plan)
    before = factories.make_consultation(old)
    data = packs.text_file(packs.pack_for(before, factories.make_organisation()))
    newer = tuple(
        Passage(
            each.id,
            each.kind,
            each.text.replace("Das Land fördert", "Das Land fördert auch"),
            each.level,
            each.label,
            each.fields,
        )
        for each in document_of(old)
    )
    consultation = factories.make_consultation(factories.make_edition(plan, newer))

    examined = examine(consultation, word.tracked(data, "am Vormittag", "am Abend"))

    [finding] = examined.findings
    assert finding.changes[0].text == "Das Land fördert auch Sprachkurse am Abend."
    assert "stammt aus Beteiligungsrunde" in examined.notes[0]
    assert "beruht auf einer anderen Fassung" in examined.notes[1]


def test_text_kept_as_open_document_is_known_again(consultation, pack):
    changed = tuple(
        replace(each, text=each.text.replace("vor Ort", "zu Hause")) for each in pack.document
    )

    [finding] = examine(consultation, odt.write(changed, "Plan"), "plan.odt").findings

    assert said(finding) == [
        (number(consultation, "Familien"), "reword", "Die Kommunen beraten Familien zu Hause.")
    ]


def test_change_at_a_passage_that_is_gone_waits_for_a_person(db):
    plan = factories.make_plan()
    old = factories.make_edition(plan)
    data = packs.text_file(
        packs.pack_for(factories.make_consultation(old), factories.make_organisation())
    )
    newer = tuple(each for each in document_of(old) if "Familien" not in each.text)
    consultation = factories.make_consultation(factories.make_edition(plan, newer))

    changed = word.commented(word.tracked(data, "vor Ort", "zu Hause"), "Familien", "Wichtig.")
    findings = examine(consultation, changed).findings

    assert [(each.passage, each.confidence) for each in findings] == [(None, Confidence.NONE)] * 2
    assert "zu Hause" in findings[0].text


def test_particulars_that_somebody_tampered_with_do_no_harm(consultation, pack):
    odd = [(name, "9" * 5000) for name, _value in pack.particulars]
    file = io.BytesIO()
    docx_writer.write(file, docx_writer.Sheet("Plan", properties=tuple(odd)), pack.document)

    examined = examine(consultation, file.getvalue())

    assert examined.findings == ()
    assert "nicht bekannt" in " ".join(examined.notes)


def test_rows_of_a_word_form_become_points_and_empty_ones_nothing(consultation, pack):
    row = str(number(consultation, "Familien"))
    words = "Die Kommunen beraten Familien vor Ort und am Telefon."
    data = word.filled(packs.form_docx(pack), {row: ("Änderung", words, "Wegen der Wege.")})

    examined = examine(consultation, data, "formular.docx")

    [finding] = examined.findings
    assert examined.kind is FileKind.FORM
    assert said(finding) == [(int(row), "reword", words)]
    assert finding.reason == "Wegen der Wege."


def test_row_with_an_unknown_kind_is_named(consultation, pack):
    row = str(number(consultation, "Familien"))
    data = word.filled(packs.form_docx(pack), {row: ("Wunsch", "Mehr davon.", "")})

    examined = examine(consultation, data, "formular.docx")

    assert examined.findings == ()
    assert examined.problems[0].startswith(f"Zeile {row}: In «Art» steht «Wunsch».")


def test_excel_form_knows_its_passages_by_the_hidden_column(consultation, pack):
    row = number(consultation, "Familien")
    data = word.in_excel(packs.form_xlsx(pack), f"t{row}", ("Frage", "Wer berät?", ""))

    [finding] = examine(consultation, data, "formular.xlsx").findings

    assert (finding.kind, finding.text, finding.number) == (Point.Kind.QUESTION, "Wer berät?", row)


def test_letter_is_taken_for_a_letter(consultation):
    text = "Sehr geehrte Damen und Herren,\n\nwir wünschen uns mehr Busse.".encode()

    examined = examine(consultation, text, "brief.txt")

    assert examined.kind is FileKind.LETTER
    assert examined.letter == "Sehr geehrte Damen und Herren,\n\nwir wünschen uns mehr Busse."


def test_comments_in_a_letter_wait_for_a_place(consultation):
    letter = (Passage("", Kind.PARAGRAPH, "Wir danken für die Einladung und antworten gern."),)
    data = word.commented(docx.write(letter, "Brief"), "Einladung", "Kam sie rechtzeitig?")

    examined = examine(consultation, data, "brief.docx")

    [finding] = examined.findings
    assert examined.kind is FileKind.LETTER
    assert (finding.text, finding.passage) == ("Kam sie rechtzeitig?", None)
    assert finding.confidence is Confidence.NONE


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("bild.png", b"\x89PNG", "Dateien dieser Art"),
        ("plan.docx", b"PK\x03\x04kaputt", "beschädigt"),
        ("leer.txt", b" ", "leer"),
    ],
)
def test_file_that_cannot_be_read_is_refused_with_a_sentence(consultation, name, data, sentence):
    with pytest.raises(ValidationError, match=sentence):
        examine(consultation, data, name)
