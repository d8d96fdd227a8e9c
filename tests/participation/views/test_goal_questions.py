"""A question may be asked about a goal; it stands first where people take part."""

import pytest
from django.test import Client
from django.urls import reverse

from mitplan.participation import actions
from mitplan.participation.models import Consultation, Invitation
from tests import factories
from tests.participation.conftest import client_of

pytestmark = pytest.mark.django_db


def filled_in(edition, place):
    return {
        "title": "Runde",
        "edition": edition.pk,
        "conference-takes_part": "on",
        "conference-opens_on": "2026-03-03",
        "conference-closes_on": "2026-04-30",
        "frage-1-text": "Reichen 60 Prozent?",
        "frage-1-passage": place,
    }


def test_question_about_a_goal_stands_first_with_the_goal(while_open):
    edition, secretary = factories.make_public_edition(), factories.make_secretary()
    client = client_of(secretary)

    client.post(reverse("participation:new_consultation"), filled_in(edition, "z1"))

    consultation = Consultation.objects.get()
    assert consultation.questions.get().passage.goal.code == "Z1"
    again = client.get(reverse("participation:change_consultation", args=[1])).text
    assert 'value="Z1"' in again
    consultation = actions.open_consultation(
        consultation=consultation, by=secretary, at=factories.OPENED
    )
    [invitation] = actions.invite(
        consultation=consultation,
        organisations=[factories.make_organisation()],
        route=Invitation.Route.HAND,
        by=secretary,
        at=factories.WHILE_OPEN,
    )
    page = Client().get(invitation.get_absolute_url()).text
    assert page.index("Reichen 60 Prozent?") < page.index("2. Eigene Themen")
    assert "Ziel Z1" in page
    assert "Ziel Z1" in Client().get(consultation.get_absolute_url()).text


def test_question_about_an_unknown_goal_is_explained(while_open):
    client = client_of(factories.make_secretary())

    page = client.post(
        reverse("participation:new_consultation"),
        filled_in(factories.make_public_edition(), "Z99"),
    )

    assert page.status_code == 422
    assert "das Kürzel eines Ziels aus dieser Fassung" in page.text
