"""Submissions on their own pages, and letters that are recorded."""

import pytest
from django.urls import reverse

from mitplan.participation.models import Submission
from tests import factories
from tests.reading import rows_of

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return response.content.decode()


def list_of(consultation) -> str:
    return reverse("participation:submissions", args=[consultation.number])


def record_page(consultation) -> str:
    return reverse("participation:record", args=[consultation.number])


def test_list_waits_for_the_end_of_the_window(client, secretary_client, consultation, while_open):
    factories.make_submission(consultation)

    assert "Die Frist läuft noch." in text_of(client.get(list_of(consultation)))
    assert "1-001" in text_of(secretary_client.get(list_of(consultation)))


def test_list_is_public_after_the_end(client, consultation, after_closing):
    factories.make_submission(consultation)

    assert "1-001" in text_of(client.get(list_of(consultation)))


def test_list_as_csv_names_number_points_and_hash(client, consultation, after_closing):
    submission = factories.make_submission(consultation, points=2)

    answer = client.get(f"{list_of(consultation)}?format=csv")

    [row] = rows_of(answer)
    assert (row["Nummer"], row["Anliegen"], row["Prüfsumme"]) == ("1-001", "2", submission.sha256)


@pytest.mark.parametrize("amount", [10, 100])
def test_list_asks_the_same_of_the_database_for_many(
    client, consultation, after_closing, django_assert_num_queries, amount
):
    for _ in range(amount):
        factories.make_letter(consultation, points=0)

    with django_assert_num_queries(5):
        client.get(list_of(consultation))


def test_page_shows_organisation_hash_and_points(client, consultation):
    submission = factories.make_submission(consultation, points=2)

    page = text_of(client.get(submission.get_absolute_url()))

    assert submission.organisation_name in page
    assert submission.sha256 in page
    assert "Anregung 1" in page


def test_page_waits_for_the_end_of_the_window(client, secretary_client, consultation, while_open):
    submission = factories.make_submission(consultation, points=2)
    address = submission.get_absolute_url()

    answer = client.get(address)

    assert (answer.status_code, submission.organisation_name in text_of(answer)) == (403, False)
    assert "Der letzte Tag ist der 30. April 2026." in text_of(answer)
    assert "Anregung 1" in text_of(secretary_client.get(address))


def test_page_names_no_person(client, consultation, after_closing):
    organisation = factories.make_organisation()
    member = factories.make_member(organisation)
    submission = factories.make_submission(consultation, organisation=organisation)

    page = text_of(client.get(submission.get_absolute_url()))

    assert member.name not in page
    assert organisation.email not in page


def test_page_of_an_unknown_number_is_not_found(client):
    assert client.get("/stellungnahme/9-999/").status_code == 404


@pytest.mark.parametrize("amount", [10, 100])
def test_page_asks_the_same_of_the_database_for_many_points(
    client, consultation, django_assert_num_queries, amount
):
    submission = factories.make_letter(consultation, amount)

    with django_assert_num_queries(9):
        client.get(submission.get_absolute_url())


def letter(**changes) -> dict[str, object]:
    return {
        "organisation": factories.make_organisation().pk,
        "route": "letter",
        "letter": "Sehr geehrte Damen und Herren",
        "zeilen": "3",
        "anliegen-1-kind": "suggestion",
        "anliegen-1-text": "Mehr Busse.",
    } | changes


def test_record_takes_a_letter_with_points(secretary_client, consultation, while_open):
    response = secretary_client.post(
        record_page(consultation),
        letter(
            **{
                "anliegen-2-kind": "amendment",
                "anliegen-2-quote": "am Vormittag",
                "anliegen-2-proposal": "reword",
                "anliegen-2-proposed_text": "Das Land fördert Kurse.",
            }
        ),
    )

    submission = Submission.objects.get()
    assert response.url == submission.get_absolute_url()
    assert [point.passage and point.passage.number for point in submission.points.all()] == [
        None,
        3,
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"anliegen-2-passage": "99", "anliegen-2-text": "x"}, "gibt es in der Fassung nicht"),
        (
            {"anliegen-2-quote": "gibt es nicht", "anliegen-2-text": "x"},
            "stehen nicht in der Fassung",
        ),
        ({"anliegen-2-quote": "Das Land", "anliegen-2-text": "x"}, "stehen an mehreren Stellen"),
        (
            {"anliegen-2-proposal": "reword", "anliegen-2-proposed_text": "Neu"},
            "Ein Wortlaut braucht eine Textstelle.",
        ),
        (
            {"anliegen-2-passage": "3", "anliegen-2-proposal": "reword"},
            "den vorgeschlagenen Wortlaut angeben",
        ),
        ({"anliegen-2-reason": "Nur ein Grund"}, "Bitte das Anliegen oder einen Wortlaut angeben."),
        ({"organisation": ""}, "Dieses Feld ist zwingend erforderlich."),
    ],
)
def test_record_with_a_mistake_says_what_and_keeps_nothing(
    secretary_client, consultation, while_open, changes, sentence
):
    mistaken = letter(**({"anliegen-2-kind": "amendment"} | changes))

    response = secretary_client.post(record_page(consultation), mistaken)

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert Submission.objects.count() == 0


def test_record_offers_more_rows_and_keeps_what_was_written(
    secretary_client, consultation, while_open
):
    response = secretary_client.post(record_page(consultation), letter(mehr="1"))

    page = text_of(response)
    assert response.status_code == 200
    assert "Anliegen 6" in page
    assert "Mehr Busse.</textarea>" in page
    assert Submission.objects.count() == 0


def test_record_for_one_who_handed_in_already_names_the_number(
    secretary_client, consultation, while_open
):
    earlier = factories.make_submission(consultation)

    response = secretary_client.post(
        record_page(consultation), letter(organisation=earlier.organisation_id)
    )

    assert response.status_code == 422
    assert "(Nummer 1-001)" in text_of(response)
