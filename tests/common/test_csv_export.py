"""CSV files: readable everywhere, harmless in a spreadsheet."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from mitplan.common.csv_export import csv_response, harmless


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=SUMME(A1)", "'=SUMME(A1)"),
        ("+49 611", "'+49 611"),
        ("-1", "'-1"),
        ("@jemand", "'@jemand"),
        ("\tTab", "'\tTab"),
        ("Text", "Text"),
        (-1, -1),
        (1.5, 1.5),
        (Decimal("-1.5"), Decimal("-1.5")),
        (None, None),
        (True, True),
        (date(2026, 3, 2), "2026-03-02"),
        (datetime(2026, 3, 2, 8, 0, tzinfo=UTC), "2026-03-02T09:00:00+01:00"),
    ],
)
def test_harmless_writes_values_that_no_spreadsheet_runs(value, cell):
    assert harmless(value) == cell


def test_csv_response_is_utf8_with_a_header_line():
    response = csv_response(
        "ziele.csv", ["Nummer", "Titel"], [["Z1", "Sprache, früh"], ["=Z2", None]]
    )

    assert response.content.decode() == 'Nummer,Titel\nZ1,"Sprache, früh"\n\'=Z2,\n'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="ziele.csv"'
