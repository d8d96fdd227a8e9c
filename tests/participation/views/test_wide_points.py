"""A proposal over several passages, wherever it is shown and found."""

import json

import pytest
from django.test import Client

from mitplan.publishing.queries.passages import points_at
from mitplan.publishing.queries.public_things import public_things
from mitplan.publishing.queries.reading import open_work
from tests import factories
from tests.factories import AFTER_CLOSING

pytestmark = pytest.mark.django_db

TODAY = AFTER_CLOSING.date()


@pytest.fixture
def point(consultation):
    return factories.make_wide_point(consultation)


def text_of(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return " ".join(body.decode().split())


def test_point_page_shows_all_changes_together(client, point, after_closing):
    page = text_of(client.get(point.get_absolute_url()))

    assert "Zu den Textstellen 3, 4" in page
    assert "darüber wird zusammen entschieden" in page
    assert "Textstelle 3, verschoben hinter Textstelle 4" in page
    assert "Textstelle 4:" in page


def test_submission_page_shows_all_changes_together(client, point, after_closing):
    page = text_of(client.get(point.submission.get_absolute_url()))

    assert "2 Änderungen in einem Vorschlag" in page


def test_table_says_that_several_passages_change(client, point, after_closing):
    assert "Änderungsvorschlag zu mehreren Textstellen" in text_of(client.get("/anliegen/"))


@pytest.mark.parametrize(
    "query", ["textstelle=4", "textstelle=3", "suche=beraten+alle", "suche=lernen"]
)
def test_table_finds_it_by_any_of_its_passages_and_words(client, point, after_closing, query):
    assert point.number in text_of(client.get(f"/anliegen/?{query}"))


def test_export_tells_every_change(client, point, after_closing):
    table = text_of(client.get("/anliegen/?format=csv"))
    [entry] = json.loads(text_of(client.get("/anliegen/?format=json")))

    told = "Textstelle 4, neuer Wortlaut: Die Kommunen beraten alle vor Ort."
    assert told in table
    assert (entry["passage"], entry["target"], entry["further"]) == (3, 4, told)


def test_passage_page_lists_points_that_change_it_besides(point, after_closing):
    advice = factories.passage_of(point.edition, "Familien")

    assert [each.number for each in points_at(advice, TODAY).public] == [point.number]


def test_reader_counts_open_work_at_every_passage(point):
    advice = factories.passage_of(point.edition, "Familien")

    work = open_work(point.edition.plan, TODAY)

    assert {number: each.points for number, each in work.items()} == {3: 1, 4: 1}
    assert points_at(advice, TODAY).work == work[4]


def test_search_knows_the_words_of_every_change(point, after_closing):
    [found] = [thing for thing in public_things(TODAY) if thing.url == point.get_absolute_url()]

    assert "Die Kommunen beraten alle vor Ort." in found.text


def test_decision_on_it_is_one_change_set_with_one_origin(client, point, after_closing):
    secretary = Client()
    secretary.force_login(factories.make_secretary())

    secretary.post(f"{point.get_absolute_url()}entscheiden/", {"outcome": "taken_up"})

    draft = text_of(secretary.get(f"/plan/{point.edition.plan.slug}/arbeitsfassung/"))
    assert "Die Kommunen beraten" in draft
    point.refresh_from_db()
    assert point.origin.label == "Anliegen 1-001-01"
