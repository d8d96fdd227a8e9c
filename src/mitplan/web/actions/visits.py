"""That somebody was here, and mails that are sent once more."""

from datetime import datetime, timedelta

from django.db import transaction

from mitplan.accounts.models import User
from mitplan.common import audit
from mitplan.common.mail import queue_again
from mitplan.common.models import OutgoingMail

SAME_VISIT = timedelta(hours=1)


def is_new_visit(before: datetime | None, at: datetime) -> bool:
    """Tell whether somebody comes back, or still looks around."""
    return before is None or at - before > SAME_VISIT


def note_visit(*, user: User, at: datetime) -> datetime | None:
    """Return when a person was here before, and remember this visit if it is a new one.

    Looking again within the hour belongs to the same visit and changes nothing. Many visitors share a
    person of the demonstration; each of them comes back after months.
    """
    before = user.last_visit_at
    if not user.is_demonstration and is_new_visit(before, at):
        User.objects.filter(pk=user.pk).update(last_visit_at=at)
    return before


@transaction.atomic
def send_again(*, mail: OutgoingMail, by: User, at: datetime) -> None:
    """Send a mail that did not arrive once more."""
    if queue_again(mail):
        audit.record("web.mail.sent_again", on=mail, by=by, at=at)
