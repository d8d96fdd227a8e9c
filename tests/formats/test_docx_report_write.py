"""Word documents made of tables, and letters."""

import io
import tracemalloc

import docx as python_docx
import pytest
from docx.oxml.ns import qn

from mitplan.core.text.diff import word_diff
from mitplan.formats.docx_output import Sheet
from mitplan.formats.docx_report import (
    Column,
    Group,
    Heading,
    Letter,
    Look,
    Mark,
    Paragraph,
    Run,
    Table,
    compared,
    runs_of,
    write_letter,
    write_report,
)

COLUMNS = [Column("Nr.", 0.5, is_number=True), Column("Anliegen", 3)]


def report(*blocks, facts=(), **sheet):
    file = io.BytesIO()
    write_report(file, Sheet("Tabelle", **sheet), facts, blocks)
    return python_docx.Document(file)


def table(*rows, empty=""):
    return Table("Anliegen", COLUMNS, iter(rows), empty)


def test_report_begins_with_title_and_facts():
    document = report(facts=[("Stand", "1. Mai 2026"), ("Fassung", "3")])

    assert [(p.style.name, p.text) for p in document.paragraphs[:3]] == [
        ("Heading 1", "Tabelle"),
        ("Mitplan Angabe", "Stand\t1. Mai 2026"),
        ("Mitplan Angabe", "Fassung\t3"),
    ]
    assert document.core_properties.title == "Tabelle"


def test_report_table_repeats_its_header_and_keeps_rows_whole():
    document = report(table(["1", "Kurse"], ["2", "Räume"]))

    (written,) = document.tables
    assert [[cell.text for cell in row.cells] for row in written.rows] == [
        ["Nr.", "Anliegen"],
        ["1", "Kurse"],
        ["2", "Räume"],
    ]
    assert [
        [qn(name) in {each.tag for each in properties} for name in ("w:tblHeader", "w:cantSplit")]
        for properties in document.element.iter(qn("w:trPr"))
    ] == [[True, True], [False, True], [False, True]]
    (caption,) = document.element.iter(qn("w:tblCaption"))
    assert caption.get(qn("w:val")) == "Anliegen"


def test_report_group_spans_the_table():
    (written,) = report(table(Group("Sprache"), ["1", "Kurse"])).tables

    assert [cell.text for cell in written.rows[1].cells] == ["Sprache", "Sprache"]


def test_report_cell_holds_paragraphs_and_runs():
    content = [[Run("neu", mark=Mark.INSERTED), Run("alt", bold=True, mark=Mark.DELETED)], "Ende"]
    (written,) = report(table(["1", content])).tables

    first, last = written.cell(1, 1).paragraphs
    assert [(r.text, r.style.name, bool(r.bold)) for r in first.runs] == [
        ("neu", "Mitplan Neu", False),
        ("alt", "Mitplan Gestrichen", True),
    ]
    assert last.text == "Ende"


def test_report_line_end_in_plain_cell_begins_a_paragraph():
    (written,) = report(table(["1", "a\nb"])).tables

    assert [p.text for p in written.cell(1, 1).paragraphs] == ["a", "b"]


def test_report_empty_table_says_so():
    document = report(table(empty="Es gibt kein Anliegen."))

    assert (len(document.tables), document.paragraphs[-1].text) == (0, "Es gibt kein Anliegen.")


def test_report_row_of_other_length_is_refused():
    with pytest.raises(ValueError, match="longer"):
        report(table(["1"]))


def test_report_links_lead_outside():
    document = report(Paragraph([Run("hier", link="https://example.org/?a=1&b=2")]))

    (link,) = document.paragraphs[-1].hyperlinks
    assert (link.text, link.address) == ("hier", "https://example.org/?a=1&b=2")


def test_report_headings_are_real():
    document = report(Heading("Teil"), Heading("Abschnitt", 3), Paragraph("klein", Look.SMALL))

    assert [p.style.name for p in document.paragraphs[-3:]] == [
        "Heading 2",
        "Heading 3",
        "Mitplan Klein",
    ]


def test_report_lies_across_and_carries_its_stamp_on_every_page():
    document = report(header="Plan, Fassung 3", stamp="nicht beschlossen", is_landscape=True)

    section = document.sections[0]
    assert section.page_width > section.page_height
    assert [p.text for p in section.header.paragraphs if p.text] == [
        "Plan, Fassung 3",
        "nicht beschlossen",
    ]
    assert section.footer.paragraphs[0].text == "Seite  von "  # the numbers are fields


def test_report_drops_what_xml_cannot_hold():
    assert report(Paragraph('<a & "b">\x00')).paragraphs[-1].text == '<a & "b">'


def test_report_of_many_rows_needs_flat_memory():
    def peak(rows):
        tracemalloc.start()
        report_rows = ([str(number), "Text " * 20] for number in range(rows))
        with open("/dev/null", "wb") as nowhere:  # noqa: PTH123 -- a stream that keeps nothing
            write_report(nowhere, Sheet("Tabelle"), [], [Table("T", COLUMNS, report_rows)])
        return tracemalloc.get_traced_memory()[1], tracemalloc.stop()

    assert peak(3000)[0] < peak(300)[0] + 100_000


def test_compared_marks_what_came_and_went():
    assert compared(word_diff("drei Kurse", "vier Kurse")) == (
        Run("drei", mark=Mark.DELETED),
        Run("vier", mark=Mark.INSERTED),
        Run(" Kurse"),
    )


def test_compared_keeps_a_look_that_goes_over_several_segments():
    assert compared(word_diff("**drei Kurse** am Abend", "**vier Kurse** am Abend")) == (
        Run("drei", bold=True, mark=Mark.DELETED),
        Run("vier", bold=True, mark=Mark.INSERTED),
        Run(" Kurse", bold=True),
        Run(" am Abend"),
    )


def test_runs_of_reads_inline_marks():
    assert runs_of("ganz **wichtig**") == (Run("ganz "), Run("wichtig", bold=True))


def test_letter_has_address_particulars_subject_and_blocks():
    file = io.BytesIO()
    letter = Letter(
        "Amt · Weg 1", ["Verein", "Weg 2"], [("Datum", "1. Mai 2026")], "Ihre Stellungnahme"
    )
    write_letter(file, Sheet("Antwort"), letter, [Paragraph("Guten Tag,")])

    texts = [p.text for p in python_docx.Document(file).paragraphs if p.text]
    assert texts == [
        "Amt · Weg 1",
        "Verein",
        "Weg 2",
        "Datum\t1. Mai 2026",
        "Ihre Stellungnahme",
        "Guten Tag,",
    ]


def test_tracked_file_lets_word_record_every_change():
    document = report(is_tracked=True)

    assert document.settings.element.find(qn("w:trackRevisions")) is not None
