"""What a decision takes of a proposal over several passages into the draft."""

import pytest
from django.core.exceptions import ValidationError

from mitplan.core.text import amendments as core
from mitplan.core.text.passages import Kind
from mitplan.participation import actions
from mitplan.participation.actions import DecisionValues
from mitplan.participation.models import Outcome, ReasonCode
from mitplan.plan.queries import draft_of
from tests import factories
from tests.factories import AFTER_CLOSING

pytestmark = pytest.mark.django_db

COURSES = "Das Land fördert Sprachkurse am Vormittag."
ADVICE = "Die Kommunen beraten Familien vor Ort."
ALL = "Die Kommunen beraten alle vor Ort."
MOVED, REWORDED = 0, 1


@pytest.fixture
def point(consultation):
    return factories.make_wide_point(consultation)


def partly(point, **values):
    return actions.decide(
        point=point,
        values=DecisionValues(
            outcome=Outcome.PARTLY,
            reason_code=ReasonCode.WORDING,
            sentence="Nur ein Teil.",
            **values,
        ),
        by=factories.make_secretary(),
        at=AFTER_CLOSING,
    )


def drafted(point):
    document = draft_of(point.edition.plan).consolidation.document
    return [passage.text for passage in document if passage.kind == Kind.PARAGRAPH]


def test_taken_up_brings_every_change_into_the_draft(point):
    factories.taken_up(point)

    assert drafted(point) == [ALL, COURSES]


@pytest.mark.parametrize(
    ("parts", "text"), [((MOVED,), [ADVICE, COURSES]), ((REWORDED,), [COURSES, ALL])]
)
def test_partly_taken_up_brings_the_chosen_parts(point, parts, text):
    partly(point, parts=parts)

    assert drafted(point) == text


def test_partly_taken_up_brings_chosen_parts_and_words_of_the_editor(point):
    advice = factories.passage_of(point.edition, "Familien")

    partly(point, parts=(MOVED,), passage=advice, final_text="Die Kommunen beraten.")

    assert drafted(point) == ["Die Kommunen beraten.", COURSES]


def test_partly_taken_up_with_two_wordings_of_a_passage_is_refused(point):
    advice = factories.passage_of(point.edition, "Familien")

    with pytest.raises(ValidationError, match="entweder den Teil des Vorschlags ankreuzen oder"):
        partly(point, parts=(REWORDED,), passage=advice, final_text="Die Kommunen beraten.")


def test_partly_taken_up_with_an_unknown_part_is_refused(point):
    with pytest.raises(ValidationError, match="keinen Teil mit der Nummer 8"):
        partly(point, parts=(7,))


def test_partly_taken_up_with_all_parts_is_the_amendment_itself(point):
    partly(point, parts=(MOVED, REWORDED))

    document = draft_of(point.edition.plan)
    assert list(document.consolidation.applied) == [point.amendment_id]


def test_partly_taken_up_on_a_newer_edition_brings_the_part_as_it_stands_there(point):
    newer = tuple(
        factories.PassageValue("", each.kind, f"Neu. {each.text}", each.level)
        if each.text == COURSES
        else each
        for each in factories.TEXT
    )
    factories.make_public_edition(point.edition.plan, newer)

    partly(point, parts=(REWORDED,))

    assert drafted(point) == [f"Neu. {COURSES}", ALL]


def test_editors_wording_with_a_blank_line_divides_the_passage(point):
    advice = factories.passage_of(point.edition, "Familien")

    partly(point, passage=advice, final_text="Die Kommunen beraten.\r\n\r\nFamilien vor Ort auch.")

    assert drafted(point) == [COURSES, "Die Kommunen beraten.", "Familien vor Ort auch."]
    [amendment] = draft_of(point.edition.plan).consolidation.applied.values()
    assert any(isinstance(each, core.SplitPassage) for each in amendment)
