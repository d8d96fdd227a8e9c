"""What `mitplan serve` gives to its worker by the clock: mails left behind, and every hour reminders and tidying up."""

import logging
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from mitplan.common.mail import deliver_left_behind, left_behind
from mitplan.participation.jobs import discard_unconfirmed_suggestions, send_reminders
from mitplan.participation.queries.suggestions import unconfirmed

LOG = logging.getLogger(__name__)

EVERY_MINUTE, EVERY_HOUR = 60.0, 3600.0


def _sweep() -> None:
    if left_behind(timezone.now()).exists():
        deliver_left_behind.enqueue()


def _remind() -> None:
    send_reminders.enqueue()


def _tidy() -> None:
    if unconfirmed(timezone.now()).exists():
        discard_unconfirmed_suggestions.enqueue()


class Schedule:
    """Gives out each job when its time has come, first right after the start.

    Time is counted by a clock that nobody can set, so a change of hours neither skips a job nor repeats it.
    """

    def __init__(self) -> None:
        """Begin with everything due."""
        self._due: dict[Callable[[], None], tuple[float, float]] = {
            _sweep: (0.0, EVERY_MINUTE),
            _remind: (0.0, EVERY_HOUR),
            _tidy: (0.0, EVERY_HOUR),
        }

    def tick(self, now: float) -> int:
        """Give out what is due; a database that is away is asked again next time."""
        due = [job for job, (moment, _pause) in self._due.items() if moment <= now]
        for job in due:
            self._due[job] = (now + self._due[job][1], self._due[job][1])
            try:
                job()
            except DatabaseError:
                LOG.exception("a job could not be given out")
        if due:
            close_old_connections()
        return len(due)
