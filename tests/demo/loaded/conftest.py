"""The demonstration, loaded once for all tests of this folder."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction

from mitplan.demo.actions.story import load_demonstration
from mitplan.plan.models import Plan

TODAY = date(2026, 9, 15)


@pytest.fixture(scope="package")
def demonstration(django_db_setup, django_db_blocker) -> Iterator[Plan]:
    """The loaded demonstration; the transaction around the folder takes it back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_demonstration(today=TODAY)
        transaction.set_rollback(True)
