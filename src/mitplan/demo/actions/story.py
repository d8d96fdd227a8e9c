"""The demonstration as a whole: facts, then the story of one plan, told through everybody's actions."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common.models import OutgoingMail
from mitplan.demo.actions.consultations import (
    prepare_third_consultation,
    run_first_consultation,
    run_second_consultation,
)
from mitplan.demo.actions.editions import adopt_plan, write_editions
from mitplan.demo.actions.facts import load_facts
from mitplan.demo.actions.series import load_projects, load_series
from mitplan.demo.actions.sittings import hold_sittings
from mitplan.demo.actions.stage import set_stage
from mitplan.plan.models import Plan
from mitplan.publishing.actions import rebuild_search


@transaction.atomic
def load_demonstration(*, today: date) -> Plan:
    """Load the facts and the whole story; refuses where a plan stands already."""
    if Plan.objects.exists():
        raise ValidationError(
            _(
                "Es gibt schon einen Plan. Die Demonstration wird nur in eine leere Datenbank geladen."
            )
        )
    load_facts()
    stage = set_stage(today)
    hold_sittings(stage)
    write_editions(stage)
    run_first_consultation(stage)
    adopt_plan(stage)
    load_series()
    load_projects(stage.plan)
    run_second_consultation(stage)
    prepare_third_consultation(stage)
    # Those who take a role come back after months, and see what happened in between.
    User.objects.filter(is_demonstration=True).update(last_visit_at=stage.moment(-200))
    # The days of the story are past: its mails count as sent and are never sent to anybody.
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT, body="")
    rebuild_search(at=stage.moment(0), from_scratch=True)
    return stage.plan
