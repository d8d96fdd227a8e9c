"""Writes of the conference, one function per step a person takes."""

from mitplan.conference.actions.bodies import begin_term, change_body, found_body
from mitplan.conference.actions.delegations import (
    accept_colleague,
    delegate,
    invite_colleague,
    revoke_colleague,
    revoke_delegation,
)
from mitplan.conference.actions.members import (
    add_organisation,
    appoint_organisation,
    change_organisation,
    end_mandate,
    give_mandate,
)
from mitplan.conference.actions.sittings import (
    add_agenda_item,
    call_sitting,
    change_agenda_item,
    change_sitting,
    lay_paper,
    record_resolution,
)

__all__ = [
    "accept_colleague",
    "add_agenda_item",
    "add_organisation",
    "appoint_organisation",
    "begin_term",
    "call_sitting",
    "change_agenda_item",
    "change_body",
    "change_organisation",
    "change_sitting",
    "delegate",
    "end_mandate",
    "found_body",
    "give_mandate",
    "invite_colleague",
    "lay_paper",
    "record_resolution",
    "revoke_colleague",
    "revoke_delegation",
]
