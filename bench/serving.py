"""A web server as a process of its own, and the processor time that its answers cost."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 60


class Server:
    """One gunicorn with one worker; `cpu` is what master and worker have used, in milliseconds."""

    def __init__(self, application: str, environment: Mapping[str, str]) -> None:
        self.port = _free_port()
        command = [
            *(sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{self.port}"),
            *("--workers", "1", "--threads", "2", "--no-control-socket", "--log-level", "warning"),
        ]
        self.process = subprocess.Popen(command, env=os.environ | dict(environment))

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
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, path, body, dict(headers))
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer, content

    @property
    def cpu(self) -> float:
        """Processor time of all its processes so far, user and system."""
        family = [self.process.pid, *_children(self.process.pid)]
        return 1000 * sum(map(_ticks, family)) / TICKS

    def cost(self, asks: Iterator[Callable[[], object]]) -> float:
        """Return the processor time of one answer, in milliseconds."""
        before, count = self.cpu, 0
        for ask in asks:
            ask()
            count += 1
        return (self.cpu - before) / count


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _ticks(pid: int) -> int:
    stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(stat[11]) + int(stat[12])


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
