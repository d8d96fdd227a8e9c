"""Mail: written with the act, sent once, tried again where the server asks for it."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMessage
from django.db import transaction

from mitplan.common import mail
from mitplan.common.models import OutgoingMail
from tests.factories import LONG_AGO, WHILE_OPEN

pytestmark = pytest.mark.django_db
State = OutgoingMail.State


@pytest.fixture
def written():
    with transaction.atomic():
        return mail.queue(to="a@example.org", subject="Betreff", body="Text", at=LONG_AGO)


@pytest.fixture
def server(monkeypatch):
    """A server that answers with what it is told, or takes the mail."""
    answers = []

    def send(_message, **_options):
        if answers and (problem := answers.pop(0)):
            raise problem
        return 1

    monkeypatch.setattr(EmailMessage, "send", send)
    return answers


def recipient_refused(code):
    return smtplib.SMTPRecipientsRefused({"a@example.org": (code, b"Antwort")})


def test_deliver_sends_once_however_often_it_runs(written):
    for _run in range(3):
        mail.deliver.call(written.pk)

    assert [message.to for message in outbox.outbox] == [["a@example.org"]]


def test_deliver_names_the_mail_as_it_is_named_here(written):
    mail.deliver.call(written.pk)

    (message,) = outbox.outbox
    assert message.message()["Message-ID"] == written.message_id


def test_deliver_forgets_the_text_once_it_is_sent(written):
    mail.deliver.call(written.pk)

    written.refresh_from_db()
    assert (written.state, written.body) == (State.SENT, "")


@pytest.mark.parametrize(
    "problem",
    [
        recipient_refused(550),
        smtplib.SMTPDataError(554, b"Antwort"),
        smtplib.SMTPSenderRefused(553, b"Antwort", "mitplan@localhost"),
        ValueError("Antwort"),
    ],
)
def test_deliver_gives_up_what_the_server_refuses_for_good(written, server, problem):
    server.append(problem)

    mail.deliver.call(written.pk)

    written.refresh_from_db()
    assert (written.state, written.body, written.next_try_at) == (State.FAILED, "Text", None)
    assert "Antwort" in written.problem


@pytest.mark.parametrize(
    "problem",
    [
        recipient_refused(451),
        smtplib.SMTPDataError(452, b"voll"),
        smtplib.SMTPServerDisconnected("weg"),
        smtplib.SMTPAuthenticationError(535, b"Kennwort"),
        ConnectionRefusedError(),
    ],
)
def test_refusal_that_may_pass_is_tried_again_later(written, server, problem):
    server.append(problem)

    mail.hand_over(written.pk, WHILE_OPEN)
    early = mail.send_left_behind(WHILE_OPEN + timedelta(minutes=4))
    in_time = mail.send_left_behind(WHILE_OPEN + timedelta(minutes=5))

    written.refresh_from_db()
    assert (early, in_time, written.state, written.attempts) == (0, 1, State.SENT, 2)


def test_mail_is_given_up_after_its_last_attempt(written, server):
    now = WHILE_OPEN
    server.extend(recipient_refused(451) for _attempt in range(len(mail.PAUSES) + 1))

    for _attempt in range(len(mail.PAUSES) + 1):
        mail.send_left_behind(now)
        now += timedelta(days=1)

    written.refresh_from_db()
    assert (written.state, written.attempts) == (State.FAILED, len(mail.PAUSES) + 1)
    assert server == []


def test_mail_nobody_was_told_of_is_sent_a_minute_later(written):
    at_once = mail.send_left_behind(LONG_AGO + timedelta(seconds=59))
    later = mail.send_left_behind(LONG_AGO + timedelta(seconds=60))

    assert (at_once, later, len(outbox.outbox)) == (0, 1, 1)


def test_mail_whose_sender_died_is_sent_after_a_quarter_of_an_hour(written):
    OutgoingMail.objects.update(state=State.SENDING, begun_at=WHILE_OPEN)

    early = mail.send_left_behind(WHILE_OPEN + timedelta(minutes=14))
    later = mail.send_left_behind(WHILE_OPEN + timedelta(minutes=15))

    assert (early, later) == (0, 1)


@pytest.mark.parametrize("state", [State.QUEUED, State.SENDING])
def test_clock_that_was_set_back_keeps_no_mail_waiting(written, state):
    OutgoingMail.objects.update(state=state, queued_at=WHILE_OPEN, begun_at=WHILE_OPEN)

    assert mail.send_left_behind(LONG_AGO) == 1


def test_two_senders_never_hand_over_the_same_mail(written, monkeypatch):
    sent = []

    def send(message, **_options):
        sent.append(message)
        mail.hand_over(written.pk, WHILE_OPEN)

    monkeypatch.setattr(EmailMessage, "send", send)
    mail.hand_over(written.pk, WHILE_OPEN)

    assert len(sent) == 1


def test_mail_given_up_begins_anew_when_it_is_sent_again(written, server):
    server.append(recipient_refused(550))
    mail.hand_over(written.pk, WHILE_OPEN)

    again = [mail.queue_again(written), mail.queue_again(written)]

    written.refresh_from_db()
    assert again == [True, False]
    assert (written.state, written.attempts, written.problem) == (State.QUEUED, 0, "")


def test_subject_is_one_line_that_fits():
    mail.queue(to="a@example.org", subject="Titel\n" + "x" * 300, body="", at=LONG_AGO)

    subject = OutgoingMail.objects.get().subject
    assert (subject[:7], subject[-1], len(subject)) == ("Titel x", "…", 200)
