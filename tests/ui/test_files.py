"""Whatever stands in a table on a page can be taken away as a file."""

from datetime import date

import pytest
from django.test import RequestFactory
from django.utils.safestring import SafeString

from mitplan.ui.files import FileAsked, answer, offer
from mitplan.ui.tables import Column, Table, paginate
from mitplan.ui.values import Evidence, Link, Share, Status
from tests.reading import cells_of_xlsx, lines_of

TABLE = Table(
    "Was geschah",
    [Column(name, name) for name in ("Wer", "Stand", "Anteil", "Tag", "Beleg", "Balken", "Satz")],
    [
        (
            Link("Verein", "/konferenz/1/"),
            Status("taken_up", "übernommen"),
            Share(12.5),
            date(2026, 3, 2),
            Evidence("", is_demonstration=True),
            SafeString("<progress></progress>"),
            SafeString("eins<br>zwei &amp; drei"),
        )
    ],
)


def asked(query=""):
    return RequestFactory().get(f"/seite/{query}")


def test_table_offers_excel_first_and_keeps_what_was_chosen():
    assert [(link.label, link.url) for link in offer(asked("?runde=1"), TABLE)] == [
        ("Excel (XLSX)", "?runde=1&tabelle=was-geschah.xlsx"),
        ("OpenDocument (ODS)", "?runde=1&tabelle=was-geschah.ods"),
        ("CSV", "?runde=1&tabelle=was-geschah.csv"),
    ]


def test_table_that_is_a_page_of_a_list_offers_only_what_its_view_gives():
    request = asked()
    page = paginate(request, [1, 2, 3])

    assert not offer(request, Table("Liste", TABLE.columns, TABLE.rows, page=page))


def test_table_asked_for_as_a_file_leaves_the_page():
    with pytest.raises(FileAsked) as asked_for:
        offer(asked("?tabelle=was-geschah.ods"), TABLE)

    assert (asked_for.value.table, asked_for.value.ending) == (TABLE, "ods")


def test_file_holds_words_numbers_and_whole_addresses_and_no_empty_column():
    response = answer(asked(), FileAsked(TABLE, "csv"))

    assert lines_of(response) == [
        ["Wer", "Stand", "Anteil", "Tag", "Beleg", "Satz"],
        ["Verein", "übernommen", "12,5 %", "02.03.2026", "Demonstration", "eins – zwei & drei"],
    ]


def test_share_is_a_number_in_excel():
    response = answer(asked(), FileAsked(TABLE, "xlsx"))

    assert cells_of_xlsx(response.getvalue(), 2)[1][2] == "0.125"


@pytest.mark.django_db
def test_page_gives_each_of_its_tables_as_a_file(client):
    page = client.get("/bausteine/").content.decode()
    address = page.partition('href="?tabelle=')[2].partition('"')[0]

    response = client.get(f"/bausteine/?tabelle={address}")

    assert response["Content-Disposition"] == f'attachment; filename="{address}"'
    assert len(cells_of_xlsx(response.getvalue(), 2)) > 1
