"""State tables: complete, and each refusal has its sentence."""

import pytest
from django.core.exceptions import ValidationError

from mitplan.participation.policies import CONSULTATION, POINT, SUBMISSION, PointState

TABLES = [CONSULTATION, SUBMISSION, POINT]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_step_that_is_not_possible_has_a_sentence_or_never_comes_up(table):
    steps = {step for possible in table.steps.values() for step in possible}
    refused = {
        (state, step) for state in table.steps for step in steps if not table.can(state, step)
    }

    assert set(table.refusals) <= refused


def test_require_says_why_a_step_is_not_possible():
    with pytest.raises(ValidationError, match="zurückgezogen"):
        POINT.require(PointState.WITHDRAWN, "decide")


def test_diagram_shows_every_step():
    assert SUBMISSION.diagram() == (
        "stateDiagram-v2\n"
        "    draft --> draft: save\n"
        "    draft --> received: hand_in\n"
        "    received --> withdrawn: withdraw"
    )
