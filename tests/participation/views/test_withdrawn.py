"""What was withdrawn leaves a tombstone: its address stays, its words are no longer public."""

import json

import pytest

from mitplan.participation import actions
from mitplan.publishing.queries.passages import points_at
from tests import factories
from tests.factories import AFTER_CLOSING, WHILE_OPEN
from tests.participation.conftest import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("after_closing")]

WORDS = ("Viele arbeiten am Vormittag.", "Kurse sollen auch abends stattfinden.", "am Abend")


@pytest.fixture
def submission(consultation):
    """Handed in, and withdrawn while there was time."""
    submission = factories.make_submission(consultation)
    return actions.withdraw_submission(
        submission=submission, seat=factories.make_seat(submission.organisation), at=WHILE_OPEN
    )


@pytest.fixture
def point(submission):
    return submission.points.get()


def text_of(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode()


def said(page: str) -> list[str]:
    return [words for words in WORDS if words in page]


def test_submission_page_is_a_tombstone_for_the_public(client, submission):
    page = text_of(client.get(submission.get_absolute_url()))

    assert said(page) == []
    assert "Zurückgezogen am 10. März 2026" in page
    assert submission.organisation_name in page
    assert submission.sha256 in page


def test_point_page_is_a_tombstone_for_the_public(client, point):
    response = client.get(point.get_absolute_url())

    assert (response.status_code, said(text_of(response))) == (200, [])
    assert "ihr Text ist nicht mehr öffentlich" in text_of(response)


@pytest.mark.parametrize("address", ["", "?format=csv", "?format=json", "?stand=withdrawn"])
def test_tables_say_withdrawn_and_nothing_else(client, point, address):
    page = text_of(client.get(f"/anliegen/{address}"))

    assert said(page) == []
    assert point.number in page
    assert "zurückgezogen" in page


def test_search_for_words_does_not_find_what_is_hidden(client, point):
    assert point.number not in text_of(client.get("/anliegen/?suche=Vormittag"))


def test_withdrawn_points_count_nowhere(client, point, consultation):
    [entry] = json.loads(text_of(client.get("/anliegen/?format=json")))

    assert entry["state"] == "zurückgezogen"
    assert points_at(point.passage, AFTER_CLOSING.date()).public == []
    assert point.number not in text_of(
        client.get(f"/beteiligung/{consultation.number}/abwaegungstabelle/")
    )


def test_authors_and_secretariat_still_read_it(secretary_client, submission, point):
    member = client_of(factories.make_member(submission.organisation))

    for reader in (secretary_client, member):
        assert said(text_of(reader.get(submission.get_absolute_url()))) == list(WORDS)
        assert said(text_of(reader.get(point.get_absolute_url()))) == list(WORDS)
