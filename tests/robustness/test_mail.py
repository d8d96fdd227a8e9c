"""Invitation and receipt reach a real mail server through the real job worker."""

import socket
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.core.management import call_command
from django.db import transaction

from mitplan.common.mail import send_left_behind
from mitplan.common.models import OutgoingMail
from mitplan.participation import actions
from mitplan.participation.models import Invitation
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


class Letterbox:
    """Keeps every mail that a server receives."""

    def __init__(self):
        self.mails = []
        self.answer = "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 – the name the server calls
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 – the name the server calls
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.mails.append((envelope.rcpt_tos, mail["Subject"], mail.get_content()))
        return "250 OK"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def letterbox(settings):
    letterbox = Letterbox()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    server = Controller(letterbox, hostname=settings.EMAIL_HOST, port=settings.EMAIL_PORT)
    server.start()
    yield letterbox
    server.stop()


def do_the_jobs():
    call_command("db_worker", batch=True, interval=0, verbosity=0)


def test_invitation_and_receipt_arrive(letterbox):
    consultation = factories.make_consultation()
    organisation = factories.make_organisation()
    (invitation,) = actions.invite(
        consultation=consultation,
        organisations=[organisation],
        route=Invitation.Route.MAIL,
        by=factories.make_secretary(),
        at=factories.WHILE_OPEN,
    )
    submission = factories.make_submission(consultation, organisation=organisation)

    do_the_jobs()

    (to_invite, _, invited), (to_receipt, subject, received) = letterbox.mails
    assert to_invite == to_receipt == [organisation.email]
    assert invitation.get_absolute_url() in invited
    assert submission.number in subject
    assert submission.sha256 in received


def test_mail_is_sent_once_however_often_the_worker_runs(letterbox):
    factories.make_submission()

    do_the_jobs()
    do_the_jobs()

    assert len(letterbox.mails) == 1
    assert OutgoingMail.objects.get().state == OutgoingMail.State.SENT


def test_mail_of_an_act_that_was_undone_is_never_sent(letterbox):
    consultation = factories.make_consultation()
    with transaction.atomic():
        factories.make_submission(consultation)
        transaction.set_rollback(True)

    do_the_jobs()

    assert letterbox.mails == []


def test_server_that_is_away_gets_the_mail_once_it_is_back(settings, letterbox):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    factories.make_submission()
    do_the_jobs()
    waiting = OutgoingMail.objects.get()

    settings.EMAIL_PORT = port
    send_left_behind(waiting.next_try_at)

    assert waiting.state == OutgoingMail.State.QUEUED
    assert "refused" in waiting.problem
    assert len(letterbox.mails) == 1


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("450 4.2.1 try later", OutgoingMail.State.QUEUED),
        ("550 5.1.1 unknown", OutgoingMail.State.FAILED),
    ],
)
def test_refusal_of_a_recipient_is_kept_by_its_kind(letterbox, answer, state):
    letterbox.answer = answer
    factories.make_submission()

    do_the_jobs()

    mail = OutgoingMail.objects.get()
    assert mail.state == state
    assert answer.partition(" ")[2] in mail.problem
