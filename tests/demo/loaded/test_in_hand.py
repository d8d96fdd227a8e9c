"""What lies on the desk of the demonstration, and that all its rows keep every promise."""

import pytest

from mitplan.conference.models import Organisation
from mitplan.demo.simulation.invariants import check_invariants
from mitplan.participation.models import (
    AgendaPoint,
    ExtensionRequest,
    Objection,
    PointGroup,
    PointPair,
    Suggestion,
)
from mitplan.participation.queries.letters import letter_of
from mitplan.participation.queries.submissions import submission_by_number

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def test_demonstration_has_forty_organisations():
    assert Organisation.objects.filter(is_demonstration=True).count() == 40


def test_letter_of_several_pages_is_split_but_for_a_rest():
    letter = letter_of(submission_by_number("2-008"))

    assert len(letter.blocks) >= 10
    assert sum(bool(block.point) for block in letter.blocks) == 5
    assert letter.left


def test_desk_holds_twins_a_contradiction_more_time_the_store_and_answers():
    assert PointGroup.objects.count() == 1
    assert PointPair.objects.filter(relation=PointPair.Relation.CONTRADICTING).count() == 1
    granted = ExtensionRequest.objects.order_by("pk").values_list("granted_until", flat=True)
    assert [day is not None for day in granted] == [True, False]
    assert Suggestion.objects.count() == 2
    stances = Objection.objects.order_by("pk").values_list("stance", flat=True)
    assert list(stances) == ["maintained", "accepted"]
    assert AgendaPoint.objects.filter(cause=AgendaPoint.Cause.MAINTAINED).count() == 1


def test_demonstration_keeps_every_promise():
    assert [(each.name, each.breaches) for each in check_invariants() if each.breaches] == []
