"""Texts read in as editions: ids survive, every token has an origin, nothing goes in by half."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mitplan.common.immutable import FrozenError
from mitplan.common.models import AuditEntry
from mitplan.core.text.passages import Kind
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.core.text.runs import expand
from mitplan.core.text.tokens import tokenize
from mitplan.plan import actions, queries
from mitplan.plan.models import Edition, Goal, GoalRevision, Measure, MeasureRevision, Wording
from tests import factories
from tests.factories import TEXT

pytestmark = pytest.mark.django_db

COURSES = "Das Land fördert Sprachkurse am Vormittag."
EVENING = "Das Land fördert Sprachkurse am Vormittag und am Abend."


def with_change(old, new, text=TEXT):
    return tuple(
        PassageValue(
            "", each.kind, new if each.text == old else each.text, each.level, "", each.fields
        )
        for each in text
    )


def ids_and_texts(edition):
    return [(each.id, each.text) for each in queries.state_of(edition).document]


def test_create_plan_begins_without_text_and_is_recorded(db):
    plan = factories.make_plan("musterplan")

    assert (plan.editions.count(), plan.last_passage) == (0, 0)
    assert list(AuditEntry.objects.values_list("event", flat=True)) == ["plan.created"]


def test_create_plan_with_a_name_that_is_taken_is_refused(db):
    factories.make_plan("musterplan")

    with pytest.raises(ValidationError):
        factories.make_plan("musterplan")


def test_import_numbers_the_passages_in_reading_order(db):
    edition = factories.make_edition()

    assert ids_and_texts(edition) == [
        (f"t{number}", each.text) for number, each in enumerate(TEXT, start=1)
    ]
    assert edition.plan.passages.count() == 6
    assert edition.word_count == 36


def test_import_of_a_changed_text_keeps_ids_and_gives_new_ones(db):
    first = factories.make_edition()
    changed = (*with_change(COURSES, EVENING)[:4], PassageValue("", Kind.PARAGRAPH, "Ganz neu."))

    second = factories.make_edition(first.plan, changed)

    assert ids_and_texts(second) == [
        ("t1", "Integrationsplan Musterland"),
        ("t2", "Sprache und Bildung"),
        ("t3", EVENING),
        ("t4", "Die Kommunen beraten Familien vor Ort."),
        ("t7", "Ganz neu."),
    ]


def test_import_of_a_file_from_another_plan_gives_ids_of_our_own(db):
    foreign = tuple(replace(each, id=f"t{90 + index}") for index, each in enumerate(TEXT))

    edition = factories.make_edition(factories.make_plan("neu"), foreign)

    assert [key for key, _ in ids_and_texts(edition)] == ["t1", "t2", "t3", "t4", "t5", "t6"]


def test_import_keeps_an_id_for_ever_even_if_the_passage_comes_back(db):
    first = factories.make_edition()
    factories.make_edition(first.plan, TEXT[:3] + TEXT[4:])

    third = factories.make_edition(first.plan, TEXT)

    assert len({key for key, _text in ids_and_texts(third)}) == 6
    assert [key for key, _text in ids_and_texts(third)][:3] == ["t1", "t2", "t3"]


def test_import_attributes_every_token_to_the_edition_that_brought_it(db):
    first = factories.make_edition(title="Erste")
    second = factories.make_edition(first.plan, with_change(COURSES, EVENING), title="Zweite")

    wording = second.entries.get(passage__number=3).wording
    origins = expand(queries.runs_value(wording.runs))
    brought = dict(zip(tokenize(wording.text), origins, strict=True))

    assert {brought["Vormittag"], brought["Land"]} == {first.origin.pk}
    assert {brought["und"], brought["Abend"]} == {second.origin.pk}


def test_import_gives_every_token_of_every_passage_an_origin(db):
    first = factories.make_edition()
    second = factories.make_edition(first.plan, with_change(COURSES, EVENING))

    for edition in (first, second):
        for passage, runs in queries.state_of(edition).pairs():
            assert sum(run.count for run in runs) == len(tokenize(passage.text))
            assert {run.origin for run in runs} <= {first.origin.pk, second.origin.pk}


def test_import_shares_wordings_that_did_not_change(db):
    first = factories.make_edition()
    factories.make_edition(first.plan, with_change(COURSES, EVENING))

    assert Wording.objects.count() == 7


def test_import_lists_what_changed_with_its_origin(db):
    first = factories.make_edition()
    second = factories.make_edition(first.plan, with_change(COURSES, EVENING))

    assert [
        (each.passage.key, each.kind, each.words_inserted, each.words_deleted, each.is_editorial)
        for each in second.changes.all()
    ] == [("t3", "changed", 3, 0, False)]
    assert list(second.changes.get().origins.all()) == [second.origin]
    assert first.changes.count() == 0


def test_import_marks_spelling_as_editorial(db):
    first = factories.make_edition()

    second = factories.make_edition(first.plan, with_change(COURSES, COURSES.removesuffix(".")))

    assert [each.is_editorial for each in second.changes.all()] == [True]


def test_hash_is_the_same_for_the_same_text_and_differs_otherwise(db):
    first, twin = factories.make_edition(), factories.make_edition()
    changed = factories.make_edition(first.plan, with_change(COURSES, EVENING))

    assert first.content_hash == twin.content_hash != changed.content_hash


def test_import_over_pending_changes_is_refused(consulted_point):
    plan = consulted_point.edition.plan

    with pytest.raises(ValidationError, match="noch eine angenommene Änderung"):
        factories.make_edition(plan)

    assert plan.editions.count() == 1


@pytest.fixture
def consulted_point(db):
    return factories.taken_up(factories.make_point())


def test_import_of_an_empty_text_is_refused(db):
    with pytest.raises(ValidationError, match="enthält keinen Text"):
        factories.make_edition(passages=())

    assert Edition.objects.count() == 0


def test_import_by_somebody_else_is_not_allowed(db):
    with pytest.raises(PermissionDenied):
        actions.import_edition(
            plan=factories.make_plan(),
            passages=TEXT,
            kind=Edition.Kind.REPORT,
            title="Bericht",
            dated_on=date(2026, 1, 1),
            by=factories.make_member(),
            at=factories.LONG_AGO,
        )


def goal(code, **fields):
    pairs = tuple({"Nummer": code, "Titel": f"Ziel {code}", **fields}.items())
    return PassageValue("", Kind.GOAL, f"Wortlaut von {code}.", fields=pairs)


@pytest.mark.parametrize(
    ("passages", "sentence"),
    [
        ((goal("Z1"), goal("Z1")), "Z1"),
        ((goal(""),), "Nummer"),
        ((goal("Z1", Zielwert="viele"),), "«Zielwert: viele» ist nicht lesbar"),
        ((goal("Z1", Zieljahr="bald"),), "«Zieljahr: bald» ist nicht lesbar"),
    ],
)
def test_import_of_a_goal_that_cannot_be_read_says_which(db, passages, sentence):
    with pytest.raises(ValidationError, match=sentence):
        factories.make_edition(passages=passages)

    assert (Edition.objects.count(), Goal.objects.count()) == (0, 0)


def test_goals_and_measures_get_a_revision_per_edition(db):
    first = factories.make_edition()
    changed = tuple(
        PassageValue(
            "",
            each.kind,
            each.text,
            each.level,
            "",
            tuple((key, "70" if key == "Zielwert" else value) for key, value in each.fields),
        )
        for each in TEXT
    )
    factories.make_edition(first.plan, changed)

    assert list(
        GoalRevision.objects.order_by("edition__number").values_list(
            "goal__code", "baseline", "target"
        )
    ) == [("Z1", 42, 60), ("Z1", 42, 70)]
    assert Goal.objects.get().passage.key == "t5"
    assert [
        (each.measure.code, each.goal.code, each.cost_cents)
        for each in MeasureRevision.objects.all()
    ] == [
        ("M1", "Z1", None),
        ("M1", "Z1", None),
    ]
    assert Measure.objects.count() == 1


def test_release_opens_an_edition_once(db):
    edition = factories.make_edition()
    for at in (factories.OPENED, factories.AFTER_CLOSING):
        actions.release_edition(edition=edition, by=factories.make_secretary(), at=at)

    edition.refresh_from_db()
    assert edition.released_at == factories.OPENED
    assert AuditEntry.objects.filter(event="plan.edition.released").count() == 1


def test_edition_cannot_be_changed(db):
    edition = factories.make_edition()
    edition.title = "Anders"

    with pytest.raises(FrozenError):
        edition.save()
    with pytest.raises(FrozenError):
        edition.entries.update(position=99)
    with pytest.raises(FrozenError):
        edition.delete()


def test_current_of_editions_is_the_newest_adopted_one_or_else_the_newest_public(db):
    plan = factories.make_plan()
    kinds = [Edition.Kind.ADOPTED, Edition.Kind.REPORT, Edition.Kind.CONSULTATION_TEXT]
    editions = [factories.make_edition(plan, kind=kind, title=kind) for kind in kinds]
    current = [queries.current_of(plan.editions.order_by("-number"))]
    for edition in (editions[1], editions[2], editions[0]):
        actions.release_edition(edition=edition, by=factories.make_secretary(), at=factories.OPENED)
        current.append(queries.current_of(plan.editions.order_by("-number")))

    assert current == [None, editions[1], editions[2], editions[0]]


def test_editions_of_a_plan_follow_each_other(db):
    plan = factories.make_plan()
    editions = [factories.make_edition(plan, title=str(number)) for number in range(3)]

    assert [edition.number for edition in editions] == [1, 2, 3]
    assert all(after.parent == before for before, after in pairwise(editions))
