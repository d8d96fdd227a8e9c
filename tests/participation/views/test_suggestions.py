"""Pages of the store of topics: suggesting without an account or with a mandate, taking into a round."""

import pytest
from django.test import Client
from django.urls import reverse

from mitplan.participation import actions
from mitplan.participation.actions import AudienceValues, SuggestionValues
from mitplan.participation.models import Audience, Suggestion
from mitplan.participation.queries.suggestions import key_of
from tests import factories
from tests.participation.conftest import client_of

pytestmark = pytest.mark.django_db

SUGGEST = "/vorschlagen/"
STORE = "/themenspeicher/"


@pytest.fixture
def edition(while_open):
    return factories.make_public_edition()


def filled_in(edition, **fields):
    return {
        "text": "Mehr Busse am Abend.",
        "plan": edition.plan_id,
        "contact": "frau.muster@example.org",
        "name": "Frau Muster",
    } | fields


def kept(edition):
    return actions.hand_in_suggestion(
        values=SuggestionValues(edition.plan, "Mehr Busse am Abend."),
        seat=factories.make_seat(),
        at=factories.WHILE_OPEN,
    )


def test_person_without_account_suggests_and_confirms_with_a_button(edition):
    visitor = Client()

    page = visitor.post(SUGGEST, filled_in(edition), follow=True)
    assert "Wir haben Ihnen eine E-Mail geschickt." in page.text
    address = reverse("participation:confirm_suggestion", args=[key_of(Suggestion.objects.get())])
    assert "Ist das Ihr Vorschlag?" in visitor.get(address).text
    assert Suggestion.objects.get().received_at is None
    assert "Er hat die Nummer V-0001." in visitor.post(address).text

    store = visitor.get(STORE).text
    assert "Mehr Busse am Abend." in store
    assert "Frau Muster" not in store
    page = visitor.get(Suggestion.objects.get().get_absolute_url()).text
    assert "eine Person" in page
    assert "frau.muster@example.org" not in page


def test_filled_trap_keeps_nothing_and_says_nothing(edition):
    page = Client().post(SUGGEST, filled_in(edition, website="https://example.org"), follow=True)

    assert page.status_code == 200
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": ""}, "zwingend erforderlich"),
        ({"contact": ""}, "zwingend erforderlich"),
        ({"passage": "999"}, "Diese Textstelle gibt es nicht."),
        ({"text": "x" * 4001}, "höchstens 4000"),
    ],
)
def test_mistake_in_the_form_is_explained(edition, fields, sentence):
    page = Client().post(SUGGEST, filled_in(edition, **fields))

    assert page.status_code == 422
    assert sentence in page.text


def test_wrong_link_is_explained(edition):
    page = Client().get(reverse("participation:confirm_suggestion", args=["falsch"]))

    assert page.status_code == 404
    assert "Dieser Link gilt nicht" in page.text


def test_open_public_round_is_offered_first(edition):
    secretary = factories.make_secretary()
    days = (factories.OPENS_ON, factories.CLOSES_ON)
    prepared = actions.prepare_consultation(
        edition=edition,
        title="Was sagen Sie?",
        audiences=[AudienceValues(Audience.Kind.PUBLIC, *days)],
        by=secretary,
        at=factories.LONG_AGO,
    )
    actions.open_consultation(consultation=prepared, by=secretary, at=factories.OPENED)

    assert "Was sagen Sie?" in Client().get(SUGGEST).text
    Client().post(SUGGEST, filled_in(edition, goes_to="runde"))
    assert Suggestion.objects.get().consultation == prepared
    assert "Ohne Konto etwas vorschlagen" in Client().get(prepared.get_absolute_url()).text


def test_member_suggests_for_the_own_organisation_only(edition):
    member = factories.make_member()
    own = member.mandates.get().organisation
    client = client_of(member)
    address = reverse("participation:suggest_for", args=[own.pk])
    other = reverse("participation:suggest_for", args=[factories.make_organisation().pk])

    assert f"Sie schreiben für {own.name}." in client.get(address).text
    page = client.post(address, {"text": "Mehr Busse.", "plan": edition.plan_id}, follow=True)

    assert "Der Vorschlag ist eingegangen, Nummer V-0001." in page.text
    assert client.get(other).status_code == 403


def test_prepared_round_brings_the_store_back_to_the_inbox_and_takes_from_it(edition):
    secretary = factories.make_secretary()
    suggestion = kept(edition)
    consultation = factories.make_consultation(edition, opened=False)
    client = client_of(secretary)
    address = reverse("participation:take_suggestions", args=[consultation.number])

    assert "1 Vorschlag wartet." in client.get(reverse("web:tasks")).text
    assert suggestion.number in client.get(address).text
    page = client.post(address, {"vorschlag": [suggestion.pk]}, follow=True)

    assert "1 aufgenommen." in page.text
    assert "Nichts wartet im Themenspeicher." in page.text


def test_withdrawing_needs_a_reason_and_leaves_the_page(edition):
    suggestion = kept(edition)
    client = client_of(factories.make_secretary())

    client.post(suggestion.get_absolute_url(), {"reason": ""})
    suggestion.refresh_from_db()
    assert suggestion.withdrawn_at is None
    client.post(suggestion.get_absolute_url(), {"reason": "Versehen."})

    page = Client().get(suggestion.get_absolute_url()).text
    assert "Nummer und Adresse bleiben." in page
    assert "Mehr Busse" not in page


def test_stranger_withdraws_nothing(edition):
    suggestion = kept(edition)

    page = client_of(factories.make_user()).post(
        suggestion.get_absolute_url(), {"reason": "Weg damit."}
    )

    assert page.status_code == 403


def test_store_is_offered_as_a_file(edition):
    kept(edition)

    lines = Client().get(f"{STORE}?format=csv").getvalue().decode("utf-8-sig").splitlines()

    assert lines[0].startswith("Nummer")
    assert "V-0001" in lines[1]


@pytest.mark.parametrize("rows", [10, 100])
def test_store_asks_the_database_as_often_with_10_and_100_rows(
    edition, rows, django_assert_num_queries
):
    seat = factories.make_seat()
    values = SuggestionValues(edition.plan, "Mehr Busse am Abend.")
    for _row in range(rows):
        actions.hand_in_suggestion(values=values, seat=seat, at=factories.WHILE_OPEN)

    with django_assert_num_queries(3):
        Client().get(STORE)
