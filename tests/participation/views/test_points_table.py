"""The points table: as a page, as table files, as Word, and by a job where it is long."""

import io
import re
import zipfile

import pytest
import time_machine
from docx import Document

from mitplan.common.models import Export
from mitplan.participation import actions, jobs
from mitplan.participation.models import Outcome
from mitplan.participation.views import points_table
from tests import factories
from tests.counting import statements
from tests.participation.conftest import client_of
from tests.reading import cells_of_xlsx, rows_of

pytestmark = pytest.mark.django_db
TABLE = "/beteiligung/1/abwaegungstabelle/"
ORDER = f"{TABLE}bestellen/"


@pytest.fixture(autouse=True)
def _after_closing():
    with time_machine.travel(factories.AFTER_CLOSING, tick=False):
        yield


@pytest.fixture
def decided():
    """A consultation with one point taken up and two undecided; nothing is published."""
    consultation = factories.make_consultation()
    verein = factories.make_organisation(name="Verein für Nachbarschaft")
    submission = factories.make_submission(consultation, organisation=verein, points=3)
    first, second, third = submission.points.order_by("position")
    factories.taken_up(first)
    contact = factories.make_department_contact()
    actions.give_advice(
        point=second,
        department=contact.mandates.get().department,
        recommendation=Outcome.DECLINED,
        text="Dafür fehlen Mittel.",
        by=contact,
        at=factories.AFTER_CLOSING,
    )
    consultation.points = [first, second, third]
    return consultation


def published(consultation):
    for point in consultation.points[1:]:
        factories.declined(point)
    by = factories.make_secretary()
    actions.publish_results(consultation=consultation, by=by, at=factories.AFTER_CLOSING)


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def word_tables(response):
    [table] = Document(io.BytesIO(response.getvalue())).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_public_page_shows_no_decision_before_it_is_published(client, decided):
    page = words(client.get(TABLE))

    assert "Kurse sollen auch abends stattfinden." in page
    assert "noch nicht entschieden" in page
    assert " übernommen" not in page
    assert "Dafür fehlen Mittel." not in page


def test_internal_variant_shows_advice_and_decisions_before_they_are_published(
    secretary_client, decided
):
    page = words(secretary_client.get(f"{TABLE}?ausgabe=intern"))

    assert " übernommen" in page
    assert "(nicht übernommen): Dafür fehlen Mittel." in page


@pytest.mark.parametrize("ending", ["", "&format=docx", "&format=csv"])
def test_internal_variant_is_refused_to_everybody_else(client, decided, ending):
    assert client.get(f"{TABLE}?ausgabe=intern{ending}").status_code == 403
    member = client_of(factories.make_member())
    assert member.get(f"{TABLE}?ausgabe=intern{ending}").status_code == 403


def test_page_says_that_points_follow_after_the_last_day(client, decided):
    with time_machine.travel(factories.WHILE_OPEN, tick=False):
        page = words(client.get(TABLE))

    assert "Die Frist läuft noch." in page
    assert "Kurse sollen" not in page


def test_page_of_a_prepared_round_is_not_found(client):
    factories.make_consultation(opened=False)

    assert client.get(TABLE).status_code == 404


def test_page_marks_the_difference_and_names_the_edition_hash(client, decided):
    page = client.get(TABLE).content.decode()

    assert '<ins><span class="kern-sr-only">eingefügt: </span> und am Abend</ins>' in page
    assert decided.edition.content_hash in page


@pytest.mark.parametrize(
    ("order", "groups"),
    [
        ("textstelle", ["Textstelle 3: Das Land", "Textstelle 4: Die Kommunen"]),
        ("organisation", ["Verein für Nachbarschaft"]),
        ("handlungsfeld", ["ohne Handlungsfeld"]),
    ],
)
def test_table_is_grouped_as_chosen(client, decided, order, groups):
    found = [group for group, _lines in client.get(f"{TABLE}?ordnung={order}").context["groups"]]

    assert [group[: len(begin)] for group, begin in zip(found, groups, strict=True)] == groups


