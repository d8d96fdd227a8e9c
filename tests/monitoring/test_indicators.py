"""Pages of the indicators."""

import pytest

from mitplan.monitoring.models import Observation
from mitplan.monitoring.queries import indicators as queries
from tests import factories
from tests.counting import statements
from tests.reading import text_of_file

pytestmark = pytest.mark.django_db


def make_indicators(number):
    for _ in range(number):
        indicator = factories.make_indicator(kind="state", unit="%")
        for year in range(2016, 2026):
            factories.make_observation(indicator, year, year - 2000)
    return indicator


MOST = {"/indikatoren/": 6, "/indikatoren/?format=csv": 4, "/indikatoren/?format=json": 5}


def test_list_needs_the_same_statements_however_many_indicators(client):
    make_indicators(10)
    with_ten = {address: statements(client, address) for address in MOST}
    make_indicators(90)

    assert {address: statements(client, address) for address in MOST} == with_ten
    assert all(with_ten[address] <= MOST[address] for address in MOST)


def test_list_narrows_down_by_word_kind_values_and_plan(client):
    with_values = make_indicators(1)
    empty = factories.make_indicator(name="Leerer Indikator", kind="output")
    factories.make_public_edition()

    def names(query):
        listed = client.get(f"/indikatoren/?format=json&{query}").json()["indikatoren"]
        return [each["code"] for each in listed]

    assert names("text=leer") == [empty.code]
    assert names("art=output") == [empty.code]
    assert names("nur=werte") == [with_values.code]
    assert names("nur=plan") == []


def test_list_says_what_kind_an_indicator_is(client):
    make_indicators(1)

    assert "Lage" in client.get("/indikatoren/").content.decode()


def test_list_without_indicators_teaches(client):
    assert "Hier steht, was gemessen wird" in client.get("/indikatoren/").content.decode()


def test_page_needs_the_same_statements_however_many_values(client):
    indicator = make_indicators(1)
    with_ten = statements(client, indicator.get_absolute_url())
    for year in range(1900, 2010):
        factories.make_observation(indicator, year, 1)

    assert statements(client, indicator.get_absolute_url()) == with_ten <= 6


def test_page_shows_every_value_with_its_source_and_says_when_the_year_is_unknown(client):
    indicator = factories.make_indicator(is_demonstration=False, source="https://example.org/a")
    Observation.objects.create(
        indicator=indicator, value=12, region="Hessen", source="https://example.org/b"
    )
    Observation.objects.create(indicator=indicator, missing_reason="suppressed", period="2024")
    Observation.objects.create(indicator=indicator, missing_reason="nicht bekannt", period="2025")

    page = client.get(indicator.get_absolute_url()).content.decode()

    assert "Jahr nicht genannt" in page
    assert "https://example.org/b" in page
    assert "geheim gehalten" in page
    assert "nicht bekannt" in page


def test_page_draws_each_series_of_the_land_apart():
    indicator = factories.make_indicator(name="Quote")
    for group in ("Frauen", "Männer"):
        factories.make_observation(indicator, 2024, 1, group=group)
        factories.make_observation(indicator, 2025, 2, group=group)
    factories.make_observation(indicator, 2025, 2, group="alle")
    factories.make_observation(indicator, 2024, 1, region_kind="Kreis", region="Nordkreis")
    factories.make_observation(indicator, 2025, 1, region_kind="Kreis", region="Nordkreis")

    charts = queries.charts_of(indicator, queries.values_of(indicator))

    assert [chart.title for chart in charts] == ["Quote (Frauen)", "Quote (Männer)"]
    assert [len(chart.geometry.dots) for chart in charts] == [2, 2]


def test_page_without_a_series_says_when_there_will_be_a_chart(client):
    indicator = factories.make_indicator()

    page = client.get(indicator.get_absolute_url()).content.decode()

    assert "Noch kein Verlauf." in page
    assert "Noch kein Wert." in page


def test_page_names_the_goals_measured_by_it(client):
    indicator = factories.make_indicator(code="QUOTE")
    passages = [
        *factories.TEXT[:4],
        factories.PassageValue(
            "",
            factories.Kind.GOAL,
            "Ziel",
            fields=(("Nummer", "Z7"), ("Titel", "Mehr Plätze"), ("Indikator", "QUOTE")),
        ),
    ]
    factories.make_public_edition(passages=tuple(passages))

    assert "Z7: Mehr Plätze" in client.get(indicator.get_absolute_url()).content.decode()


def test_page_as_files_holds_all_values(client):
    indicator = make_indicators(1)

    csv = text_of_file(client.get(f"{indicator.get_absolute_url()}?format=csv"))
    json = client.get(f"{indicator.get_absolute_url()}?format=json").json()

    assert len(csv.splitlines()) == 11
    assert [each["value"] for each in json["values"]] == [float(n) for n in range(16, 26)]


def test_page_of_an_unknown_indicator_does_not_exist(client):
    assert client.get("/indikatoren/FEHLT/").status_code == 404
