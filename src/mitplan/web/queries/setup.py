"""How far the five steps to a new plan have come; they can be left and taken up again."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mitplan.accounts.models import COMMAND_LINE, User
from mitplan.conference.models import Body, Organisation
from mitplan.participation.models import Consultation
from mitplan.participation.queries.consultations import next_working_day, proposed_days
from mitplan.plan.models import Plan

OFFICE = "Geschäftsstelle"
"""The category of the organisation that runs the house; it is no member to be invited."""


class SetupStep(TextChoices):
    """The five steps, in their order; the value is part of the address."""

    ORGANISATION = "organisation", _("Organisation")
    TEXT = "text", _("Plantext")
    MEMBERS = "mitglieder", _("Mitglieder")
    CONSULTATION = "beteiligung", _("Beteiligung")
    DONE = "fertig", _("Fertig")

    @property
    def url(self) -> str:
        """Where the step is taken."""
        return reverse(f"web:new_{self.name.lower()}")


@dataclass(frozen=True, slots=True)
class Progress:
    """What is there already."""

    is_founded: bool
    plan: Plan | None
    members: int
    consultation: Consultation | None

    @property
    def next(self) -> SetupStep:
        """The first step that is not taken yet."""
        if not self.is_founded:
            return SetupStep.ORGANISATION
        if self.plan is None:
            return SetupStep.TEXT
        if not self.members:
            return SetupStep.MEMBERS
        return SetupStep.DONE if self.consultation else SetupStep.CONSULTATION

    def can_take(self, step: SetupStep) -> bool:
        """Tell whether a step can be taken now: members and consultation need a plan."""
        if step in (SetupStep.ORGANISATION, SetupStep.TEXT):
            return self.next == step
        return self.plan is not None


def house_is_founded() -> bool:
    """Tell whether anybody has an account with which one can sign in."""
    return User.objects.exclude(email=COMMAND_LINE).exists()


def progress() -> Progress:
    """Return how far the steps have come for the newest plan."""
    plan = Plan.objects.filter(editions__isnull=False).order_by("-pk").first()
    return Progress(
        is_founded=house_is_founded(),
        plan=plan,
        members=members().count(),
        consultation=Consultation.objects.filter(edition__plan=plan).order_by("number").first()
        if plan
        else None,
    )


def members() -> QuerySet[Organisation]:
    """Return the organisations that can be invited."""
    return Organisation.objects.filter(is_category=False).exclude(category=OFFICE)


def own_conference() -> Body | None:
    """Return the conference that was founded here; those with a source are history."""
    own = Body.objects.filter(kind=Body.Kind.CONFERENCE, source="")
    return own.order_by("pk").first()


def proposed_window(today: date) -> tuple[date, date]:
    """Return the first and the last day proposed for the first consultation."""
    proposal = proposed_days(next_working_day(today))
    return proposal.opens_on, proposal.closes_on
