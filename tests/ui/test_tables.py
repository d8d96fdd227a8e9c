import pytest
from django.template import Context, Template
from django.test import RequestFactory

from mitplan.ui.tables import Column, Empty, Table, chosen_sort, paginate
from mitplan.ui.values import Link

COLUMNS = [
    Column("number", "Nummer", is_sortable=True),
    Column("words", "Wörter", is_sortable=True, is_numeric=True),
    Column("text", "Text"),
]


def rendered(table, query=""):
    request = RequestFactory().get(f"/anliegen/{query}")
    return Template("{% load ui %}{% table table %}").render(
        Context({"table": table, "request": request})
    )


def test_table_rows_name_their_columns_for_small_screens():
    table = Table("Anliegen", COLUMNS, [[Link("7", "/7/"), 1234, "<b>"]])

    assert table.body == (
        '<tr><th scope="row"><a href="/7/">7</a></th>'
        '<td data-label="Wörter" class="ui-number">1.234</td><td data-label="Text">&lt;b&gt;</td></tr>'
    )


def test_table_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="zip"):
        _ = Table("Anliegen", COLUMNS, [["7", 1]]).body


def test_table_heads_turn_the_order_round_and_keep_filters():
    html = rendered(
        Table("Anliegen", COLUMNS, [["7", 1, ""]], sort="number"), "?stand=offen&seite=3"
    )

    assert 'aria-sort="ascending"' in html
    assert 'href="?stand=offen&amp;sort=-number"' in html
    assert 'href="?stand=offen&amp;sort=words"' in html


def test_table_without_rows_teaches():
    empty = Empty("Noch nichts da.", "So beginnt es.", Link("Anfangen", "/neu/"))

    html = rendered(Table("Anliegen", COLUMNS, [], empty=empty))

    assert "<table" not in html
    assert "Noch nichts da." in html
    assert '<a href="/neu/">Anfangen</a>' in html


def test_pagination_keeps_filters_in_the_address():
    request = RequestFactory().get("/anliegen/?stand=offen&seite=2")
    page = paginate(request, range(60), per_page=25)

    html = rendered(Table("Anliegen", COLUMNS, [["7", 1, ""]], page=page), "?stand=offen&seite=2")

    assert list(page) == list(range(25, 50))
    assert "26 bis 50 von 60" in html
    assert '<a rel="next" href="?stand=offen&amp;seite=3">' in html


@pytest.mark.parametrize(
    ("asked", "number"), [("", 1), ("?seite=x", 1), ("?seite=99", 3), ("?seite=0", 3)]
)
def test_paginate_unknown_page_becomes_the_nearest(asked, number):
    assert paginate(RequestFactory().get(f"/{asked}"), range(60)).number == number


@pytest.mark.parametrize(
    ("asked", "sort"),
    [
        ("", "-number"),
        ("?sort=words", "words"),
        ("?sort=-words", "-words"),
        ("?sort=text", "-number"),
    ],
)
def test_chosen_sort_takes_offered_columns_only(asked, sort):
    assert chosen_sort(RequestFactory().get(f"/{asked}"), COLUMNS, "-number") == sort
