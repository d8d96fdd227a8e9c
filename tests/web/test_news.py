"""Since your last visit."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from mitplan.participation import actions as participation
from mitplan.web.queries.news import News, news_for
from tests import factories

pytestmark = pytest.mark.django_db
PUBLISHED = factories.days_later(factories.AFTER_CLOSING, 1)


def published_round(secretary, organisation):
    consultation = factories.make_consultation()
    factories.declined(
        factories.make_submission(consultation, organisation=organisation).points.get()
    )
    return participation.publish_results(consultation=consultation, by=secretary, at=PUBLISHED)


def test_news_for_everybody_are_editions_rounds_and_results(secretary):
    consultation = published_round(secretary, factories.make_organisation())
    number, edition = consultation.number, consultation.edition

    found = news_for(factories.make_user(), factories.LONG_AGO)

    assert found == [
        News(PUBLISHED, "Ergebnis veröffentlicht: Beteiligung zum Plan", f"/ergebnis/{number}/"),
        News(factories.OPENED, f"Neue Fassung: {edition}", edition.get_absolute_url()),
        News(factories.OPENED, "Eröffnet: Beteiligung zum Plan", f"/beteiligung/{number}/"),
    ]


def test_news_for_a_member_name_the_answered_points(secretary):
    organisation = factories.make_organisation()
    member = factories.make_member(organisation)
    consultation = published_round(secretary, organisation)
    submission = consultation.submissions.get()

    found = news_for(member, factories.AFTER_CLOSING)

    assert (
        News(
            PUBLISHED,
            f"Beantwortet: 1 Anliegen Ihrer Stellungnahme {submission.number}",
            submission.get_absolute_url(),
        )
        in found
    )


def test_news_end_with_the_last_visit(secretary):
    published_round(secretary, factories.make_organisation())

    assert news_for(factories.make_user(), PUBLISHED) == []


def since(client, at):
    with time_machine.travel(at, tick=False):
        return client.get("/aufgaben/").context["since"]


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_first_visit_has_no_last_one():
    user = factories.make_user()
    client = signed_in(user)

    assert [since(client, PUBLISHED), since(client, PUBLISHED)] == [None, None]
    user.refresh_from_db()
    assert user.last_visit_at == PUBLISHED


def test_visit_within_the_hour_keeps_the_one_before():
    before = PUBLISHED - timedelta(days=90)
    client = signed_in(factories.make_user(last_visit_at=before))

    seen = [since(client, PUBLISHED + timedelta(minutes=minutes)) for minutes in (0, 30, 59)]

    assert seen == [before, before, before]


def test_next_visit_starts_from_the_last():
    client = signed_in(factories.make_user(last_visit_at=PUBLISHED - timedelta(days=90)))
    since(client, PUBLISHED)

    assert since(client, PUBLISHED + timedelta(days=2)) == PUBLISHED


def test_people_of_the_demonstration_always_come_back_after_months():
    long_ago = PUBLISHED - timedelta(days=200)
    user = factories.make_user(last_visit_at=long_ago, is_demonstration=True)

    assert since(signed_in(user), PUBLISHED) == long_ago
    assert since(signed_in(user), PUBLISHED) == long_ago
