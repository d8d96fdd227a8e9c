"""Who may change the plan."""

from mitplan.accounts.models import Role
from mitplan.conference.permissions import Visitor, has_role, is_staff

DRAFT_READERS = (Role.SECRETARIAT, Role.DEPARTMENT_CONTACT, Role.DEPARTMENT_LEAD, Role.CHAIR)


def may_import_editions(user: Visitor) -> bool:
    """The secretariat reads texts in."""
    return is_staff(user)


def may_edit_draft(user: Visitor) -> bool:
    """The secretariat writes in the draft; others propose."""
    return is_staff(user)


def may_read_draft(user: Visitor) -> bool:
    """The secretariat and the departments see the draft while it is in work."""
    return has_role(user, *DRAFT_READERS)
