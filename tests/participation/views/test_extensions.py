"""Pages of more time: what organisations ask, what the secretariat answers, what everybody sees."""

import pytest
from django.test import Client
from django.urls import reverse

from mitplan.participation.models import Extension, ExtensionRequest
from tests import factories
from tests.participation.conftest import client_of, invitation_to

pytestmark = pytest.mark.django_db

WISH = {
    "wished_until": "2026-05-15",
    "reason": "Unser Vorstand tagt erst im Mai.",
    "contact": "verein@example.org",
}


@pytest.fixture
def secretariat(while_open):
    return client_of(factories.make_secretary())


def asked(consultation):
    invitation = invitation_to(consultation)
    address = invitation.get_absolute_url() + "mehr-zeit/"
    return Client().post(address, WISH, follow=True)


def test_request_by_link_reaches_the_inbox_of_the_secretariat(consultation, secretariat):
    page = asked(consultation)

    request = ExtensionRequest.objects.get()
    assert "Noch nicht beantwortet." in page.text
    assert (
        f"Antrag auf mehr Zeit: {request.organisation.name}"
        in secretariat.get(reverse("web:tasks")).text
    )


def test_request_for_an_earlier_day_is_explained(consultation, secretariat):
    address = invitation_to(consultation).get_absolute_url() + "mehr-zeit/"

    page = Client().post(address, WISH | {"wished_until": "2026-04-01"})

    assert page.status_code == 422
    assert "Bitte einen Tag wählen, der nach Ihrem letzten Tag liegt." in page.text


def test_answer_for_one_stands_on_the_page_of_the_round(consultation, secretariat):
    asked(consultation)
    wish = ExtensionRequest.objects.select_related("organisation").get()
    address = reverse("participation:answer_request", args=[consultation.number, wish.pk])

    assert secretariat.get(address).status_code == 200
    secretariat.post(
        address,
        {"decision": "one", "granted_until": "2026-05-15", "answer": "Der Vorstand tagt im Mai."},
    )

    page = Client().get(consultation.get_absolute_url()).text
    assert f"Nur {wish.organisation.name}: statt 30. April 2026 bis 15. Mai 2026" in page
    assert "Verlängert bis 15. Mai 2026." in page
    assert "Der Vorstand tagt im Mai." in page


def test_refusal_stands_there_with_its_reason(consultation, secretariat):
    asked(consultation)
    address = reverse(
        "participation:answer_request",
        args=[consultation.number, ExtensionRequest.objects.get().pk],
    )

    secretariat.post(address, {"decision": "refuse", "granted_until": "", "answer": "Zu spät."})

    assert "Abgelehnt. Zu spät." in Client().get(consultation.get_absolute_url()).text


def test_answer_without_a_day_is_explained(consultation, secretariat):
    asked(consultation)
    address = reverse(
        "participation:answer_request",
        args=[consultation.number, ExtensionRequest.objects.get().pk],
    )

    page = secretariat.post(address, {"decision": "all", "granted_until": "", "answer": "Gern."})

    assert page.status_code == 422
    assert "Bitte einen Tag angeben." in page.text


def test_extension_for_all_by_the_secretariat(consultation, secretariat):
    address = reverse("participation:extend", args=[consultation.number])

    assert "Frist verlängern" in secretariat.get(address).text
    secretariat.post(
        address, {"organisation": "", "closes_on": "2026-05-15", "reason": "Osterferien."}
    )

    assert Extension.objects.get().organisation is None
    page = Client().get(consultation.get_absolute_url()).text
    assert "Konferenz: statt 30. April 2026 bis 15. Mai 2026" in page


@pytest.mark.parametrize("organisations", [1, 10])
def test_page_of_a_round_asks_the_database_as_often_whatever_was_extended(
    consultation, secretariat, organisations, django_assert_num_queries
):
    address = consultation.get_absolute_url()
    for _each in range(organisations):
        asked(consultation)

    with django_assert_num_queries(7):
        Client().get(address)