def test_filters_of_the_list_narrow_the_table_and_stand_at_its_beginning(client, decided):
    response = client.get(f"{TABLE}?suche=abends&art=amendment&format=xlsx")

    facts = dict(cells_of_xlsx(response.getvalue(), 1)[1:])
    assert facts["Auswahl"] == "Suchwort: abends; Art: Änderungsvorschlag"
    assert facts["Anliegen"] == "1"
    assert facts["Prüfsumme (SHA-256)"] == decided.edition.content_hash


def test_csv_marks_what_comes_and_goes(client, decided):
    published(decided)

    rows = rows_of(client.get(f"{TABLE}?format=csv"))

    assert [row["Nummer"] for row in rows] == ["1-001-01", "1-001-02", "1-001-03"]
    assert rows[0]["vorgeschlagener Wortlaut"] == (
        "Textstelle 3: Das Land fördert Sprachkurse am Vormittag{++ und am Abend++}."
    )
    assert [row["Entscheidung"] for row in rows] == ["übernommen", *["nicht übernommen"] * 2]
    assert rows[1]["Begründung"] == "Haushalt: Dafür stehen keine Mittel bereit."
    assert "Fachvotum" not in rows[0]


def test_word_file_has_a_heading_row_groups_and_marked_words(client, decided):
    published(decided)

    rows = word_tables(client.get(f"{TABLE}?format=docx"))

    assert rows[0] == [
        *("Nr.", "Organisation", "Bezug", "Anliegen und vorgeschlagener Wortlaut", "Entscheidung"),
        *("Begründung", "Änderung im Text", "Fassung"),
    ]
    assert rows[1][0].startswith("Textstelle 3: Das Land fördert Sprachkurse")
    assert rows[2][0] == "1-001-01"
    assert "Das Land fördert Sprachkurse am Vormittag und am Abend." in rows[2][3]
    assert len(rows) == 6


def test_internal_word_file_says_so_on_every_page(secretary_client, decided):
    response = secretary_client.get(f"{TABLE}?format=docx&ausgabe=intern")

    with zipfile.ZipFile(io.BytesIO(response.getvalue())) as archive:
        headers = [archive.read(name) for name in archive.namelist() if "header" in name]
    assert any("nur für den internen Gebrauch".encode() in header for header in headers)


@pytest.mark.parametrize("ending", ["", "&format=docx", "&format=xlsx", "&format=csv"])
def test_table_asks_the_same_of_the_database_for_many_points(ending):
    needed = []
    for amount in (10, 100):
        consultation = factories.make_consultation()
        factories.make_letter(consultation, amount)
        client = client_of(factories.make_secretary())
        address = f"/beteiligung/{consultation.number}/abwaegungstabelle/?ausgabe=intern{ending}"
        needed.append(statements(client, address))

    assert needed[0] == needed[1] <= 16


def test_long_word_file_is_made_by_a_job_and_waits_in_the_inbox(
    secretary_client, decided, monkeypatch
):
    monkeypatch.setattr(points_table, "AT_ONCE", 2)
    refused = secretary_client.get(f"{TABLE}?format=docx&ausgabe=intern")
    ordered = secretary_client.post(ORDER, {"auswahl": "ausgabe=intern"})
    jobs.make_points_table.call(Export.objects.get().pk)

    export = Export.objects.get()
    assert (refused.status_code, refused["Location"]) == (302, f"{TABLE}?ausgabe=intern")
    assert ordered["Location"] == export.get_absolute_url()
    assert export.state == Export.State.DONE
    assert export.title in words(secretary_client.get("/aufgaben/"))
    fetched = secretary_client.get(f"{export.get_absolute_url()}herunterladen/")
    assert len(word_tables(fetched)) == 6
    assert export.title not in words(secretary_client.get("/aufgaben/"))


def test_asking_twice_makes_one_file(secretary_client, decided):
    for _ in range(2):
        secretary_client.post(ORDER, {"auswahl": "ausgabe=intern"})

    assert Export.objects.count() == 1
