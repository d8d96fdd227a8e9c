"""The change of roles: in a demonstration only, among its own people only."""

import pytest
from django.contrib.auth import get_user
from django.test import Client

from mitplan.accounts.models import User
from mitplan.demo.actions.stage import OFFICIAL, SECRETARY, VOLUNTEER
from tests import factories

pytestmark = pytest.mark.django_db
PEOPLE = {"volunteer": VOLUNTEER, "department": OFFICIAL, "secretariat": SECRETARY}


@pytest.fixture(autouse=True)
def _people():
    for email in PEOPLE.values():
        factories.make_user(email=email, is_demonstration=True)
    User.objects.filter(email=SECRETARY).update(office=User.Office.SECRETARIAT)


def switch(client, role, address="/impressum/"):
    return client.post("/rolle/", {"role": role, "next": address})


def who(client):
    return getattr(get_user(client), "email", "")


@pytest.mark.usefixtures("in_demonstration")
@pytest.mark.parametrize(("role", "email"), [*PEOPLE.items(), ("public", "")])
def test_switch_takes_a_role_and_returns_to_the_page(role, email):
    client = Client()

    response = switch(client, role)

    assert response.headers["Location"] == "/impressum/"
    assert who(client) == email


@pytest.mark.usefixtures("in_demonstration")
def test_switch_to_the_public_signs_out():
    client = Client()
    switch(client, "secretariat")

    switch(client, "public")

    assert who(client) == ""


@pytest.mark.usefixtures("in_demonstration")
def test_page_that_a_role_does_not_have_gives_way_to_the_start():
    client = Client()
    switch(client, "secretariat")

    response = switch(client, "public", "/aufgaben/")

    assert response.headers["Location"] == "/"
    assert "Die Seite von eben gibt es in dieser Rolle nicht." in client.get("/impressum/").text


@pytest.mark.usefixtures("in_demonstration")
@pytest.mark.parametrize("address", ["https://example.org/", "//example.org/", "", "javascript:1"])
def test_switch_leads_to_no_other_site(address):
    assert switch(Client(), "public", address).headers["Location"] == "/"


@pytest.mark.usefixtures("in_demonstration")
@pytest.mark.parametrize("role", ["", "administrator", "secretariat@example.org"])
def test_role_that_is_not_offered_is_not_found(role):
    assert switch(Client(), role).status_code == 404


@pytest.mark.usefixtures("in_demonstration")
def test_role_is_not_found_where_its_person_is_real():
    User.objects.filter(email=SECRETARY).update(is_demonstration=False)
    client = Client()

    assert switch(client, "secretariat").status_code == 404
    assert who(client) == ""


@pytest.mark.usefixtures("in_demonstration")
def test_switch_is_offered_on_pages_with_the_role_taken():
    client = Client()
    switch(client, "department")

    page = client.get("/impressum/").text

    assert '<strong aria-current="true">Ressort</strong>' in page
    assert page.count('name="role"') == 3


@pytest.mark.parametrize("role", [*PEOPLE, "public"])
def test_switch_is_impossible_where_real_people_decide(role):
    client = Client()
    client.force_login(factories.make_member())
    before = who(client)

    response = switch(client, role)

    assert response.status_code == 404
    assert who(client) == before


@pytest.mark.parametrize("page", ["/tour/", "/tour/1/", "/rueckblick-2015-2017/"])
def test_pages_of_the_demonstration_are_not_found_elsewhere(page):
    assert Client().get(page).status_code == 404


def test_switch_is_not_offered_where_real_people_decide():
    assert "/rolle/" not in Client().get("/impressum/").text
