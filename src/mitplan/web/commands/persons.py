"""Who acts when a command runs."""

from mitplan.accounts.models import COMMAND_LINE, User


def system_user() -> User:
    """Return the person the command line acts as: whoever may run commands may run the house."""
    user = User.objects.filter(email=COMMAND_LINE).first()
    return user or User.objects.create_user(
        COMMAND_LINE, name="Befehlszeile", office=User.Office.SECRETARIAT
    )
