"""Tables as files: one description, three formats, nothing that a spreadsheet would run."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import RequestFactory
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy

from mitplan.common.exports import Column, Kind, cell, table_response
from mitplan.formats.sheet_csv import spelt
from tests.reading import cells_of_xlsx, lines_of


def asked(address="/liste/?format=csv"):
    return RequestFactory().get(address)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "ja"),
        (False, "nein"),
        (gettext_lazy("Anliegen"), "Anliegen"),
        (datetime(2026, 3, 2, 8, 0, tzinfo=UTC), datetime(2026, 3, 2, 9, 0)),  # noqa: DTZ001 – the clock on the wall
        (date(2026, 3, 2), date(2026, 3, 2)),
        (Decimal("1.5"), Decimal("1.5")),
        (None, None),
    ],
)
def test_cell_is_what_a_person_reads(value, expected):
    assert cell(value, get_current_timezone()) == expected


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (Kind.ANY, "=SUMME(A1)", "'=SUMME(A1)"),
        (Kind.ANY, "+49 611", "'+49 611"),
        (Kind.ANY, "-1", "'-1"),
        (Kind.ANY, "@jemand", "'@jemand"),
        (Kind.ANY, "\tTab", "'\tTab"),
        (Kind.ANY, "＝1", "'＝1"),
        (Kind.LINK, "=1", "'=1"),
        (Kind.ANY, "Text", "Text"),
        (Kind.ANY, -1, "-1"),
        (Kind.ANY, 1234.5, "1234,5"),
        (Kind.ANY, 1e-7, "0,0000001"),
        (Kind.ANY, float("nan"), "nan"),
        (Kind.ANY, Decimal("-1.50"), "-1,50"),
        (Kind.SHARE, 0.125, "12,5 %"),
        (Kind.SHARE, 1, "100 %"),
        (Kind.ANY, date(2026, 3, 2), "02.03.2026"),
        (Kind.ANY, datetime(2026, 3, 2, 9, 5), "02.03.2026 09:05"),  # noqa: DTZ001 – the clock on the wall
        (Kind.ANY, None, ""),
    ],
)
def test_csv_writes_values_as_german_excel_reads_them(kind, value, expected):
    assert spelt(Column("Spalte", kind), value) == expected


def test_csv_begins_with_a_mark_and_is_parted_by_semicolons():
    response = table_response(
        asked(), "ziele", ["Nummer", "Titel"], [["Z1", "Sprache; früh"], ["=Z2", None]]
    )

    assert response.getvalue().decode() == (
        '\ufeffNummer;Titel\r\nZ1;"Sprache; früh"\r\n\'=Z2;\r\n'
    )
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="ziele.csv"'


def test_hidden_columns_stay_out_of_csv():
    columns = [Column("Text"), Column("Kennung", is_hidden=True)]

    response = table_response(asked(), "form", columns, [["Satz", "t3"]])

    assert lines_of(response) == [["Text"], ["Satz"]]


def test_first_sheet_says_what_was_chosen_and_where_it_comes_from():
    request = asked("/liste/?runde=1&seite=3&format=xlsx")

    response = table_response(request, "liste", ["Nr."], [["A"]], facts=[("Fassung", "2")])

    rows = dict(cells_of_xlsx(response.getvalue(), 1))
    assert response["Content-Disposition"] == 'attachment; filename="liste.xlsx"'
    assert (rows["Fassung"], rows["Auswahl"]) == ("2", "runde: 1")
    assert rows["Quelle"] == "http://testserver/liste/?runde=1"


def test_rows_are_made_only_while_they_are_sent():
    made = []

    def rows():
        for number in range(3):
            made.append(number)
            yield [number]

    response = table_response(asked(), "zahlen", ["Zahl"], rows())

    assert made == []
    assert lines_of(response) == [["Zahl"], ["0"], ["1"], ["2"]]
