"""Answers for machines."""

import pytest
from django.db import DatabaseError
from django.test import Client

from mitplan.web.queries import health


def test_health_needs_no_database():
    assert Client().get("/health/").json() == {"status": "ok"}


@pytest.mark.django_db
def test_ready_when_the_database_is_up_to_date():
    response = Client().get("/ready/")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_ready_refuses_while_the_database_is_out_of_reach(monkeypatch):
    def out_of_reach(connection):
        raise DatabaseError

    monkeypatch.setattr(health, "MigrationExecutor", out_of_reach)

    response = Client().get("/ready/")

    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "problem": "database"}


@pytest.mark.django_db
def test_ready_refuses_while_migrations_wait(monkeypatch):
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: ["one"])

    response = Client().get("/ready/")

    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "problem": "migrations"}


def test_robots_keep_out_of_personal_pages():
    text = Client().get("/robots.txt").text

    assert text.splitlines()[:2] == ["User-agent: *", "Disallow: /aufgaben/"]


def test_robots_keep_out_of_a_demonstration(settings):
    settings.DEMONSTRATION = True

    assert Client().get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


@pytest.mark.django_db
def test_security_contact_is_the_operator(settings):
    without = Client().get("/.well-known/security.txt")
    settings.OPERATOR = settings.OPERATOR | {"email": "betrieb@example.org"}

    assert without.status_code == 404
    assert (
        Client()
        .get("/.well-known/security.txt")
        .text.startswith("Contact: mailto:betrieb@example.org\nExpires: ")
    )
