"""The site as a process of its own: it starts, answers, and stops when asked to."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

PATIENCE = 180
LOADING_FOR = 1.5
"""Seconds after which the demonstration is certainly still being loaded."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(home, empty="1"):
    left_out = {"DATABASE_URL", "EMAIL_HOST", "PYTHONDONTWRITEBYTECODE"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return kept | {"MITPLAN_HOME": str(home), "EMPTY": empty, "PYTHONUNBUFFERED": "1"}


def start(home, port, empty="1"):
    command = [sys.executable, "-m", "mitplan.config.cli", "serve", "--port", str(port)]
    return subprocess.Popen(
        command,
        env=environment(home, empty),
        stdout=(home / "output").open("w"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def end(site, how=signal.SIGTERM):
    """End the site as a person does, and return all it said."""
    site.send_signal(how)
    try:
        site.wait(timeout=60)
    except subprocess.TimeoutExpired:
        os.killpg(site.pid, signal.SIGKILL)
        raise


def first_answer(url):
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(url, timeout=30) as answer:  # noqa: S310 – our own address
                return answer.status
        except HTTPError:
            raise
        except URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_site_answers_and_stops_without_a_trace(home, stop):
    port = free_port()
    site = start(home, port)
    try:
        status = first_answer(f"http://127.0.0.1:{port}/")
    finally:
        end(site, stop)

    output = (home / "output").read_text()
    assert (status, site.returncode) == (200, 0)
    assert f"Mitplan läuft: http://127.0.0.1:{port}" in output
    assert f"E-Mails werden als Dateien abgelegt: {home / 'var' / 'mail'}" in output
    assert "Traceback" not in output
    with pytest.raises(ProcessLookupError):  # nobody of its family is left
        os.killpg(site.pid, 0)


def test_taken_port_is_said_in_a_sentence(home):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]

        code = start(home, port).wait(timeout=60)

    assert code == 1
    assert (home / "output").read_text() == (
        f"Der Anschluss {port} ist belegt. Bitte einen anderen wählen, zum Beispiel: "
        f"make run PORT={port + 1}\n"
    )


def test_demonstration_that_was_cut_off_is_loaded_whole_at_the_next_start(tmp_path, migrated, home):
    prepare(tmp_path, migrated, home)
    port = free_port()
    cut_off = start(tmp_path, port, empty="0")
    wait_for(tmp_path / "output", "wird einmalig geladen")
    time.sleep(LOADING_FOR)
    os.killpg(cut_off.pid, signal.SIGKILL)
    cut_off.wait()
    left = rows(tmp_path, "SELECT count(*) FROM plan_plan")

    site = start(tmp_path, port, empty="0")
    try:
        status = first_answer(f"http://127.0.0.1:{port}/ergebnis/1/")
    finally:
        end(site)

    assert (left, status) == ([(0,)], 200)
    assert "Demonstration geladen: 3 Fassungen" in (tmp_path / "output").read_text()
    assert rows(tmp_path, "SELECT count(*) FROM plan_plan") == [(1,)]


def prepare(home, migrated, earlier):
    """Spare a site what the sites before it have made already."""
    (home / "var").mkdir()
    shutil.copy(migrated, home / "var" / "mitplan.sqlite3")
    if (earlier / "static-collected").exists():
        (home / "static-collected").symlink_to(earlier / "static-collected")


def wait_for(output, words):
    end = time.monotonic() + PATIENCE
    while words not in output.read_text():
        assert time.monotonic() < end
        time.sleep(0.1)


def rows(home, question):
    with closing(sqlite3.connect(home / "var" / "mitplan.sqlite3")) as connection:
        return connection.execute(question).fetchall()
