"""Sentences that reason many decisions."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mitplan.participation import actions
from mitplan.participation.actions import TextBlockValues
from mitplan.participation.models import Outcome, ReasonCode, TextBlock
from tests import factories
from tests.factories import AFTER_CLOSING

pytestmark = pytest.mark.django_db

VALUES = TextBlockValues(
    "haushalt", "Kein Geld", Outcome.DECLINED, ReasonCode.BUDGET, "Dafür fehlen Mittel."
)


def test_save_text_block_by_the_secretariat(secretary):
    block = actions.save_text_block(values=VALUES, by=secretary, at=AFTER_CLOSING)

    assert TextBlock.objects.get() == block


def test_save_text_block_with_a_key_that_is_taken_is_refused(secretary):
    actions.save_text_block(values=VALUES, by=secretary, at=AFTER_CLOSING)

    with pytest.raises(ValidationError, match="Kürzel"):
        actions.save_text_block(values=VALUES, by=secretary, at=AFTER_CLOSING)


def test_save_text_block_by_a_member_is_not_allowed():
    with pytest.raises(PermissionDenied):
        actions.save_text_block(values=VALUES, by=factories.make_member(), at=AFTER_CLOSING)
