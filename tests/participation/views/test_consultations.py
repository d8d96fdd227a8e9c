"""The steps of the secretariat, and what everybody sees of a round."""

import pytest
from django.urls import reverse

from mitplan.common.models import OutgoingMail
from mitplan.participation.models import Consultation, Invitation
from tests import factories
from tests.participation.conftest import client_of, invitation_to
from tests.reading import rows_of

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return response.content.decode()


def page(name, consultation, *more) -> str:
    return reverse(f"participation:{name}", args=[consultation.number, *more])


def new_round(edition, **changes) -> dict[str, object]:
    return {
        "title": "Neue Runde",
        "edition": edition.pk,
        "conference-takes_part": "on",
        "conference-opens_on": "2026-03-10",
        "conference-closes_on": "2026-04-10",
        "frage-1-text": "Wann?",
        "frage-1-passage": "3",
    } | changes


def test_list_shows_the_open_round_with_its_working_days(client, consultation, while_open):
    shown = text_of(client.get(reverse("participation:consultations")))

    assert "Beteiligung zum Plan" in shown
    assert "5 von 40 Arbeitstagen" in shown


def test_list_without_a_round_says_what_will_stand_there(client):
    shown = text_of(client.get(reverse("participation:consultations")))

    assert "Zurzeit ist keine Beteiligungsrunde offen." in shown


def test_list_keeps_a_prepared_round_to_the_secretariat(client, secretary_client, while_open):
    consultation = factories.make_consultation(opened=False)
    address = reverse("participation:consultations")

    assert consultation.title not in text_of(client.get(address))
    assert consultation.title in text_of(secretary_client.get(address))
    assert client.get(page("consultation", consultation)).status_code == 404


@pytest.mark.parametrize("amount", [1, 10])
def test_list_asks_the_same_of_the_database_for_many_rounds(
    client, while_open, django_assert_num_queries, amount
):
    edition = factories.make_edition()
    for _ in range(amount):
        factories.make_consultation(edition)

    with django_assert_num_queries(3):
        client.get(reverse("participation:consultations"))


def test_page_shows_text_hash_questions_and_deadline(client, consultation, while_open):
    shown = text_of(client.get(page("consultation", consultation)))

    assert consultation.edition.content_hash in shown
    assert "Wann sollen Kurse stattfinden?" in shown
    assert "Noch 35 Arbeitstage" in shown


def test_page_warns_of_school_holidays(client, consultation, while_open):
    assert "In der Frist liegen Schulferien: Oster-/Frühjahrsferien" in text_of(
        client.get(page("consultation", consultation))
    )


def test_page_offers_members_to_take_part(consultation, while_open):
    client = client_of(factories.make_member())

    assert page("take_part", consultation) in text_of(
        client.get(page("consultation", consultation))
    )


def test_new_round_proposes_days_after_the_usual_time(secretary_client, while_open):
    factories.make_edition()

    shown = text_of(
        secretary_client.get(f"{reverse('participation:new_consultation')}?ab=2026-06-01")
    )

    assert 'value="2026-06-01"' in shown
    assert 'value="2026-06-30"' in shown
    assert "Sommerferien" in shown


def test_new_round_without_a_text_says_what_comes_first(secretary_client, while_open):
    shown = text_of(secretary_client.get(reverse("participation:new_consultation")))

    assert "Bitte zuerst eine Fassung einlesen" in shown


def test_new_round_leads_on_to_opening(secretary_client, while_open):
    edition = factories.make_edition()

    response = secretary_client.post(reverse("participation:new_consultation"), new_round(edition))

    consultation = Consultation.objects.get()
    assert response.url == page("open", consultation)
    assert consultation.questions.get().text == "Wann?"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Dieses Feld ist zwingend erforderlich."),
        ({"conference-takes_part": ""}, "mindestens einen Kreis"),
        ({"conference-closes_on": ""}, "Bitte einen Tag angeben."),
        ({"conference-closes_on": "2026-03-20"}, "nur 8 Arbeitstage, vorgesehen sind 20"),
        ({"conference-closes_on": "2026-03-01"}, "liegt vor dem ersten"),
        ({"frage-1-passage": "99"}, "Frage 1 nennt keine Textstelle."),
    ],
)
def test_new_round_with_a_mistake_says_what_and_keeps_nothing(
    secretary_client, while_open, changes, sentence
):
    edition = factories.make_edition()

    response = secretary_client.post(
        reverse("participation:new_consultation"), new_round(edition, **changes)
    )

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert Consultation.objects.count() == 0


def test_open_says_what_will_happen_and_then_does_it(secretary_client, while_open):
    consultation = factories.make_consultation(opened=False)

    assert "Das geschieht jetzt" in text_of(secretary_client.get(page("open", consultation)))

    response = secretary_client.post(page("open", consultation))

    consultation.refresh_from_db()
    assert response.url == page("invitations", consultation)
    assert consultation.opened_at == while_open


def test_open_twice_says_that_it_is_open(secretary_client, consultation, while_open):
    response = secretary_client.post(page("open", consultation))

    assert response.status_code == 422
    assert "ist schon eröffnet" in text_of(response)


