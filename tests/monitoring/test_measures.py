"""Pages of the measures."""

import pytest

from mitplan.core.text.passages import Kind
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.monitoring.queries import measures as queries
from tests import factories
from tests.counting import statements

pytestmark = pytest.mark.django_db


def text(number):
    yield PassageValue("", Kind.HEADING, "Plan", level=1)
    goal = (("Nummer", "Z1"), ("Titel", "Sprache"), ("Handlungsfeld", "Bildung"))
    yield PassageValue("", Kind.GOAL, "Alle lernen Deutsch.", fields=goal)
    for n in range(1, number + 1):
        fields = (
            ("Nummer", f"M{n}"),
            ("Titel", f"Maßnahme Nummer {n}"),
            ("Ziel", "Z1"),
            ("Federführung", f"Ressort {n % 2}"),
            ("Beginn", "2024"),
            ("Ende", "2027"),
            ("Kosten", "unbekannt" if n % 2 else "1000"),
            ("Stand", "laufend" if n % 2 else "geplant"),
        )
        yield PassageValue("", Kind.MEASURE, f"Schritt {n} wird getan.", fields=fields)


def make_measures(number, plan=None):
    edition = factories.make_public_edition(plan, tuple(text(number)))
    project = factories.make_project()
    project.measures.set(edition.plan.measures.all())
    return edition


@pytest.mark.parametrize(
    "address", ["/massnahmen/", "/massnahmen/?format=csv", "/massnahmen/?format=json"]
)
def test_list_needs_the_same_statements_however_many_measures(client, address):
    edition = make_measures(10)
    with_ten = statements(client, address)
    make_measures(100, edition.plan)

    assert statements(client, address) == with_ten <= 6


def test_list_of_three_hundred_fits_on_one_page(client):
    make_measures(300)

    page = client.get("/massnahmen/")

    assert page.content.decode().count("Maßnahme Nummer") == 300
    assert len(page.content) < 300_000


def test_list_adds_up_what_is_known_and_says_of_how_many(client):
    make_measures(4)

    page = client.get("/massnahmen/").content.decode()

    assert "Kosten bekannt: <strong>2 von 4</strong>" in page
    assert "2.000\N{NO-BREAK SPACE}€" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("stand=running", ["M1", "M3"]),
        ("ressort=Ressort 0", ["M2", "M4"]),
        ("feld=Bildung&text=schritt 3", ["M3"]),
        ("feld=Mond", ["M1", "M2", "M3", "M4"]),
    ],
)
def test_list_narrows_down(client, query, shown):
    make_measures(4)

    rows = client.get(f"/massnahmen/?{query}&format=json").json()["massnahmen"]

    assert [row["Maßnahme"] for row in rows] == shown


def test_selection_finds_measures_whose_state_nobody_gave():
    factories.make_public_edition()

    rows = queries.selected(queries.current_measures(), queries.Selection(state="unbekannt"))

    assert [row.code for row in rows] == ["M1"]


def test_unknown_costs_are_never_zero(client):
    make_measures(1)

    row = client.get("/massnahmen/?format=json").json()["massnahmen"][0]

    assert (row["Kosten in Euro"], row["Kosten bekannt"]) == (None, "nein")
    assert queries.costs_of(queries.current_measures()) == queries.Costs(0, 1, 0)


def test_list_without_a_public_plan_teaches(client):
    page = client.get("/massnahmen/").content.decode()

    assert "Hier steht, was für die Ziele getan wird" in page


def test_page_needs_the_same_statements_however_many_projects(client):
    edition = make_measures(1)
    address = f"/massnahmen/{edition.plan.slug}/M1/"
    with_one = statements(client, address)
    for _ in range(30):
        factories.make_project().measures.set(edition.plan.measures.all())

    assert statements(client, address) == with_one <= 8


def test_page_shows_goal_lead_span_costs_editions_and_projects(client):
    edition = make_measures(2)

    page = client.get(f"/massnahmen/{edition.plan.slug}/M2/").content.decode()

    assert "Schritt 2 wird getan." in page
    assert "Z1: Sprache" in page
    assert "2024 bis 2027" in page
    assert "1.000\N{NO-BREAK SPACE}€" in page
    assert "Projekte zu dieser Maßnahme" in page


def test_page_of_a_dropped_measure_says_that_it_no_longer_holds(client):
    edition = make_measures(2)
    make_measures(1, edition.plan)

    page = client.get(f"/massnahmen/{edition.plan.slug}/M2/").content.decode()

    assert "Diese Maßnahme steht nicht mehr in der geltenden Fassung." in page


def test_page_without_projects_teaches(client):
    edition = factories.make_public_edition()

    page = client.get(f"/massnahmen/{edition.plan.slug}/M1/").content.decode()

    assert "Noch kein Projekt." in page


def test_page_of_a_measure_no_public_edition_has_does_not_exist(client):
    edition = factories.make_edition()

    assert client.get(f"/massnahmen/{edition.plan.slug}/M1/").status_code == 404
    assert client.get(f"/massnahmen/{edition.plan.slug}/M9/").status_code == 404
