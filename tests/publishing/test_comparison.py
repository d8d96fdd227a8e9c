"""Two editions compared: what stayed, came and went, and why."""

from dataclasses import replace

import pytest
from django.core.cache import caches

from mitplan.core.text import amendments as core
from mitplan.core.text.passages import Kind
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.participation import actions as participation
from mitplan.plan import actions as plan_actions
from mitplan.plan.models import Edition, Origin
from mitplan.plan.queries import state_of
from mitplan.publishing.actions import adopt
from mitplan.publishing.queries.chapters import survival
from mitplan.publishing.queries.comparison import compare_documents, compare_editions
from mitplan.publishing.queries.synopsis import synopsis
from tests import factories
from tests.publishing.test_reader import text_of
from tests.reading import lines_of

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
        ("erhaltene Wörter", "9 von 13 (69,2\xa0%)"),
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

    [_title, _heading, line] = response.context["synopsis"].lines
    assert ["".join(piece.text for piece in cell) for cell in line.row.cells] == [
        "Das Land fördert Sprachkurse am Vormittag.",
        "Das Land fördert Sprachkurse am Vormittag und am Abend.",
    ]
    assert "neu: und am Abend" in text_of(response)


@pytest.fixture
def report(world):
    """A third edition that takes the new words out again and changes the next passage."""
    old = {each.id: each for each in state_of(world.adopted).document}
    texts = {
        "t3": "Das Land fördert Sprachkurse am Vormittag.",
        "t4": "Die Kommunen beraten Familien.",
    }
    passages = [replace(each, text=texts.get(key, each.text)) for key, each in old.items()]
    edition = factories.make_edition(
        world.plan, tuple(passages), kind=Edition.Kind.REPORT, title="Bericht"
    )
    plan_actions.release_edition(
        edition=edition, by=factories.make_secretary(), at=factories.AFTER_CLOSING
    )
    return edition


def test_synopsis_of_three_editions_marks_what_came_and_what_goes(client, report):
    response = client.get("/plan/musterplan/vergleich/1/3/?dazwischen=2")

    assert response.context["form"]["ansicht"].value() == "spalten"
    third = next(line for line in response.context["synopsis"].lines if line.row.key == "t3")
    assert response.context["synopsis"].headings == [
        "Kabinettsfassung (Fassung 1)",
        "Beschlossener Plan (Fassung 2)",
        "Bericht (Fassung 3)",
    ]
    assert [
        [(piece.text, piece.came, piece.goes) for piece in cell] for cell in third.row.cells
    ] == [
        [("Das Land fördert Sprachkurse am Vormittag.", False, False)],
        [
            ("Das Land fördert Sprachkurse am Vormittag", False, False),
            (" und am Abend", True, True),
            (".", False, False),
        ],
        [("Das Land fördert Sprachkurse am Vormittag.", False, False)],
    ]
    assert [
        (heading, str(step.kind), [origin.label for origin in step.origins])
        for heading, step in third.steps
    ] == [
        ("Beschlossener Plan (Fassung 2)", "changed", ["Anliegen 1-001-01"]),
        ("Bericht (Fassung 3)", "changed", ["Bericht"]),
    ]


def test_synopsis_keeps_passages_of_every_edition_in_their_place():
    middle = (NEW[0], NEW[3], *NEW[1:3])
    last = (NEW[0], NEW[1])
    steps = [compare_documents(OLD, middle), compare_documents(middle, last)]

    rows = synopsis(steps, "alles")

    assert [(row.key, [cell is not None for cell in row.cells]) for row in rows] == [
        ("t1", [True, True, True]),
        ("t5", [False, True, False]),
        ("t2", [True, True, True]),
        ("t3", [True, True, False]),
        ("t4", [True, False, False]),
    ]


