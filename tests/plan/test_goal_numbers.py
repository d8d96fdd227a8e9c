"""A goal's number is its permanent address, however its sentence is reworded."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from mitplan.core.text.passages import Kind
from mitplan.plan.models import Edition, Goal
from tests import factories

pytestmark = pytest.mark.django_db


def reworded(text, number="Z1"):
    """The text of all tests with another sentence, and perhaps another number, for its goal."""
    return tuple(
        replace(each, text=text, fields=(("Nummer", number), *each.fields[1:]))
        if each.kind == Kind.GOAL
        else each
        for each in factories.TEXT
    )


def test_goal_with_a_wholly_new_sentence_keeps_its_passage():
    plan = factories.make_edition().plan
    passage = Goal.objects.get().passage

    factories.make_edition(plan, reworded("Niemand wartet länger als vier Wochen auf einen Kurs."))

    assert [goal.passage for goal in Goal.objects.all()] == [passage]


def test_goal_whose_sentence_stays_but_whose_number_changes_is_refused():
    plan = factories.make_edition().plan
    sentence = next(each.text for each in factories.TEXT if each.kind == Kind.GOAL)

    with pytest.raises(ValidationError, match="Z9 steht an der Textstelle, an der bisher Z1 stand"):
        factories.make_edition(plan, reworded(sentence, number="Z9"))

    assert Edition.objects.count() == 1
