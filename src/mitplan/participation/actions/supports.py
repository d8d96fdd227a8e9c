"""The long way inside an organisation: colleagues stand behind drafted points before the holder hands in."""

from datetime import datetime

from django.db import transaction

from mitplan.conference.permissions import require
from mitplan.participation.actions.submissions import open_draft
from mitplan.participation.models import Point, Support
from mitplan.participation.permissions import Seat


@transaction.atomic
def support_point(*, point: Point, holds: bool, seat: Seat, at: datetime) -> None:
    """Note, or take back, that a colleague supports a drafted point; this is for the organisation alone."""
    open_draft(point.submission, seat, at)
    require(allowed=seat.user is not None)
    if holds:
        Support.objects.get_or_create(point=point, user=seat.user, defaults={"supported_at": at})
    else:
        Support.objects.filter(point=point, user=seat.user).delete()
