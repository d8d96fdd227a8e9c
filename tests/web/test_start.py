"""The start page: what the plan is, where it stands, what one can do, what became of the input."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from mitplan.participation import actions as participation
from mitplan.plan import actions as plan_actions
from mitplan.publishing.actions import adopt
from mitplan.web.queries.start import start
from tests import factories

pytestmark = pytest.mark.django_db
WHILE_OPEN = date(2026, 3, 10)


def released(edition, by):
    return plan_actions.release_edition(edition=edition, by=by, at=factories.LONG_AGO)


def published(consultation, by):
    return participation.publish_results(
        reason="Zum Vergleich.",
        consultation=consultation,
        by=by,
        at=factories.days_later(factories.AFTER_CLOSING, 1),
    )


def test_start_without_any_account_leads_to_the_first_step():
    response = Client().get("/", follow=True)

    assert [url for url, _ in response.redirect_chain] == ["/neu/", "/neu/organisation/"]


def test_start_without_public_edition_says_what_will_stand_here(secretary):
    response = Client().get("/")

    assert response.status_code == 200
    assert "Hier entsteht ein Plan" in response.text
    assert reverse("account_login") in response.text


def test_start_without_public_edition_leads_the_secretariat_to_the_steps(secretary_client):
    assert reverse("web:new_plan") in secretary_client.get("/").text


def test_start_says_what_is_public_before_an_adoption(secretary):
    released(factories.make_edition(), secretary)

    text = Client().get("/").text

    assert "Öffentlich ist: Kabinettsfassung, Stand 2. März 2026" in text
    assert "Zurzeit läuft keine Beteiligung." in text
    assert "Noch ist kein Ergebnis veröffentlicht." in text


def test_start_names_chapters_with_their_place_in_the_text(secretary):
    edition = released(factories.make_edition(), secretary)

    found = start(WHILE_OPEN)

    number = factories.passage_of(edition, "Sprache und Bildung").number
    assert [(chapter.title, chapter.url) for chapter in found.chapters] == [
        ("Sprache und Bildung", f"{edition.plan.get_absolute_url()}#t{number}")
    ]


def test_start_shows_the_open_window_with_its_circles():
    consultation = factories.make_consultation()

    window = start(WHILE_OPEN).open_window

    assert (window.number, window.circles) == (consultation.number, ("Konferenz",))
    assert (window.opens_on, window.closes_on) == (factories.OPENS_ON, factories.CLOSES_ON)


def test_start_shows_no_window_after_the_last_day():
    factories.make_consultation()

    assert start(date(2026, 5, 1)).open_window is None


def test_start_counts_uptake_of_the_newest_published_consultation(secretary):
    consultation = factories.make_consultation()
    factories.taken_up(factories.make_point(consultation))
    factories.declined(factories.make_point(consultation))
    factories.declined(factories.make_point(consultation))
    published(consultation, secretary)

    result = start(date(2026, 6, 1)).result

    assert result.window.number == consultation.number
    assert (result.uptake.total, result.uptake.denominator) == (3, 3)
    assert (result.uptake.numerator_strict, result.uptake.numerator_broad) == (1, 1)
    assert "wurden 1 wörtlich übernommen (33,3\xa0%)" in Client().get("/").text


def test_start_keeps_decisions_to_itself_until_they_are_published():
    consultation = factories.make_consultation()
    factories.taken_up(factories.make_point(consultation))

    assert start(date(2026, 6, 1)).result is None


def test_start_says_which_share_the_conference_had_seen(secretary):
    consultation = factories.make_consultation()
    factories.taken_up(factories.make_point(consultation))
    adopt(
        plan=consultation.edition.plan,
        title="Beschlossene Fassung",
        dated_on=date(2026, 5, 12),
        adopted_as="Kabinett Musterland",
        by=secretary,
        at=factories.days_later(factories.AFTER_CLOSING, 1),
    )

    found = start(date(2026, 6, 1))

    assert found.edition.is_adopted
    assert found.adoption.words_seen < found.edition.word_count
    assert round(found.seen, 1) == round(
        100 * found.adoption.words_seen / found.edition.word_count, 1
    )
    assert "beschlossen durch: Kabinett Musterland" in Client().get("/").text


def test_start_leads_to_office_and_reason_of_an_override(secretary):
    adopt(
        plan=factories.make_edition().plan,
        title="Beschlossene Fassung",
        dated_on=date(2026, 5, 12),
        adopted_as="Kabinett Musterland",
        by=secretary,
        at=factories.AFTER_CLOSING,
        override_office="Staatskanzlei (Demonstration)",
        override_reason="Der Haushalt wartet nicht.",
    )
    [address] = re.findall(r'href="([^"]+)">der Beschluss</a>', Client().get("/").text)

    assert "Der Haushalt wartet nicht." in Client().get(address).text


def test_start_mentions_work_on_the_next_edition_only_while_there_is_some():
    consultation = factories.make_consultation()
    point = factories.make_point(consultation)

    before = start(WHILE_OPEN).has_draft
    factories.taken_up(point)

    assert (before, start(WHILE_OPEN).has_draft) == (False, True)


@pytest.mark.parametrize("points", [10, 100])
def test_start_asks_five_times_however_many_points_and_then_only_whether_anybody_acted(
    django_assert_num_queries, secretary, points
):
    consultation = factories.make_consultation()
    submission = factories.make_submission(consultation, points=points)
    for point in submission.points.all():
        factories.declined(point)
    published(consultation, secretary)
    client = Client()

    with django_assert_num_queries(5):
        client.get("/")
    with django_assert_num_queries(1):
        client.get("/")


def test_start_that_is_known_is_not_sent_again(secretary):
    released(factories.make_edition(), secretary)
    client = Client()
    etag = client.get("/").headers["ETag"]

    again = client.get("/", headers={"If-None-Match": etag})
    released(factories.make_edition(), secretary)
    later = client.get("/", headers={"If-None-Match": etag})

    assert (again.status_code, later.status_code) == (304, 200)


def test_start_invites_to_the_tour_in_a_demonstration_only(settings, secretary):
    released(factories.make_edition(), secretary)
    plain = Client().get("/").text
    settings.DEMONSTRATION = True

    assert reverse("demo:tour") not in plain
    assert reverse("demo:tour") in Client().get("/").text


def test_start_speaks_english_where_asked(secretary):
    released(factories.make_edition(), secretary)

    text = Client().get("/", headers={"Accept-Language": "en"}).text

    assert '<html lang="en"' in text
