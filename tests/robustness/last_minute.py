"""Many people hand in during the last minute of a deadline, through the real server, and report what came of it.

Called as `python -m tests.robustness.last_minute PEOPLE SECONDS`; the deadline passes after so many seconds.
"""

import argparse
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection
from urllib.parse import urlencode

from tests.journeys.site import free_port
from tests.robustness.standing import answer, move_in

from django.db import connections  # isort: skip – rooms exist only after set-up
from django.test import Client

from mitplan.common import audit
from mitplan.common.models import OutgoingMail
from mitplan.core.workdays import closes_at
from mitplan.participation.actions import invite
from mitplan.participation.models import Invitation, Submission
from mitplan.web.commands.serve import _web_command, _worker_command
from tests import factories

STARTS_WITHIN = 60
PATIENCE = 60
AFTERWARDS = 4
"""Seconds after the deadline in which the last ones still try."""

SIGNED_IN = 4
"""Every fourth comes with an account, the others by their link."""

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
TOO_LATE = "Die Frist ist abgelaufen"


@dataclass
class Person:
    """One who writes two points and hands in at a moment of their own."""

    organisation: str
    desk: str
    passage: int
    cookies: dict[str, str]
    presses_at: float
    times: list[float] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    problem: str = ""
    was_told: bool = False

    def take_part(self, port):
        """Read, write, look over, wait for the moment, hand in, read the receipt."""
        try:
            self._take_part(HTTPConnection("127.0.0.1", port, timeout=PATIENCE))
        except Exception as problem:  # noqa: BLE001 – said in the report
            self.problem = f"{type(problem).__name__}: {problem}"

    def _take_part(self, connection):
        time.sleep(max(0, self.presses_at - 15 - time.monotonic()))
        page = self._ask(connection, "")
        words = {f"t{self.passage}-proposed_text": f"Neue Worte von {self.organisation}."}
        self._ask(connection, f"stelle/{self.passage}/", words, page)
        topic = {"text": f"Es fehlt etwas, sagt {self.organisation}.", "kind": "missing"}
        self._ask(connection, "themen/", topic, page)
        page = self._ask(connection, "abgeben/")
        time.sleep(max(0, self.presses_at - time.monotonic()))
        answered = self._ask(connection, "abgeben/", {"contact": "quittung@example.org"}, page)
        self.was_told = TOO_LATE in answered
        self._ask(connection, "quittung/")

    def _ask(self, connection, page, form=None, from_page=""):
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            token = TOKEN.search(from_page)
            body = urlencode(form | {"csrfmiddlewaretoken": token.group(1) if token else ""})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begin = time.monotonic()
        connection.request("POST" if form else "GET", self.desk + page, body, headers)
        response = connection.getresponse()
        content = response.read().decode()
        connection.close()  # nobody holds a line while writing
        self.times.append(time.monotonic() - begin)
        self.codes.append(response.status)
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return content


def people_in(consultation, number):
    """Invite so many organisations; every fourth has a member who is signed in."""
    by = factories.make_secretary()
    organisations = [factories.make_organisation() for _ in range(number)]
    invitations = invite(
        consultation=consultation,
        organisations=organisations,
        route=Invitation.Route.MAIL,
        by=by,
        at=factories.WHILE_OPEN,
    )
    passage = factories.passage_of(consultation.edition, "Familien").number
    for count, invitation in enumerate(invitations):
        desk, cookies = invitation.get_absolute_url(), {}
        if count % SIGNED_IN == 0:
            desk = f"/beteiligung/{consultation.number}/mitmachen/"
            visitor = Client()
            visitor.force_login(factories.make_member(invitation.organisation))
            cookies = {"sessionid": visitor.cookies["sessionid"].value}
        yield Person(invitation.organisation.name, desk, passage, cookies, 0)


