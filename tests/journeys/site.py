"""The real site in a folder of its own: its server, its jobs, its mails, its rows."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(sys.executable).parent
STARTS_WITHIN = 300


def free_port() -> int:
    """Return a port nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Site:
    """One Mitplan: a folder with database and files, and while it runs an address."""

    home: Path
    is_demonstration: bool = True
    port: int = field(default_factory=free_port)
    _process: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, on: datetime | None = None) -> None:
        """Start the server; with a moment, the site believes that it is then."""
        application = "tests.journeys.later" if on else "mitplan.config.wsgi"
        command = [PROGRAMS / "gunicorn", application, "--bind", f"127.0.0.1:{self.port}"]
        quiet = ["--threads=4", "--timeout=0", "--no-control-socket", "--log-level=warning"]
        self.run_in_background(*command, *quiet, on=on)

    def run_in_background(self, *command: str | Path, on: datetime | None = None) -> None:
        with (self.home / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment(on), stdout=log, stderr=log
            )
        self._wait_until_it_answers()

    def environment(self, on: datetime | None = None) -> dict[str, str]:
        """Return only what the site needs, so that nothing of this machine's settings gets in."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return kept | {
            "DJANGO_SETTINGS_MODULE": "mitplan.config.settings",
            "MITPLAN_HOME": str(self.home),
            "MITPLAN_URL": self.address,
            "MITPLAN_DEMONSTRATION": "1" if self.is_demonstration else "0",
            "MITPLAN_JOURNEY_DAY": on.isoformat() if on else "",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }

    def _wait_until_it_answers(self) -> None:
        end = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < end and self._process.poll() is None:
            try:
                urlopen(f"{self.address}/health/", timeout=20).close()  # noqa: S310 – our own server
            except HTTPError:
                break
            except (URLError, ConnectionError):
                time.sleep(0.1)
            else:
                return
        self.stop()
        raise RuntimeError("The site did not start:\n" + (self.home / "log").read_text()[-3000:])

    def stop(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(timeout=30)

    def do(self, *command: str) -> str:
        """Run one of the commands people use, and return what it prints."""
        return self._run(PROGRAMS / "mitplan", *command)

    def do_in_python(self, module: str, *arguments: str) -> str:
        return self._run(sys.executable, "-m", module, *arguments)

    def do_the_jobs(self) -> None:
        """Do what waits for the worker, once."""
        self.do_in_python("django", "db_worker", "--batch", "--interval=0")

    def _run(self, *command: str | Path) -> str:
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment(), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr or done.stdout)
        return done.stdout

    def mails_to(self, address: str) -> list[EmailMessage]:
        """Return the mails that went to somebody, the oldest first."""
        files = sorted(
            (self.home / "var" / "mail").glob("*"), key=lambda path: path.stat().st_mtime
        )
        mails = [
            message_from_bytes(part.strip() + b"\n", policy=policy.default)
            for path in files
            for part in path.read_bytes().split(b"-" * 79)
            if part.strip()
        ]
        return [mail for mail in mails if mail["To"] == address]

    def rows(self, question: str, *values: object) -> list[tuple]:
        """Look into the database as a stranger would: only reading."""
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(question, values).fetchall()

    def value(self, question: str, *values: object) -> object:
        return self.rows(question, *values)[0][0]

    @property
    def database(self) -> Path:
        return self.home / "var" / "mitplan.sqlite3"

    def copied_to(self, home: Path) -> "Site":
        """Return a second site with the same content, not yet started."""
        other = Site(home, is_demonstration=self.is_demonstration)
        (home / "var").mkdir(parents=True)
        with (
            closing(sqlite3.connect(self.database)) as source,
            closing(sqlite3.connect(other.database)) as target,
        ):
            source.backup(target)
        shutil.copy(self.home / "var" / "secret-key", home / "var")
        if (self.home / "static-collected").exists():
            (home / "static-collected").symlink_to(self.home / "static-collected")
        if (self.home / "var" / "files").exists():
            shutil.copytree(self.home / "var" / "files", home / "var" / "files")
        return other
