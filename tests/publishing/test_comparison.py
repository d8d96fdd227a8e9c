"""Two editions compared: what stayed, came and went, and why."""

import csv
import io

import pytest
from django.core.cache import cache

from mitplan.core.text.passages import Kind
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.plan.models import Edition
from mitplan.publishing.queries.comparison import compare_documents, compare_editions
from tests import factories
from tests.publishing.test_reader import text_of

pytestmark = pytest.mark.django_db


def paragraph(key, text, **more):
    return PassageValue(key, Kind.PARAGRAPH, text, **more)


OLD = (
    PassageValue("t1", Kind.HEADING, "Sprache", level=1),
    paragraph("t2", "Das Land fördert 20 Kurse."),
    paragraph("t3", "Die Beratung ist kostenlos"),
    paragraph("t4", "Dieser Absatz entfällt."),
)
NEW = (
    PassageValue("t1", Kind.HEADING, "Sprache", level=1),
    paragraph("t2", "Das Land fördert 30 Kurse."),
    paragraph("t3", "Die Beratung ist kostenlos."),
    paragraph("t5", "Dieser Absatz ist neu."),
)


def test_comparison_counts_what_happened_to_passages():
    found = compare_documents(OLD, NEW)

    assert [(each.key, str(each.kind), each.is_editorial) for each in found.passages] == [
        ("t1", "unchanged", False),
        ("t2", "changed", False),
        ("t3", "changed", True),
        ("t4", "deleted", False),
        ("t5", "inserted", False),
    ]
    assert found.facts == [
        ("unverändert", 1),
        ("geändert", 2),
        ("neu", 1),
        ("gestrichen", 1),
        ("verschoben", 0),
        ("davon inhaltlich geändert", 3),
        ("erhaltene Wörter", "9 von 13 (69,2 %)"),
    ]


@pytest.mark.parametrize(
    ("which", "keys"),
    [
        ("alles", ["t1", "t2", "t3", "t4", "t5"]),
        ("geaendert", ["t1", "t2", "t3", "t4", "t5"]),
        ("inhaltlich", ["t1", "t2", "t4", "t5"]),
    ],
)
def test_filter_keeps_the_headings_above_what_it_shows(which, keys):
    assert [each.key for each in compare_documents(OLD, NEW).filtered(which)] == keys


def test_filter_leaves_headings_out_where_nothing_below_changed():
    assert compare_documents(OLD, OLD).filtered("geaendert") == []


def test_changed_fields_are_named_and_never_editorial():
    old = PassageValue("t1", Kind.GOAL, "Ziel.", fields=(("Zielwert", "60"), ("Einheit", "%")))
    new = PassageValue("t1", Kind.GOAL, "Ziel.", fields=(("Zielwert", "50"), ("Einheit", "%")))

    [found] = compare_documents((old,), (new,)).passages

    assert (found.fields, found.is_substantive) == ((("Zielwert", "60", "50"),), True)


def test_comparison_of_editions_names_the_reason_of_each_change(world):
    changed = [
        each
        for each in compare_editions(world.consulted, world.adopted).passages
        if each.is_changed
    ]

    assert [(each.key, [origin.label for origin in each.origins]) for each in changed] == [
        ("t3", ["Anliegen 1-001-01"])
    ]


def test_compare_page_shows_both_ways_round(client, world):
    forth = text_of(client.get("/plan/musterplan/vergleich/1/2/"))
    back = text_of(client.get("/plan/musterplan/vergleich/2/1/"))

    assert "eingefügt: und am Abend" in forth
    assert "gestrichen: und am Abend" in back
    assert "Anliegen 1-001-01" in forth


def test_compare_page_side_by_side_shows_each_wording_whole(client, world):
    response = client.get("/plan/musterplan/vergleich/1/2/?ansicht=spalten&nur=inhaltlich")

    [_title, _heading, row] = response.context["rows"]
    assert "".join(each.text for each in row.old_segments) == row.old
    assert "".join(each.text for each in row.new_segments) == row.new
    assert "vorher" in text_of(response)


def test_compare_page_without_a_change_says_so(client, world):
    assert "Hier ist nichts geändert." in text_of(client.get("/plan/musterplan/vergleich/2/2/"))


def test_compare_as_csv_holds_the_changes(client, world):
    response = client.get("/plan/musterplan/vergleich/1/2/?format=csv")

    assert list(csv.reader(io.StringIO(response.content.decode()))) == [
        ["Textstelle", "Art", "redaktionell", "vorher", "nachher", "Herkunft", "Begründung"],
        [
            "t3",
            "geändert",
            "nein",
            "Das Land fördert Sprachkurse am Vormittag.",
            "Das Land fördert Sprachkurse am Vormittag und am Abend.",
            "Anliegen 1-001-01",
            "",
        ],
    ]


def test_compare_with_an_edition_that_is_not_public_is_not_found(client, world):
    factories.make_edition(world.plan, kind=Edition.Kind.REPORT, title="Bericht")

    assert client.get("/plan/musterplan/vergleich/2/3/").status_code == 404


@pytest.mark.parametrize("query", ["", "?format=csv"])
def test_compare_needs_as_many_statements_for_100_changes_as_for_10(client, statements, query):
    needed = []
    for number in (10, 100):
        plan = factories.make_plan(f"lang-{number}")
        factories.make_edition(plan, factories.long_text(number))
        changed = tuple(
            PassageValue(
                "",
                each.kind,
                each.text.replace("Schritt", "Weg"),
                each.level,
                each.label,
                each.fields,
            )
            for each in factories.long_text(number)
        )
        factories.make_edition(plan, changed, title="Zweite")
        Edition.objects.filter(plan=plan).update(released_at=factories.LONG_AGO)
        cache.clear()
        url = f"/plan/lang-{number}/vergleich/1/2/{query}"
        needed.append(statements(lambda url=url: client.get(url)))

    assert needed[0] == needed[1] <= 8