@contextmanager
def served(now):
    """Run the server and the jobs as `mitplan serve` does, but for the clock; yield the port."""
    port = free_port()
    options = argparse.Namespace(host="127.0.0.1", port=port, workers=2)
    later = {"mitplan.config.wsgi": "tests.journeys.later"}
    commands = [[later.get(each, each) for each in _web_command(options)], _worker_command()]
    environment = os.environ | {"MITPLAN_JOURNEY_DAY": now.isoformat(), "PYTHONPATH": "src:."}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = [
        subprocess.Popen(command, env=environment, start_new_session=True, **quiet)
        for command in commands
    ]
    try:
        yield port
    finally:
        for process in started:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def clock_of(port):
    """Wait for the server and return how far its clock is from ours."""
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end:
        with suppress(OSError):
            connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", "/health/")
            date = connection.getresponse().headers["Date"]
            return parsedate_to_datetime(date) - datetime.now(UTC)
        time.sleep(0.1)
    raise TimeoutError


def crowd(people, port, deadline, seconds):
    """Let all come; most press in the last seconds, some when it is too late."""
    dice = random.Random(80)  # noqa: S311 – chance, not secrecy
    ahead = clock_of(port)
    until_deadline = (deadline - datetime.now(UTC) - ahead).total_seconds()
    last = time.monotonic() + until_deadline
    for person in people:
        person.presses_at = last + dice.uniform(-0.9 * seconds, AFTERWARDS)
    people[0].presses_at = last + AFTERWARDS  # one is late for certain
    threads = [threading.Thread(target=person.take_part, args=(port,)) for person in people]
    begin = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.monotonic() - begin


def faults(person, deadline):
    """Say what of a person's work is lost, or not as it was told."""
    if person.problem:
        yield person.problem
    wrong = [code for code in person.codes if code not in (200, 302, 422)]
    if wrong:
        yield f"{person.organisation}: {wrong}"
    found = list(Submission.objects.filter(organisation_name=person.organisation))
    if len(found) != 1:
        yield f"{person.organisation}: {len(found)} submissions"
        return
    submission = found[0]
    if submission.points.count() != 2:
        yield f"{person.organisation}: {submission.points.count()} points"
    if person.was_told == bool(submission.number):
        yield f"{person.organisation}: told {person.was_told}, stands {submission.number}"
    if submission.number and (submission.received_at > deadline or submission.is_late):
        yield f"{person.organisation}: received {submission.received_at}"


def report(people, deadline, took):
    """Return what the test and the benchmark want to know."""
    connections.close_all()
    times = sorted(each for person in people for each in person.times)
    numbers = list(Submission.objects.filter(number__isnull=False).values_list("number", flat=True))
    receipts = Counter(
        OutgoingMail.objects.filter(subject__startswith="Eingang").values_list("subject", flat=True)
    )
    return {
        "people": len(people),
        "handed_in": len(numbers),
        "told_too_late": sum(person.was_told for person in people),
        "faults": [fault for person in people for fault in faults(person, deadline)],
        "unique_numbers": len(set(numbers)),
        "receipts": len(receipts),
        "receipts_twice": sum(count > 1 for count in receipts.values()),
        "break": audit.first_break() and "broken",
        "requests": len(times),
        "seconds": round(took, 1),
        "median_ms": round(statistics.median(times) * 1000),
        "p95_ms": round(times[int(0.95 * len(times))] * 1000),
        "slowest_ms": round(times[-1] * 1000),
    }


def main(number, seconds):
    move_in()
    consultation = factories.make_consultation(
        factories.make_edition(passages=factories.long_text(60))
    )
    people = list(people_in(consultation, number))
    connections.close_all()
    deadline = closes_at(factories.CLOSES_ON)
    starting = 8 + seconds  # the server needs some seconds, people fifteen to write
    with served(deadline - timedelta(seconds=starting + 15)) as port:
        took = crowd(people, port, deadline, seconds)
    answer(report(people, deadline, took))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
