"""Points that are split, merged or reworded go on in successors, and no word is lost."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mitplan.participation import actions
from mitplan.participation.actions import PointValues
from mitplan.participation.models import Point, Succession
from mitplan.participation.policies import PointState, point_state
from mitplan.participation.queries import undecided_points
from mitplan.participation.queries.successions import lineage_of
from tests import factories
from tests.factories import AFTER_CLOSING

pytestmark = pytest.mark.django_db

SPLIT, MERGED, REWORDED = (
    Succession.Cause.SPLIT,
    Succession.Cause.MERGED,
    Succession.Cause.REWORDED,
)


def values(*texts):
    return [PointValues(kind=Point.Kind.SUGGESTION, text=text) for text in texts]


def replace(points, successors, cause, reason="Es sind zwei Forderungen."):
    return actions.replace_points(
        points=points,
        successors=successors,
        cause=cause,
        reason=reason,
        by=factories.make_secretary(),
        at=AFTER_CLOSING,
    )


@pytest.fixture
def letter(consultation):
    return factories.make_letter(consultation, points=2)


@pytest.fixture
def point(letter):
    return letter.points.get(position=1)


def test_split_gives_successors_new_numbers_and_keeps_the_old_point(consultation, letter, point):
    new = replace([point], values("Anregung", "Anregung 0"), SPLIT)

    point.refresh_from_db()
    assert [each.number for each in new] == [f"{letter.number}-03", f"{letter.number}-04"]
    assert (point.text, point_state(point)) == ("Anregung 0", PointState.REPLACED)
    assert list(
        undecided_points(consultation).order_by("position").values_list("position", flat=True)
    ) == [2, 3, 4]


def test_lineage_is_told_from_both_sides(point):
    first, second = replace([point], values("Anregung", "0"), SPLIT)

    assert [row.successor for row in lineage_of(point).after] == [first, second]
    assert [row.point for row in lineage_of(second).before] == [point]


def test_merge_makes_one_of_several_of_a_submission(letter):
    [new] = replace(list(letter.points.all()), values("Anregung 0 und Anregung 1"), MERGED)

    assert [row.point.number for row in lineage_of(new).before] == [
        f"{letter.number}-01",
        f"{letter.number}-02",
    ]


def test_reword_may_use_other_words(point):
    [new] = replace([point], values("Ganz anders gesagt."), REWORDED, "Verständlicher.")

    assert new.text == "Ganz anders gesagt."


def test_split_that_loses_a_word_is_refused(point):
    with pytest.raises(ValidationError, match="Es fehlt: 0"):
        replace([point], values("Anregung", "eins"), SPLIT)


def test_merge_over_two_submissions_is_refused(consultation, point):
    other = factories.make_letter(consultation).points.get()

    with pytest.raises(ValidationError, match="wird eine Gruppe"):
        replace([point, other], values("Anregung 0"), MERGED)


def test_replace_without_a_reason_is_refused(point):
    with pytest.raises(ValidationError, match="öffentlich"):
        replace([point], values("Anders"), REWORDED, " ")


def test_replace_decided_point_is_refused(point):
    factories.declined(point)

    with pytest.raises(ValidationError, match="schon entschieden"):
        replace([point], values("Anders"), REWORDED)


def test_replace_twice_is_refused(point):
    replace([point], values("Anders"), REWORDED)

    with pytest.raises(ValidationError, match="in anderen aufgegangen"):
        replace([point], values("Noch anders"), REWORDED)


def test_decide_on_a_replaced_point_is_refused(point):
    replace([point], values("Anders"), REWORDED)

    with pytest.raises(ValidationError, match="Nachfolgern"):
        factories.declined(point)


def test_replace_in_a_group_is_refused(consultation, letter):
    points = list(letter.points.all())
    actions.make_group(
        consultation=consultation, points=points, by=factories.make_secretary(), at=AFTER_CLOSING
    )

    with pytest.raises(ValidationError, match="Gruppe"):
        replace(points[:1], values("Anders"), REWORDED)


@given(st.lists(st.sampled_from(["Anregung", "0", "mehr"]), min_size=2, max_size=5))
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_split_is_accepted_exactly_if_no_word_is_lost(consultation, texts):
    point = factories.make_letter(consultation).points.get()

    try:
        new = replace([point], values(*texts), SPLIT)
    except ValidationError:
        assert not {"Anregung", "0"} <= set(texts)
    else:
        assert {"Anregung", "0"} <= {each.text for each in new}
