"""Signing in and out in the look of the house."""

import re
from pathlib import Path

import allauth.account
import pytest
from django.test import Client
from django.utils.translation import gettext, override

from mitplan.common.models import OutgoingMail
from tests import factories

pytestmark = pytest.mark.django_db

MESSAGES = Path(allauth.__file__).parent / "templates" / "account" / "messages"
SENTENCE = re.compile(r'_\(\s*"([^"]+)"\s*\)|blocktrans[^%]*%}([^{]*){%')
FAMILIAR = re.compile(r"\b(du|dich|dir|dein\w*|gib)\b", re.IGNORECASE)
PAGES = [
    "/konto/login/",
    "/konto/login/code/",
    "/konto/password/reset/",
    "/konto/password/reset/done/",
    "/konto/password/reset/key/done/",
    "/konto/password/reset/key/1-falsch/",
    "/konto/signup/",
    "/konto/inactive/",
]


@pytest.mark.parametrize("address", PAGES)
def test_page_is_german_and_has_the_frame_of_the_house(client, address):
    page = client.get(address).content.decode()

    assert '<html lang="de"' in page
    assert 'class="ui-header' in page
    assert page.count("<h1>") == 1


def test_sign_in_with_password_opens_the_inbox(client):
    user = factories.make_secretary()
    user.set_password("geheim-und-lang")
    user.save()

    response = client.post("/konto/login/", {"login": user.email, "password": "geheim-und-lang"})

    assert (response.status_code, response.url) == (302, "/aufgaben/")


def test_sign_in_with_wrong_password_says_so_in_german(client):
    user = factories.make_secretary()

    page = client.post("/konto/login/", {"login": user.email, "password": "falsch"})

    assert "Bitte prüfen Sie Ihre Angaben." in page.content.decode()


def test_sign_in_with_code_needs_no_password(client):
    user = factories.make_secretary()

    asked = client.post("/konto/login/code/", {"email": user.email})
    mail = OutgoingMail.objects.get()
    code = re.search(r"\n\n([0-9A-Z-]+)\n\n", mail.body).group(1)
    confirmed = client.post("/konto/login/code/confirm/", {"code": code})

    assert asked.url == "/konto/login/code/confirm/"
    assert (mail.to, mail.subject) == (user.email, "Ihr Code zur Anmeldung")
    assert confirmed.url == "/aufgaben/"


def test_page_for_the_code_tells_nobody_who_has_an_account(client):
    client.post("/konto/login/code/", {"email": "niemand@example.org"})

    page = client.get("/konto/login/code/confirm/").content.decode()

    assert "Gehört niemand@example.org zu einem Konto" in page
    assert list(OutgoingMail.objects.all()) == []


def test_password_is_reset_by_a_link_in_a_mail(client):
    user = factories.make_secretary()
    client.post("/konto/password/reset/", {"email": user.email})
    link = re.search(r"http://\S+", OutgoingMail.objects.get().body).group()

    form = client.get(link, follow=True)
    done = client.post(
        form.redirect_chain[-1][0],
        {"password1": "neu-und-lang-genug", "password2": "neu-und-lang-genug"},
    )
    user.refresh_from_db()

    assert "Neues Passwort" in form.content.decode()
    assert done.url == "/konto/password/reset/key/done/"
    assert user.check_password("neu-und-lang-genug")


def test_signing_out_asks_and_then_leads_to_the_start():
    client = Client()
    client.force_login(factories.make_secretary())

    question = client.get("/konto/logout/").content.decode()
    response = client.post("/konto/logout/")

    assert "Möchten Sie sich abmelden?" in question
    assert (response.status_code, response.url) == (302, "/")


@pytest.mark.parametrize("address", ["/konto/password/change/", "/konto/password/set/"])
def test_pages_of_the_account_open_for_people_who_signed_in(address):
    user = factories.make_secretary()
    user.set_password("geheim-und-lang")
    user.save()
    client = Client()
    client.force_login(user)

    page = client.get(address, follow=True)

    assert page.status_code == 200
    assert 'class="ui-header' in page.content.decode()


def test_addresses_of_mail_are_changed_by_the_secretariat_only(secretary_client):
    addresses = ["/konto/email/", "/konto/confirm-email/", "/konto/confirm-email/abc/"]

    assert [secretary_client.get(address).status_code for address in addresses] == [404] * 3


def test_signing_out_says_so_politely(secretary_client):
    page = secretary_client.post("/konto/logout/", follow=True).text

    assert "Sie sind abgemeldet." in page


def test_nothing_allauth_says_on_these_pages_is_familiar():
    said = Path(allauth.account.__file__).parent
    sources = [*(said / name for name in ("adapter.py", "forms.py")), *MESSAGES.glob("*.txt")]
    sentences = {
        sentence
        for source in sources
        for found in SENTENCE.findall(source.read_text())
        for sentence in found
        if sentence
    }

    with override("de"):
        german = {gettext(sentence) for sentence in sentences}

    assert len(sentences) > 40
    assert [sentence for sentence in german if FAMILIAR.search(sentence)] == []