def test_survival_counts_the_words_of_each_chapter():
    title = PassageValue("t0", Kind.HEADING, "Plan", level=1)
    chapter = PassageValue("t1", Kind.HEADING, "Sprache", level=2)
    other = PassageValue("t9", Kind.HEADING, "Wohnen", level=2)
    old = (title, chapter, *OLD[1:], other, paragraph("t10", "Alle wohnen gut."))
    new = (title, chapter, NEW[1], other, paragraph("t10", "Alle wohnen gut."), NEW[3])

    found = survival([compare_documents(old, new), compare_documents(old, old)])

    assert [(each.chapter, each.words, each.kept, each.parts) for each in found] == [
        ("vor dem ersten Kapitel", 1, (1, 1), (100.0, 100.0)),
        ("Sprache", 13, (5, 13), (38.5, 100.0)),
        ("Wohnen", 4, (4, 4), (100.0, 100.0)),
    ]


def test_survival_as_csv_names_every_edition(client, report):
    url = "/plan/musterplan/vergleich/1/3/?dazwischen=2&format=csv&je=kapitel"

    lines = lines_of(client.get(url))

    assert lines[0] == [
        "Kapitel",
        "Wörter in Fassung 1",
        "davon in Fassung 2",
        "Anteil in Fassung 2",
        "davon in Fassung 3",
        "Anteil in Fassung 3",
    ]
    assert [line[0] for line in lines[1:]] == ["vor dem ersten Kapitel", "Sprache und Bildung"]


def test_late_filter_shows_what_changed_after_participation(client, consulted):
    plan, by = consulted.edition.plan, factories.make_secretary()
    at = factories.AFTER_CLOSING
    participation.publish_results(consultation=consulted, by=by, at=at)
    origin = Origin.objects.create(
        plan=plan,
        kind=Origin.Kind.DEPARTMENT,
        label="Musterressort",
        reason="Kürzer",
        began_at=at,
    )
    plan_actions.edit_draft(
        base=consulted.edition, operations=[core.DeletePassage("t4")], origin=origin, by=by, at=at
    )
    adopt(
        plan=plan,
        title="Beschluss",
        dated_on=at.date(),
        adopted_as="Kabinett",
        by=by,
        at=at,
        override_office="Leitung",
        override_reason="Der Haushalt war schon beschlossen.",
    )

    response = client.get("/plan/musterplan/vergleich/1/2/?nur=spaet")

    assert [row.key for row in response.context["rows"] if not row.is_heading] == ["t4"]


def test_compare_page_without_a_change_says_so(client, world):
    assert "Hier ist nichts geändert." in text_of(client.get("/plan/musterplan/vergleich/2/2/"))


def test_compare_as_csv_holds_the_changes(client, world):
    response = client.get("/plan/musterplan/vergleich/1/2/?format=csv")

    names = ("Art", "redaktionell", "nach der Beteiligung", "Herkunft", "Begründung", "Unterschied")
    assert lines_of(response) == [
        ["Textstelle", "Fassung 1", "Fassung 2", *(f"{name} in Fassung 2" for name in names)],
        [
            "t3",
            "Das Land fördert Sprachkurse am Vormittag.",
            "Das Land fördert Sprachkurse am Vormittag und am Abend.",
            "geändert",
            "nein",
            "nein",
            f"Anliegen 1-001-01, {world.points[0].submission.organisation_name}",
            "",
            "Das Land fördert Sprachkurse am Vormittag{++ und am Abend++}.",
        ],
    ]


def test_compare_with_an_edition_that_is_not_public_is_not_found(client, world):
    factories.make_edition(world.plan, kind=Edition.Kind.REPORT, title="Bericht")

    assert client.get("/plan/musterplan/vergleich/2/3/").status_code == 404


@pytest.mark.parametrize("query", ["", "?ansicht=spalten", "?format=csv"])
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
        caches["pages"].clear()
        url = f"/plan/lang-{number}/vergleich/1/2/{query}"
        needed.append(statements(lambda url=url: client.get(url)))

    assert needed[0] == needed[1] <= 9
