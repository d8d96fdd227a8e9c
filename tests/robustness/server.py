"""Kill the whole web server while it carries out what somebody sent, and report what it left behind.

Called as `python -m tests.robustness.server ACT TIMES SEED`.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener, urlopen

from tests.journeys.site import free_port
from tests.robustness.standing import answer, counts, difference, move_in

from django.db import connections  # isort: skip – rooms exist only after set-up
from django.test import Client

from mitplan.common import audit
from mitplan.plan.models import Edition
from mitplan.publishing.actions import ImportValues
from mitplan.publishing.forms.importing import ConfirmForm
from tests import factories

STARTS_WITHIN = 60
FORGERY_TOKEN = "k" * 32


def an_import():
    """Prepare a plan with one edition; what is sent reads a longer text in."""
    edition = factories.make_edition(passages=factories.long_text(60))
    values = ImportValues(
        factories.long_text(100),
        Edition.Kind.CABINET_VERSION,
        "Zweite Fassung",
        factories.LONG_AGO.date(),
        release=False,
    )
    confirmed = ConfirmForm.of(values, edition.number).initial
    return f"/plan/{edition.plan.slug}/einlesen/", confirmed


def an_adoption():
    """Prepare a plan whose points are decided; what is sent adopts it."""
    edition = factories.make_edition(passages=factories.long_text(60))
    factories.taken_up(factories.make_point(factories.make_consultation(edition)))
    return f"/plan/{edition.plan.slug}/beschluss/", {
        "title": "Beschlossene Fassung",
        "dated_on": factories.AFTER_CLOSING.date().isoformat(),
        "adopted_as": "Kabinett",
        "override_office": "Kabinett",
        "override_reason": "Eilig.",
    }


ACTS = {"import": an_import, "adoption": an_adoption}


class Staying(HTTPRedirectHandler):
    """What is shown afterwards does not matter."""

    def redirect_request(self, *_arguments):
        return None


def sender(address, form):
    """Return what posts a form as the secretariat does."""
    secretary = Client()
    secretary.force_login(factories.make_secretary())
    cookies = f"sessionid={secretary.cookies['sessionid'].value}; csrftoken={FORGERY_TOKEN}"
    data = urlencode(form | {"csrfmiddlewaretoken": FORGERY_TOKEN}).encode()

    def send(base):
        with suppress(URLError, HTTPException, ConnectionError):
            build_opener(Staying).open(Request(base + address, data, {"Cookie": cookies}))  # noqa: S310 – our own server

    return send


def served():
    """Start the server as `mitplan serve` does; return its process and its address."""
    base = f"http://127.0.0.1:{free_port()}"
    command = [Path(sys.executable).with_name("gunicorn"), "mitplan.config.wsgi", "--preload"]
    more = ["--bind", base.removeprefix("http://"), "--threads", "2", "--no-control-socket"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen([*command, *more], start_new_session=True, **quiet)
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end:
        with suppress(URLError, ConnectionError):
            urlopen(f"{base}/health/", timeout=20).close()  # noqa: S310 – our own server
            return server, base
        time.sleep(0.1)
    raise TimeoutError


def killed(prepare, delay):
    """Let the server begin, kill it and all its workers after a while, and tell what came of it."""
    send = sender(*prepare())
    before = counts()
    connections.close_all()
    server, base = served()
    sending = threading.Thread(target=send, args=(base,))
    begin = time.monotonic()
    sending.start()
    sending.join(delay)
    took = time.monotonic() - begin
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()
    sending.join()
    return took, difference(before, counts())


def main(name, times, seed):
    move_in()
    dice = random.Random(seed)  # noqa: S311 – chance, not secrecy
    duration, whole = killed(ACTS[name], STARTS_WITHIN)
    found = [killed(ACTS[name], dice.uniform(0.1, 1.0) * duration)[1] for _ in range(times)]
    states = [
        "old" if not rows else "new" if rows == whole else f"mixture: {rows}" for rows in found
    ]
    answer({"states": states, "whole": whole, "break": audit.first_break() and "broken"})


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
