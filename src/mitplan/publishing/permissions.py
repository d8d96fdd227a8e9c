"""Who may adopt an edition."""

from mitplan.conference.permissions import Visitor, is_staff


def may_adopt(user: Visitor) -> bool:
    """The secretariat carries out an adoption; who decided it is named with it."""
    return is_staff(user)
