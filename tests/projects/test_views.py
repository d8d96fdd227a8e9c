"""Pages of the projects."""

import pytest

from mitplan.projects.models import District
from tests import factories
from tests.counting import statements
from tests.reading import text_of_file

pytestmark = pytest.mark.django_db


def make_projects(number):
    district, _ = District.objects.get_or_create(
        ags="01001", name="Nordkreis", short_name="Nord", region="Nord"
    )
    for _ in range(number):
        project = factories.make_project(field="Sprache", funding_cents=100, funding_kind="gesamt")
        project.districts.add(district)


@pytest.mark.parametrize(
    "address", ["/projekte/", "/projekte/?format=csv", "/projekte/?format=json"]
)
def test_list_needs_the_same_statements_however_many_projects(client, address):
    make_projects(10)
    with_ten = statements(client, address)
    make_projects(90)

    assert statements(client, address) == with_ten <= 6


def test_list_narrows_down_by_state_level_field_and_district(client):
    make_projects(1)
    other = factories.make_project(name="Anderes Projekt", level="Land")

    page = client.get("/projekte/?stand=offen&ebene=Land").content.decode()
    by_district = client.get("/projekte/?kreis=01001&thema=Sprache").content.decode()

    assert other.name in page
    assert other.name not in by_district


def test_list_takes_a_choice_nobody_offered_for_none(client):
    project = factories.make_project()

    page = client.get("/projekte/?stand=morgen&ebene=Mond&kreis=x")

    assert project.name in page.content.decode()


def test_empty_list_says_what_will_stand_there(client):
    page = client.get("/projekte/").content.decode()

    assert "Kein Projekt passt." in page


def test_list_as_csv_holds_facts_and_neutralises_formulas(client):
    factories.make_project(name="=1+1", funding_cents=1_050, funding_kind="je_person")

    lines = text_of_file(client.get("/projekte/?format=csv")).splitlines()

    assert lines[1].startswith("'=1+1;Beispielverein;Zivilgesellschaft;")
    assert ";10,5;je Person;" in lines[1]


def test_list_as_json_names_every_particular(client):
    project = factories.make_project()

    listed = client.get("/projekte/?format=json").json()["projekte"]

    assert [(each["Name"], each["Förderung in Euro"]) for each in listed] == [(project.name, None)]


def test_page_shows_facts_badge_and_measures(client):
    edition = factories.make_public_edition()
    project = factories.make_project(note="Aus dem Bericht")
    project.measures.add(edition.plan.measures.get())

    page = client.get(project.get_absolute_url()).content.decode()

    assert "Demonstration" in page
    assert "Aus dem Bericht" in page
    assert "M1: Beratung" in page
    assert "nicht bekannt" in page


def test_page_of_a_project_that_is_not_there_does_not_exist(client):
    assert client.get("/projekte/999/").status_code == 404


def test_map_needs_the_same_statements_however_many_projects(client):
    make_projects(10)
    with_ten = statements(client, "/projekte/karte/")
    make_projects(90)

    assert statements(client, "/projekte/karte/") == with_ten <= 6


def test_map_draws_districts_and_says_the_same_in_a_table(client):
    district = District.objects.create(
        ags="06412", name="Frankfurt am Main", short_name="Frankfurt", region="Darmstadt"
    )
    factories.make_project().districts.add(district)

    page = client.get("/projekte/karte/").content.decode()
    file = text_of_file(client.get("/projekte/karte/?format=csv"))

    assert '<path class="pr-map__1"' in page
    assert "© GeoBasis-DE / BKG 2021 (Daten verändert)" in page
    assert file.splitlines()[1] == "06412;Frankfurt;Darmstadt;1"


def test_map_without_districts_teaches(client):
    assert "Noch keine Kreise." in client.get("/projekte/karte/").content.decode()
