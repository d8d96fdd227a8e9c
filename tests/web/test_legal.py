"""Legal pages, and the way to report a barrier."""

import pytest
from django.core import mail
from django.test import Client

from mitplan.common.models import AuditEntry, OutgoingMail
from mitplan.web.actions.barriers import MOST_PER_HOUR, SUBJECT
from tests import factories

pytestmark = pytest.mark.django_db
PAGES = ["/impressum/", "/datenschutz/", "/barrierefreiheit/", "/barriere-melden/"]
REPORT = {"text": "Die Tabelle lässt sich nicht vorlesen.", "page": "/ziele/", "reply_to": ""}
MISSING = "vom Betreiber zu ergänzen"


@pytest.mark.parametrize("page", [*PAGES, "/leichte-sprache/"])
def test_legal_page_is_open_to_everybody_and_in_every_footer(page):
    response = Client().get(page)

    assert response.status_code == 200
    assert all(f'href="{other}"' in response.text for other in PAGES)


@pytest.mark.parametrize("page", ["/impressum/", "/datenschutz/", "/barrierefreiheit/"])
def test_what_the_operator_has_not_said_is_marked(page):
    assert f"<mark>{MISSING}</mark>" in Client().get(page).text


def test_what_the_operator_has_said_is_shown(settings):
    settings.OPERATOR = dict.fromkeys(settings.OPERATOR, "Musterministerium")

    text = Client().get("/impressum/").text

    assert MISSING not in text
    assert "Musterministerium" in text


def test_easy_language_is_named_as_such_and_stands_line_by_line():
    text = Client().get("/leichte-sprache/").text

    assert '<div class="ui-easy" lang="de-simple">' in text
    assert "Das ist eine Internet-Seite.<br>Auf der Seite steht ein Plan." in text


def test_easy_language_of_the_operator_takes_the_place_of_ours(settings, tmp_path):
    own = tmp_path / "leicht.md"
    own.write_text(
        "# Unser Plan\n\n## Was ist das?\n\nEin Satz.\nNoch ein Satz.\n", encoding="utf-8"
    )
    settings.EASY_LANGUAGE = own

    text = Client().get("/leichte-sprache/").text

    assert "<h1>Unser Plan</h1>" in text
    assert "<p>Ein Satz.<br>Noch ein Satz.</p>" in text


def test_reported_barrier_goes_to_the_operator(settings):
    settings.OPERATOR = settings.OPERATOR | {"email": "betrieb@example.org"}

    response = Client().post("/barriere-melden/", REPORT)

    report = OutgoingMail.objects.get()
    assert response.headers["Location"] == "/barrierefreiheit/"
    assert (report.to, report.subject) == ("betrieb@example.org", SUBJECT)
    assert report.body == (
        "Die Tabelle lässt sich nicht vorlesen.\n\nSeite: /ziele/\n\nAntwort an: nicht gewünscht"
    )
    assert AuditEntry.objects.get().event == "web.barrier.reported"


def test_reported_barrier_goes_to_the_secretariat_where_no_operator_is_named(secretary):
    Client().post("/barriere-melden/", REPORT)

    assert OutgoingMail.objects.get().to == secretary.email


def test_barrier_nobody_would_read_is_refused_with_a_sentence():
    response = Client().post("/barriere-melden/", REPORT)

    assert response.status_code == 422
    assert "noch keine Adresse hinterlegt" in response.text
    assert OutgoingMail.objects.count() == 0


@pytest.mark.parametrize("report", [{"text": ""}, {"text": "x", "reply_to": "keine Adresse"}])
def test_barrier_without_words_or_with_a_wrong_address_is_refused(secretary, report):
    response = Client().post("/barriere-melden/", report)

    assert response.status_code == 422
    assert OutgoingMail.objects.count() == 0


def test_flood_of_barriers_is_stopped(secretary):
    for _ in range(MOST_PER_HOUR):
        Client().post("/barriere-melden/", REPORT)

    response = Client().post("/barriere-melden/", REPORT)

    assert response.status_code == 422
    assert OutgoingMail.objects.count() == MOST_PER_HOUR
    assert mail.outbox == []


def test_barrier_form_knows_the_page_one_came_from():
    text = Client().get("/barriere-melden/?seite=/ziele/").text

    assert 'value="/ziele/"' in text


def test_barrier_of_somebody_signed_in_is_on_the_record():
    member = factories.make_member()
    factories.make_secretary()
    client = Client()
    client.force_login(member)

    client.post("/barriere-melden/", REPORT)

    assert AuditEntry.objects.get().detail.by == member
