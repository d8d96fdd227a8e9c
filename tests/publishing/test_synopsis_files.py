"""The synopsis to take away: Word, one HTML file, tables, and by a job where it is long."""

import io
import zipfile

import pytest
from docx import Document

from mitplan.common.models import Export
from mitplan.core.text.passages import Kind
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.publishing import jobs
from mitplan.publishing.views import synopsis_files
from tests import factories
from tests.counting import statements
from tests.reading import cells_of_xlsx, lines_of

pytestmark = pytest.mark.django_db
COMPARISON = "/plan/musterplan/vergleich/1/2/"
WORD = f"{COMPARISON}synopse.docx"


def word_tables(response):
    return [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in Document(io.BytesIO(response.getvalue())).tables
    ]


def parts_of(response, name):
    with zipfile.ZipFile(io.BytesIO(response.getvalue())) as archive:
        return "".join(archive.read(each).decode() for each in archive.namelist() if name in each)


def test_word_file_lays_editions_side_by_side_with_reason_and_origin(client, world):
    [rows] = word_tables(client.get(WORD))

    old, new = str(world.consulted), str(world.adopted)
    assert rows[0] == ["Nr.", old, new, "Was sich geändert hat und warum"]
    assert [row[0] for row in rows[1:3]] == ["Integrationsplan Musterland", "Sprache und Bildung"]
    organisation = world.points[0].submission.organisation_name
    assert rows[3:] == [
        [
            "3",
            "Das Land fördert Sprachkurse am Vormittag.",
            "Das Land fördert Sprachkurse am Vormittag und am Abend.",
            f"Fassung 2: geändert\nAnliegen 1-001-01, {organisation}",
        ]
    ]


def test_word_file_lies_in_landscape_and_repeats_its_heading_row(client, world):
    document = Document(io.BytesIO(client.get(WORD).getvalue()))

    section = document.sections[0]
    assert section.page_width > section.page_height
    assert "w:tblHeader" in parts_of(client.get(WORD), "word/document.xml")


def test_word_file_begins_with_the_facts(client, world):
    text = "\n".join(
        paragraph.text for paragraph in Document(io.BytesIO(client.get(WORD).getvalue())).paragraphs
    )

    assert text.startswith("Synopse der Fassungen 1, 2:")
    assert world.consulted.content_hash in text
    assert world.adopted.content_hash in text
    assert "nur Geändertes" in text


def test_only_files_that_end_in_an_adopted_edition_go_without_the_stamp(client, world):
    backwards = client.get("/plan/musterplan/vergleich/2/1/synopse.docx")

    assert "nicht beschlossen" not in parts_of(client.get(WORD), "word/header")
    assert "nicht beschlossen" in parts_of(backwards, "word/header")


def test_html_file_needs_nothing_beside_it(client, world):
    response = client.get(f"{COMPARISON}synopse.html")

    page = response.content.decode()
    assert response["Content-Disposition"] == 'attachment; filename="musterplan-synopse-1-2.html"'
    assert "<ins>" in page
    assert "<style>" in page
    assert "<base href=" in page
    assert not any(mark in page for mark in ("<script", "<link", "src="))
    assert world.adopted.content_hash in page


def test_table_files_hold_what_is_chosen_and_mark_the_difference(client, world):
    changed = lines_of(client.get(f"{COMPARISON}?format=csv"))
    whole = lines_of(client.get(f"{COMPARISON}?nur=alles&format=csv"))

    assert changed[1][-1] == "Das Land fördert Sprachkurse am Vormittag{++ und am Abend++}."
    assert (len(changed) - 1, len(whole) - 1) == (1, 6)


def test_excel_file_names_the_editions_and_their_hashes(client, world):
    facts = cells_of_xlsx(client.get(f"{COMPARISON}?format=xlsx").getvalue(), 1)

    assert [row for row in facts if row[0] == "Fassung"] == [
        ["Fassung", str(world.consulted)],
        ["Fassung", str(world.adopted)],
    ]
    assert ["Auswahl", "nur Geändertes"] in facts


def test_comparison_leads_to_the_files(client, world):
    page = client.get(COMPARISON).content.decode()

    assert f'href="{WORD}?nur=geaendert"' in page
    assert f'href="{COMPARISON}synopse.html?nur=geaendert"' in page


def test_long_word_file_is_made_by_a_job(client, secretary_client, world, monkeypatch):
    monkeypatch.setattr(synopsis_files, "AT_ONCE", 1)

    stranger = client.get(WORD).content.decode()
    offered = secretary_client.get(WORD).content.decode()
    ordered = secretary_client.post(f"{COMPARISON}synopse/bestellen/", {"auswahl": "nur=alles"})
    jobs.make_synopsis.call(Export.objects.get().pk)

    export = Export.objects.get()
    assert "Dafür ist ein Konto nötig." in stranger
    assert "Erstellen lassen" in offered
    assert ordered["Location"] == export.get_absolute_url()
    [rows] = word_tables(secretary_client.get(f"{export.get_absolute_url()}herunterladen/"))
    assert len(rows) > 5


def test_draft_editions_stay_inside(client, world):
    factories.make_edition(world.plan, title="Entwurf")

    address = "/plan/musterplan/vergleich/2/3/synopse"
    assert client.get(f"{address}.docx").status_code == 404
    assert client.get(f"{address}.html").status_code == 404


@pytest.mark.parametrize("address", ["synopse.docx", "synopse.html", "?format=xlsx"])
def test_files_ask_the_same_of_the_database_for_many_changes(client, address):
    needed = []
    for amount in (10, 100):
        plan = factories.make_plan(f"lang-{amount}")
        factories.make_public_edition(plan, factories.long_text(amount))
        changed = tuple(
            PassageValue("", Kind.PARAGRAPH, f"Neuer Absatz {number}.") for number in range(amount)
        )
        factories.make_public_edition(plan, changed)
        needed.append(statements(client, f"/plan/{plan.slug}/vergleich/1/2/{address}"))

    assert needed[0] == needed[1] <= 12
