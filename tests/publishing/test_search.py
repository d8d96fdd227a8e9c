"""The search: German stems over everything public, and nothing that is not."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from mitplan.conference.models import AgendaItem
from mitplan.monitoring.models import Indicator
from mitplan.participation import actions as participation
from mitplan.participation.models import Point
from mitplan.plan import actions as plan_actions
from mitplan.projects.models import Project
from mitplan.publishing import actions, jobs
from mitplan.publishing.models import SearchEntry, SearchState
from mitplan.publishing.queries.search import Hits, Question, excerpt, freshness, highlighted
from mitplan.publishing.queries.stems import beginnings, fold, stem, stems_of
from tests import factories
from tests.publishing.test_reader import text_of

pytestmark = pytest.mark.django_db


def rebuild(**more):
    return actions.rebuild_search(at=factories.AFTER_CLOSING, **more)


def found(words, kind=""):
    hits = Hits(Question.of(words), kind)
    return sorted(hit.url for hit in hits[0:100])


def entry(title, text="", kind=SearchEntry.Kind.PASSAGE):
    return SearchEntry.objects.create(
        kind=kind,
        url=f"/{title}/",
        title=title,
        text=text,
        title_stems=stems_of(title),
        text_stems=stems_of(text),
    )


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("Kurs", "Kurse"),
        ("Sprachkurs", "Sprachkursen"),
        ("Förderung", "foerderung"),
        ("Straße", "STRASSE"),
        ("Häuser", "Haus"),
        ("Kindern", "Kinder"),
    ],
)
def test_stem_of_forms_of_a_word_is_the_same(word, other):
    assert stem(word) == stem(other)


def test_fold_takes_capitals_umlauts_and_accents_away():
    assert [fold(word) for word in ("Öffnung", "Straße", "Café")] == ["offnung", "strasse", "cafe"]


def test_beginnings_of_a_spelled_umlaut_are_two():
    assert beginnings("Foerd") == ("foerd", "ford")


@pytest.mark.parametrize(
    "question",
    [
        "Sprachkurs",
        "sprachkurse",
        "SPRACHKURSEN",
        "Sprachk",
        "foerdert Sprachkurse",
        "Land sprach",
        "Land Abend",
    ],
)
def test_search_finds_forms_and_beginnings(question):
    entry("Treffer", "Das Land fördert Sprachkurse am Abend.")
    entry("Anderes", "Die Kommunen beraten Familien vor Ort.")

    assert found(question) == ["/Treffer/"]


@pytest.mark.parametrize("question", ["Abend Familien", "Sprachk Land", "Turnhalle", "…", ""])
def test_search_finds_nothing_where_a_word_is_missing(question):
    entry("Eins", "Das Land fördert Sprachkurse am Abend.")
    entry("Zwei", "Die Kommunen beraten Familien vor Ort.")

    assert found(question) == []


@pytest.mark.parametrize(
    "question", ['"', "AND", "a* OR b", "x:*", "'; DROP", "(", "NOT kurs & !x"]
)
def test_search_takes_operators_of_the_database_for_words(client, question):
    entry("Eins", "Das Land fördert Sprachkurse.")

    assert client.get("/suche/", {"q": question}).status_code == 200


def test_search_puts_titles_first():
    entry("Anderes", "Hier steht Beratung im Text, und noch vieles andere mehr.")
    entry("Beratung", "Hier steht etwas anderes.")

    assert [hit.url for hit in Hits(Question.of("Beratung"), "")[0:10]] == [
        "/Beratung/",
        "/Anderes/",
    ]


def test_highlighted_marks_every_matching_word_and_escapes_the_rest():
    question = Question.of("Kurs <b>")

    assert highlighted("Kurse & <b>Kurse</b>", question) == (
        "<mark>Kurse</mark> &amp; &lt;<mark>b</mark>&gt;<mark>Kurse</mark>&lt;/<mark>b</mark>&gt;"
    )


def test_excerpt_of_a_long_text_begins_near_the_first_match():
    text = "Anfang " * 60 + "Sprachkurse am Abend " + "Ende " * 60

    part = excerpt(text, Question.of("Sprachkurs"))

    assert part.startswith("… ")
    assert "Sprachkurse am Abend" in part
    assert part.endswith(" …")
    assert len(part) <= 250


def test_rebuild_takes_in_every_kind_of_public_thing(world):
    Indicator.objects.create(code="I1", name="Teilnahme an Sprachkursen", is_demonstration=True)
    Project.objects.create(
        name="Sprachkurs im Park", carrier="Verein", level="Kommune", is_demonstration=True
    )
    sitting = factories.make_sitting()
    AgendaItem.objects.create(
        sitting=sitting, number=1, title="Sprachkurse", role=AgendaItem.Role.DISCUSSION
    )
    rebuild()

    assert sorted(set(Hits(Question.of("Sprachkurs"), "").counts)) == [
        "indicator",
        "passage",
        "point",
        "project",
        "sitting",
    ]
    assert found("Sprachförderung", "goal") == ["/ziele/musterplan/Z1/"]
    assert found("Kitas", "measure") == ["/massnahmen/musterplan/M1/"]


def test_rebuild_leaves_out_drafts_and_editions_that_are_not_released():
    edition = factories.make_edition(factories.make_plan("geheim"))
    consultation = factories.make_consultation(edition, opened=False)
    rebuild()

    assert SearchEntry.objects.count() == 0

    consultation = participation.open_consultation(
        consultation=consultation, by=factories.make_secretary(), at=factories.OPENED
    )
    seat = factories.make_seat()
    draft = participation.begin_submission(
        consultation=consultation, seat=seat, at=factories.WHILE_OPEN
    )
    participation.save_point(
        submission=draft,
        values=participation.PointValues(kind=Point.Kind.SUGGESTION, text="Geheimes Anliegen"),
        seat=seat,
        at=factories.WHILE_OPEN,
    )
    rebuild()

    assert found("Geheimes") == []
    assert found("Familien") == ["/plan/geheim/textstelle/4/"]


def test_rebuild_leaves_out_a_newer_wording_that_is_not_released(world):
    text = tuple(
        each
        if "Familien" not in each.text
        else type(each)("", each.kind, "Vertraulicher Wortlaut.")
        for each in factories.TEXT
    )
    newer = factories.make_edition(world.plan, text, title="Neu")
    rebuild()
    assert found("Vertraulicher") == []

    plan_actions.release_edition(
        edition=newer, by=factories.make_secretary(), at=factories.AFTER_CLOSING
    )
    rebuild()
    assert len(found("Vertraulicher")) == 1


def test_rebuild_leaves_out_points_until_their_window_is_over(db):
    factories.make_submission()

    actions.rebuild_search(at=factories.WHILE_OPEN)
    during = found("abends", "point")
    rebuild()

    assert (during, len(found("abends", "point"))) == ([], 1)


def test_search_is_behind_on_a_new_day(db):
    rebuild()

    days = [factories.AFTER_CLOSING, factories.days_later(factories.AFTER_CLOSING, 1)]

    assert [freshness(day.date()).is_behind for day in days] == [False, True]


def test_rebuild_takes_withdrawn_points_out(db):
    submission = factories.make_submission()
    rebuild()
    participation.withdraw_submission(
        submission=submission,
        seat=factories.make_seat(submission.organisation),
        at=factories.WHILE_OPEN,
    )

    rebuild()

    assert found("abends", "point") == []


def test_rebuild_writes_only_what_differs(world):
    first = rebuild()

    assert (first, rebuild(), rebuild(from_scratch=True)) == (9, 0, 9)
    assert found("Familien", "passage") == ["/plan/musterplan/textstelle/4/"]


def test_search_that_is_behind_asks_once_for_a_rebuild(client, world):
    for _visit in range(2):
        page = text_of(client.get("/suche/?q=Familien"))

    assert "Das Suchverzeichnis wird gerade angelegt." in page
    assert DBTaskResult.objects.count() == 1


def test_search_asks_again_when_a_job_was_lost(db):
    asked = [
        actions.ask_for_rebuild(at=factories.AFTER_CLOSING + timedelta(minutes=minutes))
        for minutes in (0, 1, 6)
    ]

    assert asked == [True, False, True]


def test_job_brings_the_search_up_to_date(client, world):
    jobs.refresh_search.call()

    page = text_of(client.get("/suche/?q=Familien"))

    assert "1 Treffer" in page
    assert "Suchverzeichnis" not in page
    assert SearchState.objects.get().record > 0


def test_search_page_filters_by_kind(client, world):
    rebuild()

    response = client.get("/suche/?q=Sprachkurs&art=passage")

    assert [hit.url for hit in response.context["page"].object_list] == [
        "/plan/musterplan/textstelle/3/"
    ]
    assert "Anliegen (1)" in text_of(response)


def test_search_page_says_of_every_hit_whether_it_is_sourced_or_invented(client, db):
    factories.make_project(
        name="Sprachkurse im Wald", source="https://example.org/wald", is_demonstration=False
    )
    factories.make_project(name="Sprachkurse am See", is_demonstration=True)
    rebuild()

    page = text_of(client.get("/suche/?q=Sprachkurse"))

    assert re.search(r"im\s+Wald\s+Projekte\s+Belegt", page)
    assert re.search(r"am\s+See\s+Projekte\s+Demonstration", page)


def test_search_page_without_words_says_what_is_searched(client):
    assert "Wonach suchen Sie?" in text_of(client.get("/suche/"))


def test_search_page_without_a_hit_says_how_to_go_on(client):
    assert "Nichts gefunden." in text_of(client.get("/suche/?q=Turnhalle"))


def test_search_needs_as_many_statements_for_100_hits_as_for_10(client, statements):
    needed = []
    for number in (10, 90):
        for count in range(number):
            entry(f"Kurs {number} {count}", "Sprachkurse")
        needed.append(statements(lambda: client.get("/suche/?q=Kurs")))
        needed.append(statements(lambda: client.get("/suche/?q=Kurs&seite=2")))

    assert len(set(needed[1:])) == 1


def test_index_survives_another_migration(world):
    rebuild()

    call_command("migrate", verbosity=0)
    rebuild(from_scratch=True)

    assert found("Familien", "passage") == ["/plan/musterplan/textstelle/4/"]
