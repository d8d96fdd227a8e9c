"""Pages of the goals."""

import pytest

from mitplan.core.text.passages import Kind
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.plan.models import Edition
from tests import factories
from tests.counting import statements
from tests.reading import text_of_file

pytestmark = pytest.mark.django_db


def goals(number, first=1):
    """A text with so many goals, each with an indicator and a measure."""
    yield PassageValue("", Kind.HEADING, "Plan", level=1)
    for n in range(first, first + number):
        fields = (
            ("Nummer", f"Z{n}"),
            ("Titel", f"Ziel Nummer {n}"),
            ("Handlungsfeld", f"Feld {n % 3}"),
            ("Indikator", f"I{n}"),
            ("Ausgangswert", "40"),
            ("Ausgangsjahr", "2020"),
            ("Zielwert", "60"),
            ("Zieljahr", "2030"),
        )
        yield PassageValue("", Kind.GOAL, f"Ziel {n} wird erreicht.", fields=fields)
        yield PassageValue(
            "",
            Kind.MEASURE,
            f"Maßnahme {n} wird getan.",
            fields=(("Nummer", f"M{n}"), ("Ziel", f"Z{n}"), ("Kosten", "unbekannt")),
        )


def make_goals(number):
    for n in range(1, number + 1):
        factories.make_observation(factories.make_indicator(code=f"I{n}"), 2025, 50)
    return factories.make_public_edition(passages=tuple(goals(number)))


@pytest.mark.parametrize("address", ["/ziele/", "/ziele/?format=csv", "/ziele/?format=json"])
def test_list_needs_the_same_statements_however_many_goals(client, address):
    make_goals(10)
    with_ten = statements(client, address)
    factories.make_public_edition(passages=tuple(goals(100)))

    assert statements(client, address) == with_ten <= 6


def test_list_counts_results_and_says_how_many_are_assessable(client):
    factories.make_public_edition()

    page = client.get("/ziele/").content.decode()

    assert "<strong>0 von 1</strong> Ziel bewertbar" in page
    assert "%" not in page.split("bewertbar")[1].split("<form")[0]


def test_list_narrows_down_by_field_and_result(client):
    make_goals(3)

    page = client.get("/ziele/?feld=Feld 1&stand=on_track").content.decode()
    nothing = client.get("/ziele/?stand=missed").content.decode()

    assert "Z1: Ziel Nummer 1" in page
    assert "Z2: Ziel Nummer 2" not in page
    assert "Kein Ziel passt." in nothing


def test_list_offers_the_plan_only_where_there_are_several(client):
    make_goals(1)
    alone = client.get("/ziele/").content.decode()
    other = factories.make_public_edition()
    both = client.get(f"/ziele/?plan={other.plan.slug}").content.decode()

    assert 'name="plan"' not in alone
    assert 'name="plan"' in both
    assert "Ziel Nummer 1" not in both


def test_list_shows_the_adopted_edition_even_if_a_newer_one_is_public(client):
    adopted = factories.make_edition(kind=Edition.Kind.ADOPTED, title="Beschlossen")
    factories.plan_actions.release_edition(
        edition=adopted, by=factories.make_secretary(), at=factories.LONG_AGO
    )
    factories.make_public_edition(adopted.plan, factories.long_text(1), title="Neuer Entwurf")

    page = client.get("/ziele/").content.decode()

    assert "Beschlossen" in page
    assert "Neuer Entwurf" not in page


def test_list_without_a_public_plan_teaches(client):
    factories.make_edition()

    assert "Hier steht jedes Ziel der geltenden Fassung" in client.get("/ziele/").content.decode()


def test_list_as_files_holds_result_and_sentence(client):
    make_goals(1)

    row = client.get("/ziele/?format=json").json()["ziele"][0]
    lines = text_of_file(client.get("/ziele/?format=csv")).splitlines()

    assert (row["Ziel"], row["Ergebnis"], row["letzter Wert"]) == ("Z1", "on_track", 50.0)
    assert row["Satz"].startswith("Auf Kurs.")
    assert len(lines) == 2


@pytest.mark.parametrize("ending", ["", "?format=csv", "?format=json"])
def test_page_needs_the_same_statements_however_much_hangs_on_it(client, ending):
    edition = make_goals(1)
    address = f"/ziele/{edition.plan.slug}/Z1/{ending}"
    with_one = statements(client, address)
    indicator = factories.Indicator.objects.get(code="I1")
    for year in range(2000, 2020):
        factories.make_observation(indicator, year, year)
    more = (*goals(1), *(measure(n) for n in range(2, 40)))
    factories.make_public_edition(edition.plan, tuple(more), title="Neue Fassung")

    assert statements(client, address) == with_one <= 8


def measure(number):
    fields = (("Nummer", f"M{number}"), ("Ziel", "Z1"), ("Kosten", "1000"))
    return PassageValue("", Kind.MEASURE, f"Maßnahme {number}", fields=fields)


def test_page_shows_text_status_chart_inputs_and_measures(client):
    edition = make_goals(1)

    page = client.get(f"/ziele/{edition.plan.slug}/Z1/").content.decode()

    assert "Ziel 1 wird erreicht." in page
    assert "<svg" in page
    assert "Als Tabelle" in page
    assert "M-T/1" in page
    assert "Kosten bekannt: 0 von 1" in page
    assert "unbekannt" in page


def test_page_shows_what_changed_between_editions(client):
    first = make_goals(1)
    values = tuple(goals(1))
    reworded = PassageValue(
        "",
        Kind.GOAL,
        "Ziel 1 wird früher erreicht.",
        fields=tuple(
            (key, "70" if key == "Zielwert" else value) for key, value in values[1].fields
        ),
    )
    factories.make_public_edition(
        first.plan, (values[0], reworded, *values[2:]), title="Neue Fassung"
    )

    page = client.get(f"/ziele/{first.plan.slug}/Z1/").content.decode()

    assert "<ins" in page
    assert "früher" in page
    assert "Zielwert: 60 → 70" in page


def test_page_without_values_teaches(client):
    edition = factories.make_public_edition()

    page = client.get(f"/ziele/{edition.plan.slug}/Z1/").content.decode()

    assert "Noch keine Werte." in page


def test_page_of_a_dropped_goal_says_that_it_no_longer_holds(client):
    first = make_goals(2)
    factories.make_public_edition(first.plan, tuple(goals(1)), title="Neue Fassung")

    page = client.get(f"/ziele/{first.plan.slug}/Z2/").content.decode()

    assert "Dieses Ziel steht nicht mehr in der geltenden Fassung." in page


def test_page_of_a_goal_no_public_edition_has_does_not_exist(client):
    edition = factories.make_edition()

    assert client.get(f"/ziele/{edition.plan.slug}/Z1/").status_code == 404
    assert client.get(f"/ziele/{edition.plan.slug}/Z99/").status_code == 404


def test_page_as_csv_is_the_series(client):
    edition = make_goals(1)

    content = text_of_file(client.get(f"/ziele/{edition.plan.slug}/Z1/?format=csv"))

    assert content == "Zeitraum;Ende;Wert;vorläufig\r\n2025;31.12.2025;50;nein\r\n"


def test_page_as_json_lets_a_stranger_repeat_the_judgement(client):
    edition = make_goals(1)

    content = client.get(f"/ziele/{edition.plan.slug}/Z1/?format=json").json()

    assert content["Eingaben"]["baseline"] == "40"
    assert content["Werte"] == [{"Zeitraum": "2025", "Wert": 50.0, "vorläufig": False}]
