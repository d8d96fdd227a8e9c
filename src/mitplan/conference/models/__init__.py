"""Rows of the conference: who belongs to it, who speaks for whom, and when it meets."""

from mitplan.conference.models.bodies import Appointment, Body, Term
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
    "Department",
    "DepartmentName",
    "Mandate",
    "Organisation",
    "Paper",
    "Resolution",
    "Sitting",
    "Term",
]
