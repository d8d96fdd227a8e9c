"""Excel and Word tables read as rows: what programs write differently, and what does harm."""

import io
import zipfile

import pytest

from mitplan.formats.docx_output import Sheet as DocxSheet
from mitplan.formats.docx_report import Column, Run, Table, write_report
from mitplan.formats.docx_rows import read_tables
from mitplan.formats.errors import FormatError
from mitplan.formats.sheets import Column as SheetColumn
from mitplan.formats.sheets import Sheet
from mitplan.formats.xlsx import xlsx
from mitplan.formats.xlsx_reader import MAX_ROWS, is_xlsx, read_sheets
from tests import word

ENTITY = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def written(*rows):
    columns = [SheetColumn("id", is_hidden=True), SheetColumn("Anliegen")]
    return b"".join(xlsx([Sheet("Angaben", columns, []), Sheet("Formular", columns, rows)]))


def with_sheet(content, **parts):
    """The file with another second sheet, and further parts."""
    changed = word.parts_of(written(("t1", "a")))
    changed["xl/worksheets/sheet2.xml"] = (
        f'<worksheet xmlns="{MAIN}"><sheetData>{content}</sheetData></worksheet>'.encode()
    )
    return word.file_of(changed | {name: data.encode() for name, data in parts.items()})


def rows_of(data):
    return [cells for _number, cells in read_sheets(data)[1].rows]


def test_what_was_written_is_read_again():
    data = written(("t1", "=SUMME(1)"), ("t2", "zwei\nZeilen _x000A_"), ("", "ÄÖÜ & <b>"))

    assert rows_of(data) == [
        ("id", "Anliegen"),
        ("t1", "=SUMME(1)"),
        ("t2", "zwei\nZeilen _x000A_"),
        ("", "ÄÖÜ & <b>"),
    ]


def test_rows_keep_their_number_and_cells_their_column():
    data = with_sheet(
        '<row r="7"><c r="C7" t="inlineStr"><is><t>c</t></is></c><c r="A7"><v>3</v></c></row>'
    )

    assert read_sheets(data)[1].rows == ((7, ("3", "", "c")),)


def test_numbers_beyond_all_measure_are_none():
    long = "9" * 5000
    data = with_sheet(f'<row r="{long}"><c t="s"><v>{long}</v></c></row>')

    assert read_sheets(data)[1].rows == ((1, ("",)),)


def test_shared_words_are_found_with_their_runs_and_without_reading_aids():
    shared = (
        f'<sst xmlns="{MAIN}"><si><r><t>Guten </t></r><r><t>Tag</t></r>'
        "<rPh><t>nein</t></rPh></si></sst>"
    )
    data = with_sheet(
        '<row><c t="s"><v>0</v></c><c t="s"><v>9</v></c></row>', **{"xl/sharedStrings.xml": shared}
    )

    assert rows_of(data) == [("Guten Tag", "")]


def test_word_file_is_no_excel_file():
    assert not is_xlsx(form([]))
    assert is_xlsx(written())
    assert not is_xlsx(b"kein ZIP")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (written()[:-200], "beschädigt"),
        (with_sheet("<row>"), "beschädigt"),
        (with_sheet("", **{"xl/vbaProject.bin": "x"}), "Makros"),
        (with_sheet("<row/>" * (MAX_ROWS + 1)), "mehr als"),
        (with_sheet(" " * (60 * 1024 * 1024)), "stark gepackt"),
        (with_sheet("", **{"xl/sharedStrings.xml": ENTITY}), "beschädigt"),
    ],
)
def test_what_could_do_harm_is_refused(data, sentence):
    with pytest.raises(FormatError, match=sentence):
        read_sheets(data)


def form(rows):
    target = io.BytesIO()
    table = Table("Formular", [Column("Textstelle"), Column("Anliegen")], rows, empty="leer")
    write_report(target, DocxSheet("Formular"), [], [table])
    return target.getvalue()


def test_table_in_word_is_read_with_its_hidden_words_and_lines():
    data = form([([[Run("3"), Run("t3", is_hidden=True)]], "eine\nzweite")])

    assert read_tables(data) == ((("Textstelle", "Anliegen"), ("3t3", "eine\nzweite")),)


def test_tracked_words_in_a_table_count_as_they_were_left():
    data = word.tracked(form([("3", "Mehr Busse")]), "Busse", "Bahnen")

    assert read_tables(data)[0][1] == ("3", "Mehr Bahnen")


def test_file_without_a_table_has_none():
    target = io.BytesIO()
    write_report(target, DocxSheet("Brief"), [], [])

    assert read_tables(target.getvalue()) == ()


def test_zip_that_is_no_office_file_is_no_form():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "a")

    assert not is_xlsx(target.getvalue())
