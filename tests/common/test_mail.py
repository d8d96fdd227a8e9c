"""Mail: written with the act, sent once."""

import smtplib

import pytest
from django.core import mail as outbox
from django.db import transaction

from mitplan.common import mail
from mitplan.common.models import OutgoingMail
from tests.factories import LONG_AGO

pytestmark = pytest.mark.django_db


@pytest.fixture
def written():
    with transaction.atomic():
        return mail.queue(to="a@example.org", subject="Betreff", body="Text", at=LONG_AGO)


def test_deliver_sends_once_however_often_it_runs(written):
    for _run in range(3):
        mail.deliver.call(written.pk)

    assert [message.to for message in outbox.outbox] == [["a@example.org"]]


def test_deliver_forgets_the_text_once_it_is_sent(written):
    mail.deliver.call(written.pk)

    written.refresh_from_db()
    assert (written.state, written.body) == (OutgoingMail.State.SENT, "")


def test_deliver_keeps_what_the_server_said(written, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"unknown")})

    monkeypatch.setattr(mail, "send_mail", refuse)
    mail.deliver.call(written.pk)

    written.refresh_from_db()
    assert (written.state, written.body) == (OutgoingMail.State.FAILED, "Text")
    assert "550" in written.problem
