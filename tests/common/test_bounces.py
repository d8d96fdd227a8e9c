"""Reports of mail servers are read from files and noted with the mail they speak of."""

from email.message import EmailMessage

import pytest

from mitplan.common import bounces
from mitplan.common.mail import new_message_id
from mitplan.common.models import OutgoingMail
from tests.factories import AFTER_CLOSING, LONG_AGO

pytestmark = pytest.mark.django_db
State = OutgoingMail.State

REPORT = """\
From: MAILER-DAEMON@mx.example.org
To: mitplan@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="grenze"

--grenze
Content-Type: text/plain; charset=utf-8

Ihre Nachricht konnte nicht zugestellt werden.

--grenze
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User
    unknown

--grenze
{original}
--grenze--
"""
WHOLE = "Content-Type: message/rfc822\n\nMessage-ID: {name}\nSubject: Einladung\n\nText\n"
HEADERS = "Content-Type: text/rfc822-headers\n\nMessage-ID: {name}\nSubject: Einladung\n"
NOTHING = "Content-Type: text/plain\n\nohne die Nachricht\n"


def sent_mail(to="verein@example.org", state=State.SENT):
    return OutgoingMail.objects.create(
        to=to,
        subject="Einladung",
        body="",
        state=state,
        queued_at=LONG_AGO,
        message_id=new_message_id(),
    )


def report(name="", recipient="verein@example.org", action="failed", original=WHOLE):
    return REPORT.format(
        recipient=recipient, action=action, original=original.format(name=name)
    ).encode()


@pytest.fixture
def read(tmp_path):
    """Read contents, each as a file of its own."""

    def read(*contents):
        paths = []
        for number, content in enumerate(contents):
            paths.append(tmp_path / f"{number}.eml")
            paths[-1].write_bytes(content)
        return bounces.note_returns(bounces.read_files(paths), at=AFTER_CLOSING)

    return read


@pytest.mark.parametrize("original", [WHOLE, HEADERS])
def test_report_is_noted_with_the_mail_it_names(read, original):
    other, mail = sent_mail(), sent_mail()
    sent_mail()

    found = read(report(mail.message_id, original=original))

    mail.refresh_from_db()
    other.refresh_from_db()
    assert ([each.pk for each in found.noted], other.state) == ([mail.pk], State.SENT)
    assert (mail.state, mail.bounced_at, mail.problem) == (
        State.BOUNCED,
        AFTER_CLOSING,
        "5.1.1 550 5.1.1 User unknown",
    )


def test_report_without_the_mail_is_noted_by_its_recipient(read):
    old, newest = sent_mail(), sent_mail()

    found = read(report(recipient="Verein@Example.org", original=NOTHING))

    old.refresh_from_db()
    assert ([each.pk for each in found.noted], old.state) == ([newest.pk], State.SENT)


def test_reading_twice_changes_nothing(read):
    mail = sent_mail()
    content = report(mail.message_id)
    read(content)
    mail.refresh_from_db()

    again = read(content, content)

    assert (again.noted, [each.pk for each in again.known]) == ((), [mail.pk, mail.pk])
    assert OutgoingMail.objects.get() == mail


def test_report_on_a_mail_of_somebody_else_is_listed_as_unknown(read):
    mail = sent_mail()

    found = read(report("<fremd@example.org>"))

    mail.refresh_from_db()
    assert mail.state == State.SENT
    assert [(each.recipient, each.message_id) for each in found.unknown] == [
        ("verein@example.org", "<fremd@example.org>")
    ]


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_report_that_is_no_failure_changes_nothing(read, action):
    mail = sent_mail()

    found = read(report(mail.message_id, action=action))

    mail.refresh_from_db()
    assert (mail.state, found.noted, found.unknown, found.unread) == (State.SENT, (), (), 0)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Subject: Abwesend\n\nIch bin im Urlaub.",
        b"\xff\xfe\x00\x01" * 50,
        b'Content-Type: multipart/report; boundary="x"\n\n--x\nContent-Type: message/delivery-status\n',
        report("<x")[:400],
    ],
)
def test_what_is_no_report_is_counted_and_does_no_harm(read, content):
    assert read(content).unread == 1


def test_mailbox_holds_several_reports(tmp_path):
    mails = [sent_mail(), sent_mail(to="zwei@example.org")]
    path = tmp_path / "post.mbox"
    path.write_bytes(
        b"".join(
            b"From MAILER-DAEMON Mon Mar  2 09:00:00 2026\n" + report(each.message_id) + b"\n"
            for each in mails
        )
    )

    found = bounces.note_returns(bounces.read_files([path]), at=AFTER_CLOSING)

    assert [each.pk for each in found.noted] == [each.pk for each in mails]


def test_report_of_an_ordinary_mail_program_is_read(read):
    mail = sent_mail()
    message = EmailMessage()
    message["Subject"] = "Re: Einladung"
    message.set_content("Danke!")

    found = read(message.as_bytes(), report(mail.message_id))

    assert (found.unread, len(found.noted)) == (1, 1)
