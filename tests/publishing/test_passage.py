"""The page of one passage: wordings through time, who brought them, what is open."""

from datetime import date

import pytest
from django.core.cache import caches

from mitplan.core.text.passages import Kind
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.plan.models import Edition, Foundation, FoundationUse
from mitplan.publishing.queries import passages
from tests import factories
from tests.publishing.test_reader import text_of

pytestmark = pytest.mark.django_db


def history(world, number):
    passage = passages.passage_of(world.plan.slug, number)
    return passages.history_of(passage, [world.consulted, world.adopted])


def test_history_lists_a_wording_only_where_it_changed(world):
    changed, unchanged = history(world, 3), history(world, 4)

    assert [(each.edition, each.text) for each in changed.wordings] == [
        (world.adopted, "Das Land fördert Sprachkurse am Vormittag und am Abend."),
        (world.consulted, "Das Land fördert Sprachkurse am Vormittag."),
    ]
    assert [each.edition for each in unchanged.wordings] == [world.consulted]


def test_history_names_who_brought_a_wording(world):
    newest, first = history(world, 3).wordings

    assert [(each.label, each.url) for each in newest.origins] == [
        ("Anliegen 1-001-01", "/anliegen/1-001-01/")
    ]
    assert [each.label for each in first.origins] == ["Kabinettsfassung"]


def test_history_marks_the_words_of_the_last_wording(world):
    found = history(world, 3)

    assert [(mark.text, found.names[mark.origin].label) for mark in found.last.marks] == [
        ("Das Land fördert Sprachkurse am Vormittag", "Kabinettsfassung"),
        (" und am Abend", "Anliegen 1-001-01"),
        (".", "Kabinettsfassung"),
    ]


def test_passage_that_is_deleted_keeps_its_page(client, world):
    gone = factories.make_edition(
        world.plan,
        tuple(each for each in factories.TEXT if "Familien" not in each.text),
        Edition.Kind.REPORT,
        "Bericht",
    )
    Edition.objects.filter(pk=gone.pk).update(released_at=factories.AFTER_CLOSING)

    page = text_of(client.get("/plan/musterplan/textstelle/4/"))

    assert "Diese Textstelle ist gestrichen." in page
    assert "Die Kommunen beraten Familien vor Ort." in page
    assert "Bericht (Fassung 3)" in page


def test_passage_shows_points_with_what_became_of_them(client, world):
    response = client.get("/plan/musterplan/textstelle/3/")

    assert [
        (each.number, each.outcome, each.outcome_name, each.is_open)
        for each in response.context["points"].public
    ] == [("1-001-01", "taken_up", "übernommen", False)]
    assert "An dieser Textstelle ist kein Anliegen offen." in text_of(response)


def test_passage_before_results_are_published_hides_decisions(client, consulted):
    response = client.get("/plan/musterplan/textstelle/3/")

    assert [(each.outcome_name, each.is_open) for each in response.context["points"].public] == [
        ("in Bearbeitung", True)
    ]
    assert response.context["points"].work.points == 1


def test_passage_hides_what_is_written_while_the_window_is_open(client, db):
    edition = factories.make_edition(factories.make_plan("offen"))
    factories.make_submission(factories.make_consultation(edition, closes_on=date(2099, 1, 1)))

    response = client.get("/plan/offen/textstelle/3/")

    assert (response.context["points"].public, response.context["points"].work.points) == ([], 1)
    assert "sobald die Frist abgelaufen ist" in text_of(response)


def test_passage_shows_questions_and_foundations(client, world):
    foundation = Foundation.objects.create(title="Muster-Bericht", issuer="Musterland")
    FoundationUse.objects.create(
        foundation=foundation, passage=passages.passage_of(world.plan.slug, 3)
    )

    page = text_of(client.get("/plan/musterplan/textstelle/3/"))

    assert "Wann sollen Kurse stattfinden?" in page
    assert "Muster-Bericht" in page


def test_passage_leads_to_the_ones_before_and_after(client, world):
    first = client.get("/plan/musterplan/textstelle/1/").context["history"].here
    middle = client.get("/plan/musterplan/textstelle/3/").context["history"].here

    assert (first.before, first.after) == (None, 2)
    assert (middle.before, middle.after) == (2, 4)


def test_passage_that_no_public_edition_has_is_not_found(client, secretary_client):
    factories.make_edition(factories.make_plan("still"))

    assert client.get("/plan/still/textstelle/3/").status_code == 404
    assert secretary_client.get("/plan/still/textstelle/3/").status_code == 200
    assert client.get("/plan/still/textstelle/999/").status_code == 404


@pytest.mark.parametrize("what", ["points", "editions"])
def test_passage_needs_constant_statements(client, statements, what):
    needed = []
    for number in (10, 100):
        edition = factories.make_edition(factories.make_plan(f"viele-{number}"))
        consultation = factories.make_consultation(edition)
        factories.make_submission(consultation, points=number if what == "points" else 2)
        for state in range(number // 10 if what == "editions" else 0):
            text = PassageValue(
                "", Kind.PARAGRAPH, f"Die Kommunen beraten Familien vor Ort {state}."
            )
            later = factories.make_edition(
                edition.plan, (*factories.TEXT[:3], text, *factories.TEXT[4:]), title=f"E{state}"
            )
            Edition.objects.filter(pk=later.pk).update(released_at=factories.LONG_AGO)
        caches["pages"].clear()
        url = f"/plan/viele-{number}/textstelle/4/"
        needed.append(statements(lambda url=url: client.get(url)))

    assert needed[0] == needed[1]
