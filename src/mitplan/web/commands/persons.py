"""Who acts when a command runs."""

from mitplan.accounts.models import User

SYSTEM_USER = "befehlszeile@localhost"


def system_user() -> User:
    """Return the person the command line acts as: whoever may run commands may run the house."""
    user = User.objects.filter(email=SYSTEM_USER).first()
    return user or User.objects.create_user(
        SYSTEM_USER, name="Befehlszeile", office=User.Office.SECRETARIAT
    )