def test_invite_by_mail_those_who_are_ticked(secretary_client, consultation, while_open):
    ticked, other = factories.make_organisation(), factories.make_organisation()

    secretary_client.post(
        page("invitations", consultation), {"organisation": [ticked.pk], "route": "mail"}
    )

    assert Invitation.objects.get().organisation == ticked
    assert other.name in text_of(secretary_client.get(page("invitations", consultation)))


def test_invite_nobody_asks_for_a_tick(secretary_client, consultation, while_open):
    factories.make_organisation()

    response = secretary_client.post(page("invitations", consultation), {"route": "mail"})

    assert response.status_code == 422
    assert "mindestens eine Organisation ankreuzen" in text_of(response)


def test_invitations_show_the_personal_link(secretary_client, consultation, while_open):
    invitation = invitation_to(consultation)

    assert invitation.get_absolute_url() in text_of(
        secretary_client.get(page("invitations", consultation))
    )


def test_invitations_offer_nobody_real_in_a_demonstration(
    secretary_client, consultation, while_open
):
    factories.make_organisation(name="Echter Verband", is_demonstration=False)

    assert "Echter Verband" not in text_of(secretary_client.get(page("invitations", consultation)))


def test_invitations_as_a_file_hold_no_personal_link(secretary_client, consultation, while_open):
    invitation = invitation_to(consultation)

    response = secretary_client.get(f"/beteiligung/{consultation.number}/einladungen/?format=csv")

    [row] = rows_of(response)
    assert (row["Organisation"], row["Zustellung"]) == (
        invitation.organisation.name,
        "persönlich übergeben",
    )
    assert invitation.key not in str(row)


def test_invitation_can_be_sent_again(secretary_client, consultation, while_open):
    invitation = invitation_to(consultation)

    secretary_client.post(page("send_again", consultation, invitation.pk))

    assert OutgoingMail.objects.get().to == invitation.organisation.email


@pytest.mark.parametrize("amount", [10, 100])
def test_invitations_ask_the_same_of_the_database_for_many(
    secretary_client, consultation, while_open, django_assert_num_queries, amount
):
    for _ in range(amount):
        Invitation.objects.create(
            consultation=consultation,
            organisation=factories.make_organisation(),
            route=Invitation.Route.HAND,
            invited_at=while_open,
        )
        factories.make_organisation()

    with django_assert_num_queries(10):
        secretary_client.get(page("invitations", consultation))


def test_publish_with_an_open_point_says_how_many(secretary_client, consultation, after_closing):
    factories.make_point(consultation)

    response = secretary_client.post(page("publish", consultation))

    assert response.status_code == 422
    assert "Über 1 Anliegen ist noch nicht entschieden" in text_of(response)


def test_publish_makes_the_results_public(secretary_client, consultation, after_closing):
    factories.declined(factories.make_point(consultation))

    secretary_client.post(page("publish", consultation))

    consultation.refresh_from_db()
    assert consultation.results_published_at == after_closing


@pytest.mark.parametrize("name", ["open", "invitations", "publish", "record"])
def test_steps_of_the_secretariat_are_closed_to_others(client, consultation, name):
    member = client_of(factories.make_member())

    assert client.get(page(name, consultation)).status_code == 302
    assert member.get(page(name, consultation)).status_code == 403


def test_change_shows_what_was_prepared_and_takes_what_is_changed(secretary_client):
    consultation = factories.make_consultation(opened=False)
    address = f"/beteiligung/{consultation.number}/aendern/"
    sent = {
        "title": "Neuer Titel",
        "edition": str(consultation.edition_id),
        "conference-takes_part": "on",
        "conference-opens_on": "2026-06-01",
        "conference-closes_on": "2026-07-31",
    }

    page = secretary_client.get(address).content.decode()
    response = secretary_client.post(address, sent)

    assert "Beteiligung zum Plan" in page
    assert "Wann sollen Kurse stattfinden?" in page
    consultation.refresh_from_db()
    assert response.url == f"/beteiligung/{consultation.number}/eroeffnen/"
    assert consultation.title == "Neuer Titel"


def test_change_of_an_opened_round_leads_back_and_says_why(secretary_client):
    consultation = factories.make_consultation()

    page = secretary_client.get(f"/beteiligung/{consultation.number}/aendern/", follow=True)

    assert page.redirect_chain == [(f"/beteiligung/{consultation.number}/", 302)]
    assert "Die Beteiligungsrunde ist eröffnet und lässt sich nicht mehr ändern" in page.text


def test_discard_takes_a_prepared_round_out_of_the_list(secretary_client):
    consultation = factories.make_consultation(opened=False)

    response = secretary_client.post(f"/beteiligung/{consultation.number}/verwerfen/")

    assert response.url == "/beteiligung/"
    assert "Beteiligung zum Plan" not in secretary_client.get("/beteiligung/").content.decode()


def test_discard_of_an_opened_round_says_why_not(secretary_client):
    consultation = factories.make_consultation()

    response = secretary_client.post(f"/beteiligung/{consultation.number}/verwerfen/", follow=True)

    assert "lässt sich nicht mehr ändern oder verwerfen" in response.content.decode()
