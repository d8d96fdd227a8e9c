"""What follows here from acts in rooms below."""

from datetime import datetime

from django.dispatch import receiver

from mitplan.accounts.models import User
from mitplan.conference.actions.sittings import SITTING_SET
from mitplan.conference.models import Sitting
from mitplan.participation.actions import put_waiting_on_agenda


@receiver(SITTING_SET)
def bring_waiting_points(*, sitting: Sitting, by: User, at: datetime, **_: object) -> None:
    """Put the points that wait for a sitting on the agenda of the one that was called."""
    put_waiting_on_agenda(sitting=sitting, by=by, at=at)
