"""Rows of the conference: who belongs to it, who speaks for whom, and when it meets."""

from mitplan.conference.models.bodies import Appointment, Body, Term
from mitplan.conference.models.delegations import ColleagueInvitation, Delegation
from mitplan.conference.models.interests import InterestDeclaration
from mitplan.conference.models.organisations import (
    Department,
    DepartmentName,
    Mandate,
    Organisation,
)
from mitplan.conference.models.sittings import AgendaItem, Paper, Resolution, Sitting

__all__ = [
    "AgendaItem",
    "Appointment",
    "Body",
    "ColleagueInvitation",
    "Delegation",
    "Department",
    "DepartmentName",
    "InterestDeclaration",
    "Mandate",
    "Organisation",
    "Paper",
    "Resolution",
    "Sitting",
    "Term",
]
