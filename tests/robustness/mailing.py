"""Kill whoever sends mail at chance moments, again and again, and report what a mail server received.

Called as `python -m tests.robustness.mailing ACT MAILS KILLS SEED`.
"""

import os
import random
import signal
import sys
import time
from collections import Counter
from datetime import timedelta
from email import message_from_bytes

from aiosmtpd.controller import Controller
from django.conf import settings

from tests.journeys.site import free_port
from tests.robustness.standing import answer, in_child, move_in

from mitplan.common import mail  # isort: skip – rooms exist only after set-up
from mitplan.common.models import OutgoingMail
from mitplan.participation import actions as participation
from mitplan.participation.actions.reminders import remind
from mitplan.participation.models import Invitation
from tests import factories


class Letterbox:
    """Counts how often each mail came, by its Message-ID."""

    def __init__(self):
        self.names = Counter()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 – the name the server calls
        self.names[message_from_bytes(envelope.content)["Message-ID"]] += 1
        return "250 OK"


def waiting_mails(number):
    """Write so many mails that nobody was told of, as if their process had died after its commit."""
    OutgoingMail.objects.bulk_create(
        OutgoingMail(
            to=f"person{each}@example.org",
            subject="Betreff",
            body="Text",
            queued_at=factories.LONG_AGO,
            message_id=mail.new_message_id(),
        )
        for each in range(number)
    )
    return mail.send_left_behind


def due_reminders(number):
    """Invite so many organisations by hand, each with a member to remind on the last day."""
    consultation = factories.make_consultation()
    organisations = [factories.make_organisation() for _each in range(number)]
    participation.invite(
        consultation=consultation,
        organisations=organisations,
        route=Invitation.Route.HAND,
        by=factories.make_secretary(),
        at=factories.OPENED,
    )
    for each in organisations:
        factories.make_member(each)

    def act(now):
        remind(at=factories.WHILE_OPEN.replace(month=4, day=30))
        return mail.send_left_behind(now)

    return act


ACTS = {"mails": waiting_mails, "reminders": due_reminders}


def main(name, mails, kills, seed):
    move_in()
    letterbox, port = Letterbox(), free_port()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    server = Controller(letterbox, hostname="127.0.0.1", port=port)
    server.start()
    act, now = ACTS[name](mails), factories.AFTER_CLOSING
    dice = random.Random(seed)  # noqa: S311 – chance, not secrecy
    for _kill in range(kills):
        child = in_child(lambda now=now: act(now))
        time.sleep(dice.uniform(0.02, 0.25))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        now += timedelta(hours=1)
    act(now)
    again = act(now + timedelta(days=1))
    server.stop()
    answer(
        {
            "arrived": len(letterbox.names),
            "persons": OutgoingMail.objects.values("to").distinct().count(),
            "known": set(OutgoingMail.objects.values_list("message_id", flat=True))
            == set(letterbox.names),
            "twice": sum(letterbox.names.values()) - len(letterbox.names),
            "states": list(OutgoingMail.objects.values_list("state", flat=True).distinct()),
            "again": again,
        }
    )


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
