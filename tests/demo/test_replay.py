"""The replay of 2015–2017: what is documented, what is not known, and which gate would have fired."""

import pytest
from django.test import Client

from mitplan.demo.queries.replay import Basis, documented_course
from tests.reading import rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_demonstration")]
ADDRESS = "/rueckblick-2015-2017/"


def test_every_day_has_a_source_and_speaks_with_the_precision_that_is_known():
    days = documented_course()

    assert [day.event for day in days if not day.sources] == []
    assert [day.spoken for day in days][:2] == ["2013", "23. Dezember 2013"]
    assert "2016 – Dezember 2017" in [day.spoken for day in days]


def test_every_gate_says_why_how_sure_and_by_which_rule():
    gates = [gate for day in documented_course() for gate in day.gates]

    assert len(gates) == 9
    assert all(gate.why and gate.rule for gate in gates)
    assert {gate.basis for gate in gates} == set(Basis)


def test_page_shows_what_is_not_known_as_not_known():
    page = Client().get(ADDRESS).text

    assert "Nicht bekannt:" in page
    assert "Das gilt nur, wenn die fehlende Angabe auch im Original fehlt." in page


def test_course_can_be_taken_away_as_a_table():
    response = Client().get(f"{ADDRESS}?format=csv")

    rows = rows_of(response)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert {row["Ereignis"] for row in rows} == {day.event for day in documented_course()}
    assert rows[0]["Zeitpunkt"] == "2013"
    assert all(row["Quellen"].startswith("http") for row in rows)
