"""The public reason for unequal answers to near-identical points."""

import pytest
from django.core.cache import caches

from mitplan.participation import actions as participation
from mitplan.participation.actions import PointValues
from mitplan.participation.models import Point, Submission
from mitplan.publishing.queries.treatment import unequal_answers_of
from tests import factories
from tests.counting import statements
from tests.publishing.test_reader import text_of

pytestmark = pytest.mark.django_db

DEMAND = "Das Land soll Sprachkurse am Abend in allen Landkreisen fördern."
REASON = "Die zweite kam aus einem anderen Kreis."


def published(*texts):
    """Results in which the first point is taken up and the others are declined."""
    consultation = factories.make_consultation()
    for text in texts:
        participation.record_submission(
            consultation=consultation,
            organisation=factories.make_organisation(),
            route=Submission.Route.LETTER,
            letter="",
            points=[PointValues(kind=Point.Kind.SUGGESTION, text=text)],
            by=factories.make_secretary(),
            at=factories.WHILE_OPEN,
        )
    points = Point.objects.filter(submission__consultation=consultation).order_by("pk")
    for number, point in enumerate(points):
        if number:
            factories.declined(point)
        else:
            participation.decide(
                point=point,
                values=participation.DecisionValues(
                    outcome="noted", reason_code="other", sentence="Zur Kenntnis."
                ),
                by=factories.make_secretary(),
                at=factories.AFTER_CLOSING,
            )
    return participation.publish_results(
        consultation=consultation,
        reason=REASON,
        by=factories.make_secretary(),
        at=factories.AFTER_CLOSING,
    )


@pytest.mark.parametrize("page", ["", "gleichbehandlung/"])
def test_unequal_answers_stand_with_reason_and_points_on_the_public_page(client, page):
    consultation = published(DEMAND, DEMAND)

    response = client.get(f"/ergebnis/{consultation.number}/{page}")
    text, source = text_of(response), response.content.decode()

    assert "1 Paar fast gleicher Anliegen ist verschieden entschieden." in text
    assert REASON in text
    numbers = Point.objects.order_by("pk").values_list("number", flat=True)
    assert [f'<a href="/anliegen/{number}/">{number}</a>' in source for number in numbers] == [
        True,
        True,
    ]


def test_equal_answers_need_no_reason(client):
    consultation = published(DEMAND, "Mehr Busse auf dem Land.")

    assert unequal_answers_of(consultation) is None
    assert "doch verschieden" not in text_of(client.get(f"/ergebnis/{consultation.number}/"))


def test_unequal_answers_take_the_same_statements_for_any_number(client):
    counts = []
    for amount in (2, 12):
        consultation = published(*[DEMAND] * amount)
        caches["pages"].clear()
        counts.append(statements(client, f"/ergebnis/{consultation.number}/"))

    assert counts[0] == counts[1]
