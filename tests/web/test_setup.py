"""Neuer Plan in fünf Schritten."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mitplan.accounts.models import User
from mitplan.common.models import OutgoingMail
from mitplan.conference.models import Appointment, Body, Organisation
from mitplan.formats import docx
from mitplan.participation.models import Consultation
from mitplan.plan.models import Edition, Plan
from mitplan.web.commands import persons
from mitplan.web.queries.setup import OFFICE
from tests import factories

pytestmark = pytest.mark.django_db

FOUNDING = {
    "organisation": "Musterministerium",
    "conference": "Musterkonferenz",
    "name": "Erika Muster",
    "email": "erika@example.org",
    "password": "ein langes Passwort",
}
MARKDOWN = "# Musterplan\n\n## Sprache\n\nDas Land fördert Kurse.\n\n- früh\n- nah\n"
TEXT = {
    "title": "Musterplan für Öffentliches",
    "kind": "conference_draft",
    "dated_on": "2026-03-02",
}


def upload(content, name="plan.md"):
    data = content.encode() if isinstance(content, str) else content
    return SimpleUploadedFile(name, data)


def save_text(client, text=MARKDOWN):
    return client.post("/neu/plantext/", TEXT | {"text": text, "save": "1"})


def save_members(client, rows):
    return client.post("/neu/mitglieder/", {"rows": rows})


@pytest.fixture
def with_plan(secretary_client):
    save_text(secretary_client)
    return secretary_client


def test_founding_creates_office_conference_and_account_and_signs_in():
    client = Client()

    response = client.post("/neu/organisation/", FOUNDING)

    user = User.objects.get()
    assert response.headers["Location"] == "/neu/plantext/"
    assert (user.email, user.office) == ("erika@example.org", User.Office.SECRETARIAT)
    assert user.check_password("ein langes Passwort")
    assert Organisation.objects.get().category == OFFICE
    assert Body.objects.get().name == "Musterkonferenz"
    assert client.get("/neu/plantext/").status_code == 200


def test_founding_is_over_once_anybody_has_an_account(secretary):
    response = Client().post("/neu/organisation/", FOUNDING)

    assert response.headers["Location"] == "/neu/"
    assert User.objects.get() == secretary


def test_founding_is_open_while_only_the_command_line_has_acted():
    persons.system_user()

    assert Client().get("/neu/organisation/").status_code == 200


@pytest.mark.parametrize("wrong", [{"password": "kurz"}, {"email": "keine"}, {"organisation": ""}])
def test_founding_with_bad_input_saves_nothing(wrong):
    response = Client().post("/neu/organisation/", FOUNDING | wrong)

    assert response.status_code == 422
    assert User.objects.count() == Organisation.objects.count() == 0


def test_steps_send_strangers_to_sign_in(secretary):
    assert Client().get("/neu/").headers["Location"] == "/konto/login/?next=/neu/"


def test_steps_are_closed_to_members():
    client = Client()
    client.force_login(factories.make_member())

    assert client.get("/neu/").status_code == 403


def test_text_is_shown_before_it_is_saved(secretary_client):
    response = secretary_client.post("/neu/plantext/", TEXT | {"file": upload(MARKDOWN)})

    assert response.status_code == 200
    assert "So wurde die Datei gelesen: 5 Textstellen." in response.text
    assert "Das Land fördert Kurse." in response.text
    assert Plan.objects.count() == 0


def test_text_is_saved_as_it_was_shown(secretary_client):
    response = save_text(secretary_client)

    edition = Edition.objects.get()
    assert response.headers["Location"] == "/neu/mitglieder/"
    assert edition.plan.slug == "musterplan-fuer-oeffentliches"
    assert (edition.kind, edition.dated_on) == ("conference_draft", date(2026, 3, 2))
    assert edition.entries.count() == 5


def test_word_document_is_saved_as_it_was_shown(secretary_client):
    document = upload(docx.write(factories.TEXT, title="Plan"), "plan.docx")
    shown = secretary_client.post("/neu/plantext/", TEXT | {"file": document})

    save_text(secretary_client, shown.context["form"]["text"].value())

    entries = Edition.objects.get().entries.order_by("position")
    assert list(entries.values_list("kind", "wording__text")) == [
        (passage.kind, passage.text) for passage in factories.TEXT
    ]


def test_second_plan_of_the_same_title_gets_an_address_of_its_own(with_plan):
    save_text(with_plan)

    assert sorted(Plan.objects.values_list("slug", flat=True)) == [
        "musterplan-fuer-oeffentliches",
        "musterplan-fuer-oeffentliches-2",
    ]


BROKEN_GOAL = ":::ziel\nNummer: Z1\nZielwert: sehr viel\n\nMehr Kurse.\n:::\n"


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "leer.md", "leer"),
        ("Größe".encode("latin-1"), "alt.md", "UTF-8"),
        (b"\x00\x01\x02", "bild.md", "keinen lesbaren Text"),
        (b"PK\x03\x04kaputt", "plan.docx", "docx"),
        (BROKEN_GOAL.encode(), "ziel.md", "sehr viel"),
    ],
)
def test_text_that_cannot_be_read_is_refused_with_a_sentence(
    secretary_client, content, name, sentence
):
    response = secretary_client.post("/neu/plantext/", TEXT | {"file": upload(content, name)})

    assert response.status_code == 422
    assert sentence in response.text
    assert Plan.objects.count() == 0


def test_text_without_file_is_asked_for(secretary_client):
    response = secretary_client.post("/neu/plantext/", TEXT)

    assert response.status_code == 422
    assert "Bitte eine Datei mit dem Text des Plans wählen." in response.text


def test_members_are_admitted_with_a_seat_each(with_plan):
    rows = "Name;Gruppe;E-Mail\nVerein A;Sport;a@example.org\nVerein B;Bildung\n"
    factories.make_body()

    response = save_members(with_plan, rows)

    found = Organisation.objects.order_by("name").values_list("name", "category", "email")
    assert response.headers["Location"] == "/neu/beteiligung/"
    assert list(found) == [("Verein A", "Sport", "a@example.org"), ("Verein B", "Bildung", "")]
    assert Appointment.objects.count() == 0


def test_members_of_a_founded_conference_get_seats():
    client = Client()
    client.post("/neu/organisation/", FOUNDING)
    save_text(client)

    save_members(client, "Verein A\tSport\ta@example.org\nVerein B\tSport\t")

    seats = Appointment.objects.values_list("term__body__name", "organisation__name")
    assert sorted(seats) == [("Musterkonferenz", "Verein A"), ("Musterkonferenz", "Verein B")]


def test_members_with_mistakes_are_named_row_by_row_and_none_is_saved(with_plan):
    rows = "Verein A;Sport\n;Sport\nVerein B\nVerein A;Sport\nVerein C;Sport;keine\nD;E;f@g.de;h"

    response = save_members(with_plan, rows)

    assert response.status_code == 422
    assert all(
        sentence in response.text
        for sentence in [
            "Zeile 2: Der Name fehlt.",
            "Zeile 3: Die Gruppe von «Verein B» fehlt.",
            "Zeile 4: «Verein A» gibt es schon.",
            "Zeile 5: «keine» ist keine E-Mail-Adresse.",
            "Zeile 6: Es sind mehr als drei Spalten",
        ]
    )
    assert Organisation.objects.count() == 0


def test_members_from_a_file_in_another_encoding_are_refused_with_a_sentence(with_plan):
    file = upload("Verein für alle;Sport".encode("latin-1"), "mitglieder.csv")

    response = with_plan.post("/neu/mitglieder/", {"file": file})

    assert response.status_code == 422
    assert "CSV UTF-8" in response.text


def test_members_wait_for_the_plan(secretary_client):
    assert secretary_client.get("/neu/mitglieder/").headers["Location"] == "/neu/"
    assert secretary_client.get("/neu/", follow=True).redirect_chain[-1][0] == "/neu/plantext/"


WINDOW = {"title": "Erste Beteiligung", "opens_on": "2026-03-03", "closes_on": "2026-04-30"}


@time_machine.travel(factories.LONG_AGO)
def test_consultation_is_proposed_with_twenty_working_days(with_plan):
    text = with_plan.get("/neu/beteiligung/").text

    assert 'value="2026-03-02"' in text
    assert 'value="2026-03-30"' in text


@time_machine.travel(factories.OPENED)
def test_consultation_is_prepared_and_opened_only_where_wished(with_plan):
    save_members(with_plan, "Verein A;Sport;a@example.org")

    response = with_plan.post("/neu/beteiligung/", WINDOW)

    assert response.headers["Location"] == "/neu/fertig/"
    assert Consultation.objects.get().opened_at is None
    assert OutgoingMail.objects.count() == 0


@time_machine.travel(factories.OPENED)
def test_consultation_opened_at_once_invites_those_with_an_address(with_plan):
    save_members(with_plan, "Verein A;Sport;a@example.org\nVerein B;Sport")

    with_plan.post("/neu/beteiligung/", WINDOW | {"opens_now": "1"})

    assert Consultation.objects.get().opened_at is not None
    assert [mail.to for mail in OutgoingMail.objects.all()] == ["a@example.org"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"closes_on": "2026-03-01"}, "Der letzte Tag liegt vor dem ersten."),
        ({"closes_on": "2026-03-10"}, "Die Frist hat nur 5 Arbeitstage"),
        ({"opens_on": "morgen"}, "Datum"),
    ],
)
@time_machine.travel(factories.OPENED)
def test_consultation_with_bad_days_is_refused_with_a_sentence(with_plan, wrong, sentence):
    response = with_plan.post("/neu/beteiligung/", WINDOW | wrong)

    assert response.status_code == 422
    assert sentence in response.text
    assert Consultation.objects.count() == 0


def test_steps_are_taken_up_where_they_were_left(with_plan):
    stops = [with_plan.get("/neu/").headers["Location"]]
    save_members(with_plan, "Verein A;Sport")
    stops.append(with_plan.get("/neu/").headers["Location"])
    with time_machine.travel(factories.OPENED):
        with_plan.post("/neu/beteiligung/", WINDOW)
    stops.append(with_plan.get("/neu/").headers["Location"])

    assert stops == ["/neu/mitglieder/", "/neu/beteiligung/", "/neu/fertig/"]


def test_last_step_says_how_it_goes_on(with_plan):
    text = with_plan.get("/neu/fertig/").text

    assert "Mitglieder eintragen" in text
    assert "Die erste Beteiligung anlegen" in text
