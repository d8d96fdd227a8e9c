"""Who may see and erase what is kept about a person."""

from mitplan.accounts.models import COMMAND_LINE, Role, User
from mitplan.conference.permissions import has_role


def may_handle_data_of(by: User, person: User) -> bool:
    """Everybody for oneself, the administrator for all; whoever runs commands runs the house."""
    return by.pk == person.pk or by.email == COMMAND_LINE or has_role(by, Role.ADMINISTRATOR)
