"""Excel and OpenDocument files: what we write is what Excel's rules and LibreOffice read."""

import csv
import io
import os
import shutil
import subprocess
import tracemalloc
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from lxml import etree

from mitplan.formats.ods import ods
from mitplan.formats.sheets import Column, Hyperlink, Kind, Sheet
from mitplan.formats.xlsx import xlsx
from tests.reading import MAIN, cells_of_xlsx

WRITERS = {"xlsx": xlsx, "ods": ods}
COLUMNS = [
    *(Column(name) for name in ("Nummer", "Tag", "Zeit", "Zahl", "=Text <&>", "Verweis")),
    Column("Anteil", Kind.SHARE),
    Column("Adresse", Kind.LINK),
    Column("Kennung", is_hidden=True),
]
ROW = (
    "1-001-01",
    date(2026, 3, 2),
    datetime(2026, 3, 2, 9, 30),  # noqa: DTZ001 – the clock on the wall
    Decimal("1234.5"),
    "=SUMME(A1)\nzweite   Zeile _x0041_ <b>\x07",
    Hyperlink("Anliegen", "https://example.org/?a=1&b=2"),
    0.125,
    "https://example.org/",
    "t3",
)


def sheets(rows):
    facts = [("Stand", date(2026, 3, 2)), ("Auswahl", None)]
    angaben = Sheet("Angaben", [Column("Angabe"), Column("Wert")], facts)
    return [angaben, Sheet("Anliegen: 'alle'", COLUMNS, rows)]


def written(ending, rows=(ROW,)):
    return b"".join(WRITERS[ending](sheets(rows)))


def part(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


@pytest.mark.parametrize("ending", WRITERS)
def test_every_part_is_well_formed_and_none_is_damaged(ending):
    with zipfile.ZipFile(io.BytesIO(written(ending))) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))


def test_xlsx_has_typed_cells_filters_and_a_heading_that_stays():
    sheet = part(written("xlsx"), "xl/worksheets/sheet2.xml")

    cells = [(cell.get("r"), cell.get("t", "n")) for cell in sheet.iter(f"{MAIN}c")][9:]
    assert cells[:4] == [("A2", "inlineStr"), ("B2", "n"), ("C2", "n"), ("D2", "n")]
    assert [value.text for value in sheet.iter(f"{MAIN}v")] == [
        "46083",
        "46083.395833333336",
        "1234.5",
        "0.125",
    ]
    assert sheet.find(f".//{MAIN}pane").get("state") == "frozen"
    assert sheet.find(f"{MAIN}autoFilter").get("ref") == "A1:I2"
    assert [column.get("hidden") for column in sheet.iter(f"{MAIN}col")] == [None] * 8 + ["1"]


def test_xlsx_keeps_text_that_excel_would_read_otherwise():
    cells = cells_of_xlsx(written("xlsx"), 2)[1]

    assert cells[4] == "=SUMME(A1)\nzweite   Zeile _x005F_x0041_ <b>"


@pytest.mark.parametrize(
    "address", ["siehe Anlage", "javascript:alert(1)", f"https://{'x' * 2100}"]
)
def test_what_is_no_address_stays_text(address):
    data = b"".join(xlsx([Sheet("a", [Column("Quelle", Kind.LINK)], [[address]])]))

    assert cells_of_xlsx(data, 1)[1] == [address]
    assert part(data, "xl/worksheets/sheet1.xml").find(f"{MAIN}hyperlinks") is None


def test_xlsx_holds_no_formula():
    assert part(written("xlsx"), "xl/worksheets/sheet2.xml").find(f".//{MAIN}f") is None


def test_xlsx_shortens_what_excel_would_refuse():
    [text] = cells_of_xlsx(b"".join(xlsx([Sheet("a", [Column("b")], [["😀" * 40_000]])])), 1)[1]

    assert len(text.encode("utf-16-le")) // 2 <= 32_767
    assert text.endswith("😀 …")


def test_xlsx_gives_long_tables_letters_beyond_z():
    columns = [Column(str(number)) for number in range(703)]

    data = b"".join(xlsx([Sheet("breit", columns, [["x"] * 703])]))

    area = part(data, "xl/worksheets/sheet1.xml").find(f"{MAIN}autoFilter")
    assert area.get("ref") == "A1:AAA2"


def test_ods_begins_with_its_type_uncompressed():
    data = written("ods")

    assert data[30:38] == b"mimetype"
    assert data[38:84] == b"application/vnd.oasis.opendocument.spreadsheet"


@pytest.mark.parametrize("ending", WRITERS)
def test_memory_does_not_grow_with_the_rows(ending):
    def most(amount):
        tracemalloc.start()
        for _piece in WRITERS[ending](
            sheets(("x" * 200, *ROW[1:5], "", *ROW[6:7], "", "") for _ in range(amount))
        ):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    most(10)
    assert most(4000) < most(1000) * 1.5


@pytest.fixture(scope="module")
def office():
    """LibreOffice, asked once for all files of this module."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("MITPLAN_REQUIRE_OFFICE") == "1":
            pytest.fail("LibreOffice is required but missing: no program «soffice».")
        pytest.skip("LibreOffice is missing: no program «soffice».")
    return program


def test_libreoffice_reads_the_same_cells_from_both(office, tmp_path):
    for ending in WRITERS:
        (tmp_path / f"{ending}.{ending}").write_bytes(written(ending, [ROW] * 3))
    all_sheets = "csv:Text - txt - csv (StarCalc):59,34,76,1,,1031,false,true,true,false,false,-1"
    subprocess.run(
        [
            *(office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
            *("--convert-to", all_sheets, "--outdir", tmp_path),
            *(tmp_path / f"{ending}.{ending}" for ending in WRITERS),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )

    for ending in WRITERS:
        [found] = tmp_path.glob(f"{ending}-Anliegen*.csv")
        text = found.read_text("utf-8").replace("1234.5", "1234,5").replace("12.5 %", "12,5 %")
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
        assert lines[0] == [column.label for column in COLUMNS]
        assert (
            lines[1:]
            == [
                [
                    *("1-001-01", "02.03.2026", "02.03.2026 09:30", "1234,5"),
                    *("=SUMME(A1)\nzweite   Zeile _x0041_ <b>", "Anliegen", "12,5 %"),
                    *("https://example.org/", "t3"),
                ]
            ]
            * 3
        )
