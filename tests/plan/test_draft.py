"""The draft: what is accepted, taken back, settled, and frozen."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mitplan.core.text import amendments as core
from mitplan.core.text.runs import spans
from mitplan.plan import actions, queries
from mitplan.plan.models import Acceptance, Amendment, Edition, Origin, Passage, Settlement
from tests import factories

pytestmark = pytest.mark.django_db

AT = factories.AFTER_CLOSING


@pytest.fixture
def edition(db):
    return factories.make_edition()


def origin_of(plan, label="Redaktion", reason="Klarer"):
    return Origin.objects.create(
        plan=plan, kind=Origin.Kind.EDITORIAL, label=label, reason=reason, began_at=AT
    )


def edit(edition, text, key="t3", origin=None, by=None):
    document = queries.state_of(edition).document
    passage = next(each for each in document if each.id == key)
    return actions.edit_draft(
        base=edition,
        operations=core.rewording(passage, text),
        origin=origin or origin_of(edition.plan),
        by=by or factories.make_secretary(),
        at=AT,
    )


def freeze(plan, kind=Edition.Kind.REPORT):
    return actions.freeze_draft(
        plan=plan,
        kind=kind,
        title="Bericht",
        dated_on=AT.date(),
        by=factories.make_secretary(),
        at=AT,
    )


def text_of(plan, key="t3"):
    document = queries.draft_of(plan).consolidation.document
    return next(each.text for each in document if each.id == key)


def test_draft_of_a_plan_without_an_edition_is_none(db):
    assert queries.draft_of(factories.make_plan()) is None


def test_draft_without_acceptances_is_the_edition(edition):
    draft = queries.draft_of(edition.plan)

    assert draft.consolidation.document == draft.base_state.document
    assert draft.consolidation.changes == ()


def test_accepted_words_carry_their_origin(edition):
    origin = origin_of(edition.plan)
    edit(edition, "Das Land fördert Sprachkurse am Vormittag und am Abend.", origin=origin)

    runs = queries.draft_of(edition.plan).consolidation.runs["t3"]

    assert [(each.text, each.origin) for each in spans(text_of(edition.plan), runs)] == [
        ("Das Land fördert Sprachkurse am Vormittag", edition.origin.pk),
        (" und am Abend", origin.pk),
        (".", edition.origin.pk),
    ]


def test_edit_by_somebody_else_is_not_allowed(edition):
    with pytest.raises(PermissionDenied):
        edit(edition, "Neu.", by=factories.make_department_contact())


def test_edit_of_an_older_edition_is_refused(edition):
    freeze(edition.plan)

    with pytest.raises(ValidationError, match="Fassung 1 ist abgeschlossen"):
        edit(edition, "Neu.")

    assert Acceptance.objects.count() == 0


def test_amendment_about_an_unknown_passage_is_refused(edition):
    with pytest.raises(ValidationError, match="passt nicht zur Fassung"):
        actions.record_amendment(base=edition, operations=[core.DeletePassage("t99")], at=AT)

    assert Amendment.objects.count() == 0


def test_take_back_removes_what_an_origin_brought(edition):
    origin = origin_of(edition.plan)
    edit(edition, "Neu.", origin=origin)

    taken = [
        actions.take_back_acceptances(origin=origin, by=factories.make_secretary(), at=AT)
        for _time in range(2)
    ]

    assert taken == [1, 0]
    assert text_of(edition.plan) == "Das Land fördert Sprachkurse am Vormittag."


def test_reserved_passages_are_never_given_twice(edition):
    first = actions.reserve_passages(edition.plan, 2)
    second = actions.reserve_passages(edition.plan, 1)

    assert (first, second) == (["t7", "t8"], ["t9"])
    assert Passage.objects.filter(plan=edition.plan).count() == 9


def test_freeze_writes_the_drafts_text_with_its_changes(edition):
    edit(edition, "Das Land fördert Sprachkurse am Abend.")

    frozen = freeze(edition.plan)

    assert frozen.entries.get(passage__number=3).wording.text == (
        "Das Land fördert Sprachkurse am Abend."
    )
    assert [
        (each.passage.key, each.kind, list(each.origins.values_list("label", flat=True)))
        for each in frozen.changes.all()
    ] == [("t3", "changed", ["Redaktion"])]


def test_freeze_begins_an_empty_draft_on_the_new_edition(edition):
    edit(edition, "Das Land fördert Sprachkurse am Abend.")

    frozen = freeze(edition.plan)

    draft = queries.draft_of(edition.plan)
    assert (draft.base, draft.consolidation.changes) == (frozen, ())


def test_freeze_without_a_text_is_refused(db):
    with pytest.raises(ValidationError, match="noch keinen Text"):
        freeze(factories.make_plan())


@pytest.fixture
def conflict(edition):
    """Two edits of the same words."""
    edit(edition, "Das Land fördert Sprachkurse am Abend.")
    edit(edition, "Das Land fördert Sprachkurse am Wochenende.")
    return queries.draft_of(edition.plan).consolidation.open[0]


def settle(edition, cluster, choice, **more):
    values = {"reason": "So ist es gewollt."} | more
    return actions.settle_conflict(
        base=edition, cluster=cluster, choice=choice, by=factories.make_secretary(), at=AT, **values
    )


def test_conflict_keeps_the_base_until_it_is_settled(edition, conflict):
    assert text_of(edition.plan) == "Das Land fördert Sprachkurse am Vormittag."
    assert conflict.passages == ("t3",)


def test_adopting_with_an_open_conflict_is_refused(edition, conflict):
    with pytest.raises(ValidationError, match="noch ein Konflikt"):
        freeze(edition.plan, Edition.Kind.ADOPTED)

    assert Edition.objects.count() == 1


def test_freeze_takes_what_is_agreed_and_carries_on_what_is_contested(edition, conflict):
    agreed = edit(edition, "Die Kommunen beraten Familien am Ort.", key="t4")

    new = freeze(edition.plan)

    draft = queries.draft_of(edition.plan)
    texts = dict(new.entries.values_list("passage__number", "wording__text"))
    assert texts[3] == "Das Land fördert Sprachkurse am Vormittag."
    assert texts[4] == "Die Kommunen beraten Familien am Ort."
    assert list(new.changes.values_list("origins", flat=True)) == [agreed.origin_id]
    assert (draft.base, len(draft.amendments)) == (new, 2)
    [still_open] = draft.consolidation.open
    assert still_open.relations == conflict.relations
    versions = Amendment.objects.filter(base=new).order_by("pk")
    assert tuple(versions.values_list("derived_from", flat=True)) == conflict.amendments
    assert queries.consensus_of(queries.draft_on(edition)).outside != ()


def test_what_was_carried_on_is_settled_on_the_new_edition(edition, conflict):
    new = freeze(edition.plan)
    [still_open] = queries.draft_of(edition.plan).consolidation.open

    settle(new, still_open.key, Settlement.Choice.CHOOSE, amendments=still_open.amendments[1:])

    assert text_of(edition.plan) == "Das Land fördert Sprachkurse am Wochenende."
    assert freeze(edition.plan, Edition.Kind.ADOPTED).number == 3


def test_what_was_carried_on_can_be_taken_back(edition, conflict):
    acceptance = Acceptance.objects.first()
    freeze(edition.plan)

    taken = actions.take_back_acceptances(
        origin=acceptance.origin, by=factories.make_secretary(), at=AT
    )

    assert taken == 1
    assert queries.draft_of(edition.plan).consolidation.open == ()


def test_settle_by_choosing_takes_one_side(edition, conflict):
    settle(edition, conflict.key, Settlement.Choice.CHOOSE, amendments=conflict.amendments[1:])

    assert text_of(edition.plan) == "Das Land fördert Sprachkurse am Wochenende."
    assert freeze(edition.plan).number == 2


def test_settle_by_own_words_attributes_them_to_the_settlement(edition, conflict):
    settlement = settle(edition, conflict.key, Settlement.Choice.CUSTOM, texts=[("", "Morgen")])

    assert text_of(edition.plan) == "Das Land fördert Sprachkurse am Morgen."
    assert (settlement.origin.label, settlement.origin.reason) == (
        "Konfliktlösung",
        "So ist es gewollt.",
    )


@pytest.mark.parametrize(
    ("choice", "more", "sentence"),
    [
        (Settlement.Choice.KEEP_BASE, {"reason": ""}, "öffentlich begründen|darf nicht leer"),
        (Settlement.Choice.CUSTOM, {}, "eigenen Wortlaut schreiben"),
        (Settlement.Choice.CHOOSE, {}, "hebt den Widerspruch nicht auf"),
        (Settlement.Choice.CHOOSE, {"amendments": [999]}, "hebt den Widerspruch nicht auf"),
    ],
)
def test_settle_wrongly_is_refused_and_nothing_is_saved(edition, conflict, choice, more, sentence):
    with pytest.raises(ValidationError, match=sentence):
        settle(edition, conflict.key, choice, **more)

    assert (Settlement.objects.count(), Origin.objects.filter(label="Konfliktlösung").count()) == (
        0,
        0,
    )


def test_settle_both_sides_of_a_contradiction_is_refused(edition, conflict):
    with pytest.raises(ValidationError, match="hebt den Widerspruch nicht auf"):
        settle(edition, conflict.key, Settlement.Choice.CHOOSE, amendments=conflict.amendments)


def test_settle_a_conflict_that_is_gone_is_refused(edition):
    with pytest.raises(ValidationError, match="Diesen Konflikt gibt es nicht mehr"):
        settle(edition, "0" * 64, Settlement.Choice.KEEP_BASE)


def test_settle_again_replaces_the_earlier_settlement(edition, conflict):
    settle(edition, conflict.key, Settlement.Choice.KEEP_BASE)
    settle(edition, conflict.key, Settlement.Choice.CHOOSE, amendments=conflict.amendments[:1])

    assert text_of(edition.plan) == "Das Land fördert Sprachkurse am Abend."
    assert Settlement.objects.count() == 2
