"""Groups of near-identical points are decided in one act, contradicting points together or not at all."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mitplan.core.text.passages import Kind
from mitplan.participation import actions
from mitplan.participation.actions import DecisionValues
from mitplan.participation.models import Outcome, Point, PointGroup, PointPair, ReasonCode
from mitplan.plan import actions as plan_actions
from mitplan.plan.models import Edition, TextChange
from mitplan.plan.queries import draft_of
from tests import factories
from tests.factories import AFTER_CLOSING

pytestmark = pytest.mark.django_db

DECLINED = DecisionValues(
    outcome=Outcome.DECLINED, reason_code=ReasonCode.BUDGET, sentence="Es fehlt Geld."
)
TAKEN_UP = DecisionValues(outcome=Outcome.TAKEN_UP)


@pytest.fixture
def points(consultation):
    return [factories.make_point(consultation) for _number in range(3)]


def act(action, **values):
    return action(**values, by=factories.make_secretary(), at=AFTER_CLOSING)


def group_of(consultation, points):
    return act(actions.make_group, consultation=consultation, points=points)


def outcomes():
    return list(Point.objects.order_by("pk").values_list("latest_decision__outcome", flat=True))


def test_make_group_puts_points_together(consultation, points):
    group = group_of(consultation, points[:2])

    assert list(Point.objects.order_by("pk").values_list("group", flat=True)) == [
        group.pk,
        group.pk,
        None,
    ]


def test_make_group_of_groups_makes_one(consultation, points):
    fourth = factories.make_point(consultation)
    first = group_of(consultation, points[:2])
    second = group_of(consultation, [points[2], fourth])

    assert group_of(consultation, [points[0], points[2]]) == first
    assert first.points.count() == 4
    second.refresh_from_db()
    assert second.dissolved_at == AFTER_CLOSING


def test_make_group_of_one_is_refused(consultation, points):
    with pytest.raises(ValidationError, match="mindestens zwei"):
        group_of(consultation, points[:1])


def test_make_group_with_a_decided_point_is_refused(consultation, points):
    factories.declined(points[0])

    with pytest.raises(ValidationError, match="schon entschieden"):
        group_of(consultation, points)


def test_make_group_over_two_rounds_is_refused(consultation, points):
    with pytest.raises(ValidationError, match="derselben Runde"):
        group_of(consultation, [points[0], factories.make_point()])


def test_make_group_without_the_right_is_refused(consultation, points):
    with pytest.raises(PermissionDenied):
        actions.make_group(
            consultation=consultation, points=points, by=factories.make_member(), at=AFTER_CLOSING
        )


def test_leave_group_of_two_dissolves_it(consultation, points):
    group = group_of(consultation, points[:2])

    act(actions.leave_group, point=points[0])

    group.refresh_from_db()
    assert (group.points.count(), group.dissolved_at) == (0, AFTER_CLOSING)


def test_leave_group_of_three_leaves_two(consultation, points):
    group = group_of(consultation, points)

    act(actions.leave_group, point=points[0])

    group.refresh_from_db()
    assert (group.points.count(), group.dissolved_at) == (2, None)


def test_decide_decides_on_all_of_the_group(consultation, points):
    group_of(consultation, points[:2])

    act(actions.decide, point=points[1], values=DECLINED)

    assert outcomes() == ["declined", "declined", None]


def test_decide_taken_up_gives_the_words_once_and_every_point_a_part_in_them(consultation, points):
    other = factories.make_submission(consultation, points=2).points.get(position=2)
    group_of(consultation, [points[0], points[1], other])

    act(actions.decide, point=other, values=TAKEN_UP)

    edition = release(consultation)
    changes = TextChange.objects.filter(edition=edition).order_by("origins__point")
    assert list(changes.values_list("origins__point", flat=True)) == [
        points[0].pk,
        points[1].pk,
        other.pk,
    ]
    assert edition.entries.get(
        kind=Kind.PARAGRAPH, wording__text__contains="Abend"
    ).wording.text == ("Das Land fördert Sprachkurse am Vormittag und am Abend.")


def test_decide_to_insert_a_passage_for_a_group_inserts_it_once(consultation, points):
    group_of(consultation, points[:2])
    values = DecisionValues(
        outcome=Outcome.IN_SUBSTANCE,
        reason_code=ReasonCode.WORDING,
        sentence="Als eigener Satz.",
        final_text="Kurse finden auch abends statt.",
        insert=True,
    )

    act(actions.decide, point=points[0], values=values)

    draft = draft_of(consultation.edition.plan).consolidation
    texts = [passage.text for passage in draft.document]
    assert (texts.count("Kurse finden auch abends statt."), draft.open) == (1, ())


def release(consultation):
    by = factories.make_secretary()
    return plan_actions.freeze_draft(
        plan=consultation.edition.plan,
        kind=Edition.Kind.CABINET_VERSION,
        title="Danach",
        dated_on=AFTER_CLOSING.date(),
        by=by,
        at=AFTER_CLOSING,
    )


def test_decide_anew_takes_the_words_of_all_out_of_the_draft(consultation, points):
    group_of(consultation, points[:2])
    act(actions.decide, point=points[0], values=TAKEN_UP)

    act(actions.decide, point=points[1], values=DECLINED)

    assert outcomes() == ["declined", "declined", None]
    assert "Das Land fördert Sprachkurse am Vormittag." in [
        passage.text for passage in draft_of(consultation.edition.plan).consolidation.document
    ]


def test_reopen_opens_the_whole_group(consultation, points):
    group_of(consultation, points[:2])
    act(actions.decide, point=points[0], values=DECLINED)

    act(actions.reopen_point, point=points[1])

    assert outcomes() == [None, None, None]


def test_keep_apart_notes_every_pair(consultation, points):
    act(actions.keep_apart, consultation=consultation, points=points)

    assert list(PointPair.objects.values_list("relation", flat=True)) == ["different"] * 3


def test_keep_apart_within_a_group_is_refused(consultation, points):
    group_of(consultation, points)

    with pytest.raises(ValidationError, match="erst aus der Gruppe"):
        act(actions.keep_apart, consultation=consultation, points=points[:2])


def linked(points, reason="Mehr und weniger zugleich geht nicht."):
    return act(actions.link_contradiction, first=points[1], second=points[0], reason=reason)


def test_link_contradiction_needs_a_reason(points):
    with pytest.raises(ValidationError, match="worin"):
        linked(points, reason=" ")


def test_decide_on_one_side_of_a_contradiction_is_refused(points):
    linked(points)

    with pytest.raises(ValidationError, match="zusammen entscheiden"):
        act(actions.decide, point=points[0], values=DECLINED)


def test_decide_on_one_side_is_possible_once_the_other_is_withdrawn(points):
    linked(points)
    submission = points[1].submission
    actions.withdraw_submission(
        submission=submission, seat=factories.make_seat(submission.organisation), at=AFTER_CLOSING
    )

    act(actions.decide, point=points[0], values=DECLINED)

    assert outcomes() == ["declined", None, None]


def test_decide_contradiction_decides_on_both_and_their_groups(consultation, points):
    group_of(consultation, [points[1], points[2]])
    pair = linked(points)

    act(
        actions.decide_contradiction,
        pair=pair,
        values={points[0].pk: TAKEN_UP, points[1].pk: DECLINED},
    )

    assert outcomes() == ["taken_up", "declined", "declined"]


def test_decide_contradiction_decides_on_none_if_one_fails(points):
    pair = linked(points)
    bare = DecisionValues(outcome=Outcome.DECLINED)

    with pytest.raises(ValidationError):
        act(
            actions.decide_contradiction,
            pair=pair,
            values={points[0].pk: TAKEN_UP, points[1].pk: bare},
        )

    assert outcomes() == [None, None, None]


def test_make_group_of_contradicting_points_is_refused(consultation, points):
    linked(points)

    with pytest.raises(ValidationError, match="widersprechen sich"):
        group_of(consultation, points)

    assert PointGroup.objects.count() == 0


def test_unlink_contradiction_frees_both(points):
    act(actions.unlink_contradiction, pair=linked(points))

    act(actions.decide, point=points[0], values=DECLINED)

    assert outcomes() == ["declined", None, None]
