"""Points on which work goes on, taken along into the next round."""

from datetime import date

import pytest
import time_machine

from mitplan.participation import actions
from mitplan.participation.models import CarriedPoint, Outcome, ReasonCode
from tests import factories
from tests.counting import statements
from tests.participation.conftest import client_of
from tests.participation.views.test_replies import words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _after_closing():
    with time_machine.travel(factories.AFTER_CLOSING, tick=False):
        yield


def defer(points):
    for each in points:
        actions.decide(
            point=each,
            values=actions.DecisionValues(
                outcome=Outcome.DEFERRED,
                reason_code=ReasonCode.MORE_WORK,
                sentence="Das Ressort prüft.",
                owner="Referat 7",
                review_on=date(2026, 9, 1),
            ),
            by=factories.make_secretary(),
            at=factories.AFTER_CLOSING,
        )


@pytest.fixture
def prepared(consultation):
    """A prepared round on the plan of an older one with a deferred and a declined point."""
    submission = factories.make_submission(consultation, points=2)
    first, second = submission.points.order_by("position")
    defer([first])
    factories.declined(second)
    return factories.make_consultation(consultation.edition, opened=False)


def test_deferred_points_are_offered_and_taken_along(secretary_client, client, prepared):
    address = f"/beteiligung/{prepared.number}/mitnehmen/"
    page = words(secretary_client.get(address))
    point = prepared.edition.points.get(number="1-001-01")

    response = secretary_client.post(address, {"points": [point.pk]}, follow=True)

    assert "1-001-01" in page
    assert "1-001-02" not in page
    assert "Referat 7" in page
    assert CarriedPoint.objects.get().point == point
    assert "Aus früheren Runden: Hier wird weitergearbeitet" in words(response)


def test_declined_point_cannot_be_taken_along(secretary_client, prepared):
    point = prepared.edition.points.get(number="1-001-02")

    response = secretary_client.post(
        f"/beteiligung/{prepared.number}/mitnehmen/", {"points": [point.pk]}
    )

    assert response.status_code == 422
    assert not CarriedPoint.objects.exists()


def test_opened_round_takes_nothing_along_any_more(secretary_client, consultation, prepared):
    point = prepared.edition.points.get(number="1-001-01")
    other = factories.make_consultation(consultation.edition)

    response = secretary_client.post(
        f"/beteiligung/{other.number}/mitnehmen/", {"points": [point.pk]}
    )

    assert response.status_code == 422
    assert "lässt sich nicht mehr ändern" in words(response)


def test_nothing_deferred_teaches_and_the_list_comes_as_a_file(secretary_client, prepared):
    empty = factories.make_consultation(opened=False)

    page = words(secretary_client.get(f"/beteiligung/{empty.number}/mitnehmen/"))
    file = secretary_client.get(f"/beteiligung/{prepared.number}/mitnehmen/?format=csv")

    assert "Kein Anliegen wird weiterbearbeitet." in page
    assert "Referat 7" in file.getvalue().decode()


def test_list_asks_the_same_of_the_database_for_many_points(consultation):
    needed = []
    for amount in (10, 60):
        edition = factories.make_consultation().edition
        letter = factories.make_letter(factories.make_consultation(edition), amount)
        defer(letter.points.all())
        prepared = factories.make_consultation(edition, opened=False)
        address = f"/beteiligung/{prepared.number}/mitnehmen/"
        needed.append(statements(client_of(factories.make_secretary()), address))

    assert needed[0] == needed[1] <= 9
