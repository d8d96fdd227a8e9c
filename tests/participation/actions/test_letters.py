"""A letter is cut into ranges of words, and no word of it is ever lost."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mitplan.participation import actions
from mitplan.participation.actions import BlockValues
from mitplan.participation.models import LetterBlock, Point, Submission
from mitplan.participation.queries.letters import letter_of
from tests import factories
from tests.factories import AFTER_CLOSING

pytestmark = pytest.mark.django_db

LETTER = "Sehr geehrte Damen und Herren,\n\nwir wünschen Kurse am Abend und mehr Busse.\n\nDanke."


@pytest.fixture
def submission(consultation):
    return received(consultation)


def received(consultation):
    return actions.record_submission(
        consultation=consultation,
        organisation=factories.make_organisation(),
        route=Submission.Route.LETTER,
        letter=LETTER,
        points=[],
        by=factories.make_secretary(),
        at=AFTER_CLOSING,
    )


def take(submission, position, excerpt):
    return actions.make_point_of_blocks(
        submission=submission,
        positions=[position],
        values=BlockValues(Point.Kind.SUGGESTION),
        excerpt=excerpt,
        by=factories.make_secretary(),
        at=AFTER_CLOSING,
    )


def mark(submission, position, excerpt):
    actions.mark_blocks(
        submission=submission,
        positions=[position],
        is_without_demand=True,
        excerpt=excerpt,
        by=factories.make_secretary(),
        at=AFTER_CLOSING,
    )


def words_in(submission):
    return " ".join(block.text for block in letter_of(submission).blocks).split()


def test_a_range_of_words_becomes_a_point_and_the_rest_is_left(submission):
    point = take(submission, 2, "Kurse  am\nAbend")

    letter = letter_of(submission)
    assert point.text == "Kurse am Abend"
    assert [(block.text, bool(block.point)) for block in letter.blocks] == [
        ("Sehr geehrte Damen und Herren,", False),
        ("wir wünschen", False),
        ("Kurse am Abend", True),
        ("und mehr Busse.", False),
        ("Danke.", False),
    ]


def test_a_range_may_be_declared_to_hold_no_demand(submission):
    mark(submission, 2, "wir wünschen")

    assert [block.text for block in letter_of(submission).blocks if block.is_without_demand] == [
        "wir wünschen"
    ]


def test_a_range_that_does_not_stand_there_is_refused(submission):
    with pytest.raises(ValidationError, match="steht nicht im"):
        take(submission, 1, "Busse")

    assert LetterBlock.objects.count() == 0


@given(st.data())
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_cut_the_letter_is_its_points_and_its_rest(consultation, data):
    submission = received(consultation)
    for _step in range(3):
        left = [block for block in letter_of(submission).blocks if not block.point]
        if not left:
            break
        block = data.draw(st.sampled_from(left))
        words = block.text.split()
        start = data.draw(st.integers(0, len(words) - 1))
        end = data.draw(st.integers(start + 1, len(words)))
        act = data.draw(st.sampled_from([take, mark]))
        act(submission, block.position, " ".join(words[start:end]))

    assert words_in(submission) == LETTER.split()
    points = [block.text for block in letter_of(submission).blocks if block.point]
    assert sorted(points) == sorted(point.text for point in submission.points.all())
