"""What people write beside the text, saved again and again."""

import pytest
from django.core.exceptions import ValidationError

from mitplan.participation import actions
from mitplan.participation.actions import RemarkValues, TopicValues
from mitplan.participation.models import Point
from tests import factories
from tests.factories import WHILE_OPEN

pytestmark = pytest.mark.django_db


@pytest.fixture
def passage(consultation):
    return factories.passage_of(consultation.edition, "Familien")


@pytest.fixture
def save(consultation, passage, seat):
    def save(**values):
        return actions.save_remark(
            consultation=consultation,
            passage=passage,
            values=RemarkValues(**values),
            seat=seat,
            at=WHILE_OPEN,
        )

    return save


def test_save_remark_with_other_words_is_an_amendment(save):
    point = save(proposed_text="Die Kommunen beraten alle vor Ort.", comment="Auch Einzelne.")

    assert (point.kind, point.proposal, point.reason) == ("amendment", "reword", "Auch Einzelne.")


def test_save_remark_with_the_same_words_is_a_comment(save):
    point = save(proposed_text="Die Kommunen beraten Familien vor Ort.", comment="Gut so.")

    assert (point.kind, point.proposal, point.text) == ("suggestion", "", "Gut so.")


def test_save_remark_that_deletes_needs_no_words(save):
    point = save(
        proposed_text="Die Kommunen beraten Familien vor Ort.", proposal=Point.Proposal.DELETE
    )

    assert (point.proposal, point.proposed_text) == ("delete", "")


def test_save_remark_again_changes_the_same_point(save):
    first = save(comment="Gut so.")

    second = save(proposed_text="Ganz anders.", comment="Doch nicht.")

    assert second.pk == first.pk
    assert (second.kind, second.text, second.reason) == ("amendment", "", "Doch nicht.")


def test_save_remark_stands_beside_what_is_missing_behind_the_passage(save):
    here = save(comment="Gut so.")

    behind = save(proposed_text="Auch abends.", proposal=Point.Proposal.INSERT_AFTER)

    assert (here.proposal, behind.proposal) == ("", "insert_after")
    assert Point.objects.count() == 2


def test_save_remark_with_nothing_left_takes_the_point_away(save):
    save(comment="Gut so.")

    assert save(comment=" ") is None
    assert Point.objects.count() == 0


def test_save_remark_keeps_the_wording_it_speaks_about(save):
    assert save(comment="Gut so.").quote == "Die Kommunen beraten Familien vor Ort."


def test_save_remark_at_a_passage_of_another_text_is_refused(consultation, seat):
    foreign = factories.passage_of(factories.make_edition(), "Familien")

    with pytest.raises(ValidationError, match="steht nicht in der Fassung, um die es geht"):
        actions.save_remark(
            consultation=consultation,
            passage=foreign,
            values=RemarkValues(comment="Hm."),
            seat=seat,
            at=WHILE_OPEN,
        )


def test_save_answers_keeps_one_answer_to_each_question(consultation, seat):
    question = consultation.questions.get()
    for text in ("Abends", "Am Wochenende"):
        actions.save_answers(
            consultation=consultation, answers={question: text}, seat=seat, at=WHILE_OPEN
        )

    assert list(question.answers.values_list("kind", "text")) == [("answer", "Am Wochenende")]


def test_save_answers_with_an_empty_answer_takes_it_away(consultation, seat):
    question = consultation.questions.get()
    for text in ("Abends", ""):
        actions.save_answers(
            consultation=consultation, answers={question: text}, seat=seat, at=WHILE_OPEN
        )

    assert question.answers.count() == 0


def topic(consultation, seat, text, point=None):
    return actions.save_topic(
        consultation=consultation,
        values=TopicValues(kind=Point.Kind.MISSING, text=text),
        seat=seat,
        at=WHILE_OPEN,
        point=point,
    )


def test_save_topic_sent_twice_stays_one(consultation, seat):
    assert topic(consultation, seat, "Sport") == topic(consultation, seat, "Sport")
    assert Point.objects.count() == 1


def test_save_topic_with_its_point_writes_it_anew(consultation, seat):
    first = topic(consultation, seat, "Sport")

    again = topic(consultation, seat, "Sport und Spiel", point=first)

    assert (again.pk, again.text) == (first.pk, "Sport und Spiel")


def test_save_topic_without_words_is_refused(consultation, seat):
    with pytest.raises(ValidationError, match="Anliegen oder einen Wortlaut"):
        topic(consultation, seat, "  ")
