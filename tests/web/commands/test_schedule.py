"""What is given to the worker by the clock."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mitplan.common.models import OutgoingMail
from mitplan.participation import actions as participation
from mitplan.web.commands import schedule
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(monkeypatch):
    """Keep connections as the test has them, and tell which jobs were given out."""
    monkeypatch.setattr(schedule, "close_old_connections", lambda: None)
    return lambda: sorted(
        path.rpartition(".")[2] for path in DBTaskResult.objects.values_list("task_path", flat=True)
    )


def test_reminders_are_given_out_every_hour(given):
    clock = schedule.Schedule()

    for minute in range(120):
        clock.tick(minute * 60.0)

    assert given() == ["send_reminders", "send_reminders"]


def test_mails_left_behind_are_given_out_only_where_there_are_some(given):
    clock = schedule.Schedule()
    OutgoingMail.objects.create(
        to="a@example.org",
        subject="A",
        body="B",
        queued_at=timezone.now() - timedelta(minutes=2),
    )

    clock.tick(0.0)

    assert given() == ["deliver_left_behind", "send_reminders"]


def test_suggestions_nobody_confirmed_are_tidied_up(given):
    edition = factories.make_public_edition()
    participation.send_suggestion(
        values=participation.SuggestionValues(edition.plan, "Mehr Busse."),
        sender=participation.Sender("a@example.org"),
        place="192.0.2.1",
        at=timezone.now() - timedelta(days=8),
    )
    clock = schedule.Schedule()

    clock.tick(0.0)

    assert "discard_unconfirmed_suggestions" in given()


def test_database_that_is_away_is_asked_again_an_hour_later(given, monkeypatch):
    calls = []

    def away():
        calls.append(1)
        raise DatabaseError

    monkeypatch.setattr(schedule.send_reminders.__class__, "enqueue", lambda _task: away())
    clock = schedule.Schedule()

    counts = [clock.tick(0.0), clock.tick(30.0), clock.tick(3600.0)]

    assert (counts, len(calls)) == ([3, 0, 3], 2)
