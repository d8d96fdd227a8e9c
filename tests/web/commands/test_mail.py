"""Mail by command: what waits is sent, what came back is noted."""

import pytest
import time_machine

from mitplan.common.models import OutgoingMail
from mitplan.participation import actions as participation
from mitplan.participation.models import Invitation
from tests import factories
from tests.common.test_bounces import report, sent_mail
from tests.factories import LONG_AGO

pytestmark = pytest.mark.django_db


def test_mail_send_hands_over_what_was_left_behind(mitplan):
    OutgoingMail.objects.create(to="a@example.org", subject="A", body="B", queued_at=LONG_AGO)

    answers = [mitplan("mail", "send").out, mitplan("mail", "send", "--json").data]

    assert answers == ["1 E-Mails versandt.\n", {"sent": 0}]


def test_mail_bounces_says_what_came_back_and_what_is_unknown(mitplan, tmp_path):
    mail = sent_mail()
    files = [tmp_path / "eins.eml", tmp_path / "zwei.eml", tmp_path / "drei.eml"]
    contents = [report(mail.message_id), report("<fremd@example.org>"), b"Subject: Hallo\n\n"]
    for path, content in zip(files, contents, strict=True):
        path.write_bytes(content)

    first = mitplan("mail", "bounces", *files).out.splitlines()
    second = mitplan("mail", "bounces", *files, "--json").data

    assert first == [
        "1 zurückgekommene E-Mails vermerkt, 0 waren schon bekannt.",
        "Zurückgekommen: verein@example.org",
        "Unbekannt: verein@example.org (<fremd@example.org>)",
        "1 Nachrichten sind kein Bericht.",
    ]
    assert (second["noted"], second["known"]) == ([], ["verein@example.org"])


def test_remind_writes_once_however_often_it_runs(mitplan):
    consultation = factories.make_consultation()
    participation.invite(
        consultation=consultation,
        organisations=[factories.make_organisation()],
        route=Invitation.Route.HAND,
        by=factories.make_secretary(),
        at=factories.OPENED,
    )

    with time_machine.travel(factories.WHILE_OPEN.replace(month=4, day=30), tick=False):
        answers = [mitplan("remind", "--json").data for _run in range(3)]

    assert answers == [{"written": 1}, {"written": 0}, {"written": 0}]


def test_mail_bounces_refuses_a_file_that_is_not_there(mitplan, tmp_path):
    answer = mitplan("mail", "bounces", tmp_path / "fehlt.eml")

    assert (answer.code, "fehlt.eml" in answer.err) == (1, True)
