"""Who may do what in participation."""

from dataclasses import dataclass

from mitplan.accounts.models import Role, User
from mitplan.conference.models import Department, Organisation
from mitplan.conference.permissions import (
    Visitor,
    has_role,
    is_staff,
    mandates_of,
    require,
    speaks_for,
    works_in,
)
from mitplan.participation.models import Submission


def may_run_consultations(user: Visitor) -> bool:
    """The secretariat prepares, opens and closes consultations."""
    return is_staff(user)


def may_speak_for(user: Visitor, organisation: Organisation) -> bool:
    """Members and deputies hand in for their organisation; the secretariat records what came on paper."""
    return speaks_for(user, organisation) or is_staff(user)


def may_draft_for(user: Visitor, organisation: Organisation) -> bool:
    """Contributors of an organisation draft too."""
    return is_staff(user) or any(
        mandate.organisation_id == organisation.pk for mandate in mandates_of(user)
    )


def may_read_submission(user: Visitor, submission: Submission, *, is_open: bool) -> bool:
    """A draft belongs to its organisation alone; what was handed in is public once the time is over.

    While the consultation is open, those who decide and advise read it too.
    """
    is_own = any(
        mandate.organisation_id == submission.organisation_id for mandate in mandates_of(user)
    )
    if submission.received_at is None or is_own:
        return is_own
    return not is_open or may_see_unpublished(user)


def may_read_withdrawn(user: Visitor, submission: Submission) -> bool:
    """What was withdrawn is a tombstone for the public; its authors and those who decide still read it."""
    is_own = any(
        mandate.organisation_id == submission.organisation_id for mandate in mandates_of(user)
    )
    return is_own or may_see_unpublished(user)


def may_decide(user: Visitor) -> bool:
    """The secretariat records decisions."""
    return is_staff(user)


def advises_as(user: User, department: Department) -> str:
    """Return the mandate by which a person advises, in words for the record."""
    own = [each for each in mandates_of(user) if each.department_id == department.pk]
    return own[0].spelled_out if own else ""


def may_advise(user: Visitor, department: Department) -> bool:
    """Contacts and leads advise for their department."""
    return works_in(user, department)


def may_see_advice(user: Visitor) -> bool:
    """Advice is internal until results are published."""
    return has_role(user, Role.SECRETARIAT, Role.DEPARTMENT_CONTACT, Role.DEPARTMENT_LEAD)


def may_see_unpublished(user: Visitor) -> bool:
    """Those who decide and advise see points at once and decisions before they are published."""
    return may_see_advice(user)


def departments_advised_for(user: Visitor) -> list[Department]:
    """Return the departments a person may advise for today."""
    return [mandate.department for mandate in mandates_of(user) if mandate.department]


@dataclass(frozen=True, slots=True)
class Seat:
    """The place from which somebody writes for an organisation: by mandate, by office, or by a mail link.

    Made by `queries.seat_by_key`, `seat_of` and `drafting_seat_of` only, which check the right to it.
    """

    organisation: Organisation
    user: User | None
    role: str
    may_hand_in: bool = True
    mandate: str = ""
    """By which mandate, in words that stay true when the mandate changes."""
    scope_field: str = ""
    """The one field of action it is for, or all."""

    def holds(self, submission: Submission) -> bool:
        """Tell whether a submission belongs to this seat's organisation."""
        return submission.organisation_id == self.organisation.pk


def seat_of(user: User, organisation: Organisation) -> Seat:
    """Return the seat of a person who speaks for an organisation, or refuse."""
    require(allowed=may_speak_for(user, organisation))
    own = [each for each in mandates_of(user) if each.organisation_id == organisation.pk]
    if not own:
        return Seat(organisation, user, str(Role.SECRETARIAT.label))
    holder = next((each for each in own if each.role == Role.MANDATE_HOLDER), own[0])
    return Seat(
        organisation,
        user,
        str(holder.get_kind_display()),
        mandate=holder.spelled_out,
        scope_field=holder.scope_field,
    )


def drafting_seat_of(user: User, organisation: Organisation) -> Seat:
    """Return the seat of a person who drafts for an organisation; not all of them may hand in."""
    require(allowed=may_draft_for(user, organisation))
    if may_speak_for(user, organisation):
        return seat_of(user, organisation)
    return Seat(organisation, user, str(Role.CONTRIBUTOR.label), may_hand_in=False)
