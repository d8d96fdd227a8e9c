"""The pages on which the secretariat and chairs keep the conference."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mitplan.conference.models import (
    AgendaItem,
    Appointment,
    Body,
    Mandate,
    Organisation,
    Paper,
    Resolution,
    Sitting,
    Term,
)
from tests import factories
from tests.counting import statements

pytestmark = pytest.mark.django_db

SITTING = {"on": "2026-09-01", "kind": "ordentlich"}
RESOLUTION = {
    "title": "Beschluss",
    "text": "Wortlaut",
    "decided_on": "2026-05-05",
    "is_checked": "on",
}


def sign_in(user):
    client = Client()
    client.force_login(user)
    return client


def chair_of(body):
    return sign_in(factories.make_mandate(Mandate.Kind.CHAIR, body=body).user)


def test_new_body_is_founded(secretary_client):
    data = {"name": "Konferenz", "kind": "conference", "notice_working_days": 20}

    response = secretary_client.post("/konferenz/gremien/neu/", data)

    assert response.url == Body.objects.get(name="Konferenz").get_absolute_url()


def test_body_is_changed(secretary_client):
    body = factories.make_body()
    data = {"name": "Neuer Name", "kind": "council", "notice_working_days": 10, "begins": "2020"}

    response = secretary_client.post(f"/konferenz/gremien/{body.pk}/aendern/", data)
    body.refresh_from_db()

    assert response.status_code == 302
    assert (body.name, body.kind, body.notice_working_days) == ("Neuer Name", "council", 10)


def test_term_begins(secretary_client):
    body = factories.make_body()

    secretary_client.post(f"/konferenz/gremien/{body.pk}/amtsperiode/", {"name": "2026 bis 2031"})

    assert Term.objects.get().name == "2026 bis 2031"


def test_term_that_ends_before_it_begins_is_handed_back(secretary_client):
    body = factories.make_body()
    data = {"name": "Verkehrt", "begins": "2026", "ends": "2020"}

    response = secretary_client.post(f"/konferenz/gremien/{body.pk}/amtsperiode/", data)

    assert response.status_code == 422
    assert "liegt vor dem Beginn" in response.content.decode()


def test_new_organisation_is_added_and_then_appointed(secretary_client):
    term = factories.make_term()
    data = {"name": "Verein", "category": "Sport", "level": "civil_society"}

    response = secretary_client.post("/konferenz/organisationen/neu/", data)
    organisation = Organisation.objects.get(name="Verein")
    secretary_client.post(
        f"/konferenz/organisationen/{organisation.pk}/berufen/",
        {"term": term.pk, "may_vote": "true"},
    )

    assert response.url == organisation.get_absolute_url()
    assert Appointment.objects.get().may_vote


def test_organisation_gets_an_address(secretary_client):
    organisation = factories.make_organisation()
    address = f"/konferenz/organisationen/{organisation.pk}/aendern/"
    shown = secretary_client.get(address).content.decode()
    data = {
        "name": organisation.name,
        "category": organisation.category,
        "level": "civil_society",
        "email": "neu@example.org",
    }

    secretary_client.post(address, data)
    organisation.refresh_from_db()

    assert organisation.name in shown
    assert organisation.email == "neu@example.org"


def test_mandate_is_given_and_ended(secretary_client):
    organisation = factories.make_organisation()
    data = {"kind": "member", "email": "neu@example.org", "name": "Neu", "begins_on": "2026-01-01"}

    secretary_client.post(f"/konferenz/organisationen/{organisation.pk}/mandat/", data)
    mandate = Mandate.objects.get()
    response = secretary_client.post(
        f"/konferenz/mandate/{mandate.pk}/beenden/", {"ends_on": "2026-05-01"}
    )
    mandate.refresh_from_db()

    assert (mandate.user.email, mandate.ends_on) == ("neu@example.org", date(2026, 5, 1))
    assert response.url == organisation.get_absolute_url()


def test_mandate_without_a_name_is_handed_back_beside_its_question(secretary_client):
    organisation = factories.make_organisation()
    data = {"kind": "member", "email": "neu@example.org", "begins_on": "2026-01-01"}

    response = secretary_client.post(f"/konferenz/organisationen/{organisation.pk}/mandat/", data)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["name"]


def test_mandate_that_exists_is_handed_back_above_all_questions(secretary_client):
    organisation = factories.make_organisation()
    factories.make_member(organisation)
    data = {
        "kind": "member",
        "email": "zweite@example.org",
        "name": "Zwei",
        "begins_on": "2026-01-01",
    }

    response = secretary_client.post(f"/konferenz/organisationen/{organisation.pk}/mandat/", data)

    assert response.status_code == 422
    assert "Die Organisation hat schon ein Mitglied." in response.content.decode()


def test_chair_and_contact_get_their_mandates(secretary_client):
    body, department = factories.make_body(), factories.make_department()
    data = {"email": "neu@example.org", "name": "Neu", "begins_on": "2026-01-01"}

    secretary_client.post(f"/konferenz/gremien/{body.pk}/vorsitz/", data | {"kind": "chair"})
    response = secretary_client.post(
        f"/konferenz/ressorts/{department.pk}/mandat/", data | {"kind": "department_contact"}
    )
    ended = secretary_client.get(
        f"/konferenz/mandate/{Mandate.objects.get(department=department).pk}/beenden/"
    )

    assert Mandate.objects.count() == 2
    assert response.url == "/konferenz/ressorts/"
    assert 'href="/konferenz/ressorts/"' in ended.content.decode()


def test_sitting_is_called_with_agenda_paper_and_resolution(secretary_client):
    body = factories.make_body()

    secretary_client.post(f"/konferenz/gremien/{body.pk}/sitzung/", SITTING | {"on": "2026-05-05"})
    sitting = Sitting.objects.get()
    secretary_client.post(
        f"/konferenz/sitzungen/{sitting.pk}/top/",
        {"number": 1, "title": "Plan", "role": "decision"},
    )
    item = AgendaItem.objects.get()
    secretary_client.post(
        f"/konferenz/top/{item.pk}/vorlage/",
        {
            "title": "Entwurf",
            "sent_on": "2026-03-01",
            "file": SimpleUploadedFile("entwurf.pdf", b"%PDF-1.7"),
        },
    )
    response = secretary_client.post(f"/konferenz/top/{item.pk}/beschluss/", RESOLUTION)

    assert Paper.objects.get().sha256
    assert Resolution.objects.get().text == "Wortlaut"
    assert response.url == sitting.get_absolute_url()


def test_next_agenda_item_gets_the_next_number(secretary_client):
    item = factories.make_agenda_item(number=4)

    page = secretary_client.get(f"/konferenz/sitzungen/{item.sitting_id}/top/")

    assert page.context["form"]["number"].value() == 5


def test_agenda_item_and_sitting_are_changed(secretary_client):
    item = factories.make_agenda_item(number=1)

    secretary_client.post(
        f"/konferenz/top/{item.pk}/", {"number": 2, "title": "Neu", "role": "discussion"}
    )
    secretary_client.post(f"/konferenz/sitzungen/{item.sitting_id}/aendern/", SITTING)
    item.refresh_from_db()
    sitting = Sitting.objects.get()

    assert (item.number, item.title, sitting.on) == (2, "Neu", "2026-09-01")


def test_resolution_without_the_promise_is_handed_back(secretary_client):
    item = factories.make_agenda_item()
    data = {name: value for name, value in RESOLUTION.items() if name != "is_checked"}

    response = secretary_client.post(f"/konferenz/top/{item.pk}/beschluss/", data)

    assert response.status_code == 422
    assert "Ein Beschluss lässt sich nicht mehr ändern." in response.content.decode()
    assert list(Resolution.objects.all()) == []


def test_resolution_before_its_sitting_is_handed_back_beside_its_question(secretary_client):
    item = factories.make_agenda_item()

    response = secretary_client.post(
        f"/konferenz/top/{item.pk}/beschluss/", RESOLUTION | {"decided_on": "2026-01-01"}
    )

    assert list(response.context["form"].errors) == ["decided_on"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("leer.pdf", b"", "Die Datei ist leer."),
        ("programm.exe", b"MZ", "Dateien dieser Art nehmen wir nicht an."),
    ],
)
def test_paper_with_a_bad_file_is_handed_back(secretary_client, name, content, sentence):
    item = factories.make_agenda_item()
    data = {
        "title": "Entwurf",
        "sent_on": "2026-03-01",
        "file": SimpleUploadedFile(name, content),
    }

    response = secretary_client.post(f"/konferenz/top/{item.pk}/vorlage/", data)

    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_chair_reaches_the_own_sittings_and_no_others():
    own, foreign = factories.make_agenda_item(), factories.make_agenda_item()
    client = chair_of(own.sitting.body)

    def answers(item):
        return [
            client.get(address).status_code
            for address in (
                f"/konferenz/gremien/{item.sitting.body_id}/sitzung/",
                f"/konferenz/sitzungen/{item.sitting_id}/aendern/",
                f"/konferenz/sitzungen/{item.sitting_id}/top/",
                f"/konferenz/top/{item.pk}/",
                f"/konferenz/top/{item.pk}/vorlage/",
                f"/konferenz/top/{item.pk}/beschluss/",
            )
        ]

    assert answers(own) == [200] * 6
    assert answers(foreign) == [403] * 6


@pytest.mark.parametrize(
    "address",
    [
        "gremien/neu/",
        "gremien/{body}/aendern/",
        "gremien/{body}/amtsperiode/",
        "gremien/{body}/vorsitz/",
        "gremien/{body}/sitzung/",
        "organisationen/neu/",
        "organisationen/{organisation}/aendern/",
        "organisationen/{organisation}/berufen/",
        "organisationen/{organisation}/mandat/",
        "ressorts/{department}/mandat/",
    ],
)
def test_strangers_are_asked_to_sign_in_and_members_refused(client, secretary_client, address):
    made = {
        "body": factories.make_body().pk,
        "organisation": factories.make_organisation().pk,
        "department": factories.make_department().pk,
    }
    page = f"/konferenz/{address.format(**made)}"

    assert client.get(page).status_code == 302
    assert sign_in(factories.make_member()).get(page).status_code == 403
    assert secretary_client.get(page).status_code == 200


def test_pages_offer_editing_only_to_those_who_may(client, secretary_client):
    item = factories.make_agenda_item()
    addresses = [
        "/konferenz/",
        "/konferenz/mitglieder/",
        item.sitting.body.get_absolute_url(),
        item.sitting.get_absolute_url(),
        factories.make_organisation().get_absolute_url(),
    ]

    for address in addresses:
        public = client.get(address).content.decode()
        inside = secretary_client.get(address).content.decode()
        assert public.count("kern-btn") < inside.count("kern-btn")


def test_secretariat_sees_who_chairs_and_who_speaks_for_departments(client, secretary_client):
    body, department = factories.make_body(), factories.make_department()
    chair = factories.make_mandate(Mandate.Kind.CHAIR, body=body).user
    contact = factories.make_department_contact(department)

    assert chair.email in secretary_client.get(body.get_absolute_url()).content.decode()
    assert contact.email in secretary_client.get("/konferenz/ressorts/").content.decode()
    assert chair.email not in client.get(body.get_absolute_url()).content.decode()
    assert contact.email not in client.get("/konferenz/ressorts/").content.decode()


@pytest.mark.parametrize("make", [factories.make_body, factories.make_organisation])
def test_page_of_the_secretariat_needs_the_same_statements_however_many_mandates(
    secretary_client, make
):
    thing = make()
    kind = Mandate.Kind.CHAIR if make is factories.make_body else Mandate.Kind.DEPUTY
    column = "body" if make is factories.make_body else "organisation"
    for _ in range(3):
        factories.make_mandate(kind, **{column: thing})
    with_three = statements(secretary_client, thing.get_absolute_url())
    for _ in range(30):
        factories.make_mandate(kind, **{column: thing})

    assert statements(secretary_client, thing.get_absolute_url()) == with_three


def test_departments_need_the_same_statements_for_the_secretariat(secretary_client):
    factories.make_department_contact()
    with_one = statements(secretary_client, "/konferenz/ressorts/")
    for _ in range(30):
        factories.make_department_contact()

    assert statements(secretary_client, "/konferenz/ressorts/") == with_one
