"""An adopted edition comes from the gates, not from a file."""

import pytest
from django.core.exceptions import ValidationError

from mitplan.plan.models import Edition
from tests import factories

pytestmark = pytest.mark.django_db


def test_reading_in_an_adopted_edition_beside_others_is_refused():
    plan = factories.make_edition().plan

    with pytest.raises(ValidationError, match="lässt sich hier nicht einlesen"):
        factories.make_edition(plan, kind=Edition.Kind.ADOPTED)

    assert plan.editions.count() == 1


def test_history_of_a_text_that_was_always_adopted_can_be_read_in():
    plan = factories.make_edition(kind=Edition.Kind.ADOPTED).plan

    factories.make_edition(plan, factories.long_text(1), kind=Edition.Kind.ADOPTED)

    assert plan.editions.count() == 2
