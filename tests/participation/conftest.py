"""A running consultation, and the people at it."""

import pytest
import time_machine
from django.test import Client

from mitplan.participation import actions
from mitplan.participation.models import Invitation
from tests import factories


@pytest.fixture
def while_open():
    """The clock stands in the middle of the window."""
    with time_machine.travel(factories.WHILE_OPEN, tick=False):
        yield factories.WHILE_OPEN


@pytest.fixture
def after_closing():
    """The clock stands after the last day."""
    with time_machine.travel(factories.AFTER_CLOSING, tick=False):
        yield factories.AFTER_CLOSING


@pytest.fixture
def consultation(db):
    return factories.make_consultation()


@pytest.fixture
def seat(db):
    return factories.make_seat()


@pytest.fixture
def draft(consultation, seat):
    return actions.begin_submission(consultation=consultation, seat=seat, at=factories.WHILE_OPEN)


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def invitation_to(consultation, organisation=None) -> Invitation:
    [invitation] = actions.invite(
        consultation=consultation,
        organisations=[organisation or factories.make_organisation()],
        route=Invitation.Route.HAND,
        by=factories.make_secretary(),
        at=factories.WHILE_OPEN,
    )
    return invitation
