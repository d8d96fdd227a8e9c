"""A web server as a process of its own, and the processor time that its answers cost."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

ROUND = 20
"""Answers in one round; the quietest round counts, for others work on the same machine."""

PATIENCE = 60


class Server:
    """One gunicorn with one worker; `cpu` is what master and worker have used, in milliseconds."""

    def __init__(self, application: str, environment: Mapping[str, str]) -> None:
        self.port = _free_port()
        command = [
            *(sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{self.port}"),
            *(
                "--workers",
                "1",
                "--threads",
                "2",
                "--keep-alive",
                "30",
                "--no-control-socket",
                "--log-level",
                "warning",
            ),
        ]
        self.process = subprocess.Popen(command, env=os.environ | dict(environment))
        self.connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def __enter__(self) -> Self:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.1)
        raise TimeoutError

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.connection.close()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=PATIENCE)

    def get(
        self, path: str, headers: Mapping[str, str] | None = None
    ) -> tuple[HTTPResponse, bytes]:
        """Fetch a page."""
        return self._ask("GET", path, None, headers or {})

    def post(
        self, path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> tuple[HTTPResponse, bytes]:
        """Send a form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(fields), kind | dict(headers or {}))

    def _ask(
        self, method: str, path: str, body: str | None, headers: Mapping[str, str]
    ) -> tuple[HTTPResponse, bytes]:
        for _attempt in range(2):  # a kept connection may have been closed meanwhile
            try:
                self.connection.request(method, path, body, dict(headers))
                answer = self.connection.getresponse()
            except (RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self.connection.close()
            else:
                return answer, answer.read()
        raise ConnectionError(path)

    @property
    def memory(self) -> float:
        """What its worker holds in memory, in million bytes."""
        return max(map(_resident, _children(self.process.pid))) / 1e6

    @property
    def cpu(self) -> float:
        """Processor time of all its processes so far, in milliseconds."""
        return sum(map(_running, [self.process.pid, *_children(self.process.pid)])) / 1e6

    def cost(self, asks: Iterable[Callable[[], object]], *, each: int = ROUND) -> float:
        """Return the processor time of one answer in milliseconds: that of the quietest of some rounds."""
        costs = []
        remaining = iter(asks)
        while round_of := list(islice(remaining, each)):
            before = self.cpu
            for ask in round_of:
                ask()
            costs.append((self.cpu - before) / len(round_of))
        return min(costs)


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _resident(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _running(pid: int) -> int:
    """Return the nanoseconds that the threads of a process have been running, user and system."""
    stats = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(stat.read_text().split()[0]) for stat in stats)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def house(home: Path) -> Iterator[dict[str, str]]:
    """Yield the environment of a prepared house in a folder."""
    home.mkdir(parents=True, exist_ok=True)
    environment = {
        "MITPLAN_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "mitplan.config.settings",
        "DATABASE_URL": f"sqlite:///{home}/var/mitplan.sqlite3",
    }
    run(environment, "mitplan.config.cli", "prepare")
    yield environment


def run(environment: Mapping[str, str], module: str, *arguments: str) -> None:
    """Run a program to its end."""
    subprocess.run(
        [sys.executable, "-m", module, *arguments], env=os.environ | dict(environment), check=True
    )
