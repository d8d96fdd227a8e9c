"""A letter is cut into points; no part of it may be lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mitplan.participation import actions
from mitplan.participation.models import Point, Submission
from mitplan.participation.queries.letters import waiting_letters
from mitplan.web.queries.proofs import first_forgery
from tests import factories
from tests.counting import statements

pytestmark = pytest.mark.django_db

LETTER = "Sehr geehrte Damen und Herren,\n\nwir wünschen Kurse am Abend.\n\nMehr Busse bitte."


@pytest.fixture
def submission(consultation, after_closing):
    return make(consultation, LETTER)


def make(consultation, letter, route=Submission.Route.LETTER):
    return actions.record_submission(
        consultation=consultation,
        organisation=factories.make_organisation(),
        route=route,
        letter=letter,
        points=[],
        by=factories.make_secretary(),
        at=factories.AFTER_CLOSING,
    )


def address(submission):
    return reverse("participation:split_letter", args=[submission.number])


def blocks(*positions, **more):
    return {"block": [str(each) for each in positions], "kind": "suggestion", **more}


def test_letter_without_points_says_that_it_waits(secretary_client, submission):
    page = secretary_client.get(submission.get_absolute_url()).content.decode()

    assert "noch nicht in Anliegen aufgeteilt" in page
    assert address(submission) in page


def test_results_wait_until_every_letter_is_cut(secretary_client, submission, consultation):
    address_of_act = reverse("participation:publish", args=[consultation.number])

    refused = secretary_client.post(address_of_act)
    secretary_client.post(address(submission), blocks(1, 2, 3, ohne="1"))
    secretary_client.post(address(submission), {"abschliessen": "1"})
    secretary_client.post(address_of_act)

    assert f"Noch nicht in Anliegen aufgeteilt: {submission.number}." in refused.content.decode()
    consultation.refresh_from_db()
    assert consultation.results_published_at is not None


def test_letter_read_in_from_prepared_data_does_not_wait(consultation, after_closing):
    make(consultation, LETTER, Submission.Route.IMPORT)

    assert waiting_letters(consultation) == []


def test_round_names_the_letters_that_wait(secretary_client, client, submission, consultation):
    page = consultation.get_absolute_url()

    assert address(submission) in secretary_client.get(page).content.decode()
    assert address(submission) not in client.get(page).content.decode()


def test_blocks_become_one_point_with_the_next_number_and_their_words(
    secretary_client, submission, consultation
):
    number = factories.passage_of(consultation.edition, "Sprachkurse").number

    secretary_client.post(address(submission), blocks(2, 3, passage=number, kind="objection"))

    point = Point.objects.get()
    assert point.number == f"{submission.number}-01"
    assert point.text == "wir wünschen Kurse am Abend.\n\nMehr Busse bitte."
    assert (point.kind, point.passage.number) == ("objection", number)
    assert point.handed_in_at == factories.AFTER_CLOSING


def test_wording_in_a_letter_becomes_a_proposal(secretary_client, submission, consultation):
    number = factories.passage_of(consultation.edition, "Sprachkurse").number
    words = "Das Land fördert Sprachkurse am Abend."

    secretary_client.post(address(submission), blocks(2, passage=number, proposed_text=words))

    point = Point.objects.get()
    assert (point.kind, point.proposal, point.proposed_text) == ("amendment", "reword", words)
    assert point.amendment is not None


def test_letter_cannot_be_closed_while_a_block_is_left(secretary_client, submission):
    secretary_client.post(address(submission), blocks(2))
    response = secretary_client.post(address(submission), {"abschliessen": "1"})

    assert response.status_code == 422
    assert "2 Blöcke sind noch nicht aufgeteilt" in response.content.decode()


def test_page_says_how_much_is_left(secretary_client, submission):
    secretary_client.post(address(submission), blocks(2))

    page = secretary_client.get(address(submission)).content.decode()

    assert "2 Blöcke übrig, 62 % der Wörter" in page


def test_letter_is_closed_when_nothing_is_left(secretary_client, submission):
    secretary_client.post(address(submission), blocks(2, 3))
    secretary_client.post(address(submission), blocks(1, ohne="1"))
    secretary_client.post(address(submission), {"abschliessen": "1"})

    assert "nichts ging verloren" in secretary_client.get(address(submission)).content.decode()
    page = secretary_client.get(submission.get_absolute_url()).content.decode()
    assert "noch nicht in Anliegen aufgeteilt" not in page


def test_block_without_demand_may_turn_out_to_hold_one(secretary_client, submission):
    secretary_client.post(address(submission), blocks(3, ohne="1"))
    secretary_client.post(address(submission), blocks(3, zurueck="1"))
    secretary_client.post(address(submission), blocks(3))

    assert Point.objects.get().text == "Mehr Busse bitte."


def test_points_of_a_letter_leave_its_fingerprint_true(secretary_client, submission):
    secretary_client.post(address(submission), blocks(2))

    assert Point.objects.count() == 1
    assert first_forgery() is None


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"kind": "suggestion"}, "mindestens einen Block"),
        (blocks("9" * 30), "mindestens einen Block"),
        (blocks(2, passage="999"), "gibt es in der Fassung nicht"),
        (blocks(2, proposed_text="Neu"), "braucht eine Textstelle"),
    ],
)
def test_mistake_is_said_in_a_sentence(secretary_client, submission, sent, sentence):
    response = secretary_client.post(address(submission), sent)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Point.objects.count() == 0


def test_file_is_given_back_as_it_came(secretary_client, consultation, after_closing):
    organisation = factories.make_organisation()
    sent = secretary_client.post(
        reverse("participation:record_file", args=[consultation.number]),
        {"organisation": organisation.pk, "file": SimpleUploadedFile("b.txt", LETTER.encode())},
    )
    key = secretary_client.get(sent["Location"]).context["examined"].letter_key
    secretary_client.post(sent["Location"], {"uebernehmen": [key], "route": "letter"})
    submission = Submission.objects.get()
    file = submission.files.get()

    response = secretary_client.get(
        reverse("participation:submission_file", args=[submission.number, file.pk])
    )

    assert response.content == LETTER.encode()
    assert response["Content-Type"] == "application/octet-stream"


def test_page_needs_no_more_statements_for_a_longer_letter(
    secretary_client, consultation, after_closing
):
    counts = []
    for size in (10, 100):
        letter = "\n\n".join(f"Block {number}." for number in range(size))
        submission = make(consultation, letter)
        secretary_client.post(address(submission), blocks(1))
        counts.append(statements(secretary_client, address(submission)))

    assert counts[0] == counts[1]
