"""Pages for what goes wrong, in plain words."""

import pytest
from django.template.loader import get_template
from django.test import Client

from tests import factories


@pytest.mark.django_db
def test_unknown_page_leads_on():
    response = Client().get("/gibt-es-nicht/")

    assert response.status_code == 404
    assert "Diese Seite gibt es nicht" in response.text
    assert 'href="/suche/"' in response.text


@pytest.mark.django_db
def test_forbidden_page_says_that_nothing_is_lost():
    client = Client()
    client.force_login(factories.make_member())

    response = client.get("/neu/plantext/")

    assert response.status_code == 403
    assert "Diese Seite ist für Ihre Rolle nicht offen" in response.text


@pytest.mark.django_db
def test_form_without_token_says_that_nothing_was_saved():
    response = Client(enforce_csrf_checks=True).post("/barriere-melden/", {"text": "x"})

    assert response.status_code == 403
    assert "Das Formular ist abgelaufen" in response.text


@pytest.mark.parametrize("name", ["400.html", "500.html", "403_csrf.html"])
def test_page_for_a_broken_server_needs_nothing_that_may_be_broken(name):
    template = get_template(name).template

    assert "{%" not in template.source
    assert "{{" not in template.source
    assert '<p lang="en">' in template.source
