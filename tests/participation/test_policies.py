"""What the state of a consultation, a submission or a point allows."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from mitplan.participation import policies
from mitplan.participation.models import Audience, Consultation
from mitplan.participation.policies import ConsultationState

BERLIN = ZoneInfo("Europe/Berlin")
LAST_DAY = date(2026, 4, 30)
TABLES = [policies.CONSULTATION, policies.SUBMISSION, policies.POINT]


def state_at(moment, **fields) -> ConsultationState:
    audiences = [Audience(opens_on=date(2026, 3, 3), closes_on=LAST_DAY)]
    return policies.consultation_state(Consultation(**fields), audiences, moment)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 4, 30, 23, 59, 59, tzinfo=BERLIN), ConsultationState.OPEN),
        (datetime(2026, 5, 1, 0, 0, 0, tzinfo=BERLIN), ConsultationState.CLOSED),
    ],
)
def test_consultation_closes_with_the_end_of_its_last_day(moment, expected):
    assert state_at(moment, opened_at=datetime(2026, 3, 3, tzinfo=BERLIN)) == expected


def test_consultation_is_prepared_until_somebody_opens_it():
    assert state_at(datetime(2026, 3, 10, tzinfo=BERLIN)) == ConsultationState.PREPARED


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_step_that_can_be_refused_has_a_sentence(table):
    steps = {step for possible in table.steps.values() for step in possible}
    asked = {step for _state, step in table.refusals}
    silent = [
        (state, step)
        for state in table.steps
        for step in steps & asked
        if not table.can(state, step) and (state, step) not in table.refusals
    ]

    assert silent == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_step_leads_to_a_state_of_the_table(table):
    targets = {target for possible in table.steps.values() for target in possible.values()}

    assert targets - table.steps.keys() == set()


def test_time_that_is_too_short_is_refused_with_both_numbers():
    consultation = Consultation(minimum_working_days=20)

    with pytest.raises(ValidationError, match="nur 4 Arbeitstage, vorgesehen sind 20"):
        policies.require_full_time(consultation, date(2026, 3, 3), date(2026, 3, 9))
