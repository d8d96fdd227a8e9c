"""Run a command against a throw-away PostgreSQL cluster: `with_postgres.py COMMAND …`.

The command finds the cluster through DATABASE_URL; the cluster listens on a socket in a
temporary folder only, and is gone when the command ends. Works as root and as a user.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

SPEED_BEFORE_SAFETY = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
MISSING = (
    "Der PostgreSQL-Server fehlt. Bitte installieren: sudo apt install postgresql\n"
    "The PostgreSQL server is missing. Please install it: sudo apt install postgresql"
)


def find_programs() -> Path:
    """Return the folder of the newest server; Debian keeps initdb off the PATH."""
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda found: int(found.parts[-3])
    )
    on_path = shutil.which("initdb")
    if versions:
        return versions[-1].parent
    if on_path:
        return Path(on_path).parent
    sys.exit(MISSING)


class Cluster:
    """A cluster in one folder, run by a user who is not root, as PostgreSQL demands."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs = programs
        self.folder = folder
        self.user: str | None = None
        if os.getuid() == 0:
            self.user = "postgres"
            owner = pwd.getpwnam(self.user)
            os.chown(folder, owner.pw_uid, owner.pw_gid)

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs quietly, showing what it said only when it fails."""
        done = subprocess.run(
            [self.programs / program, *arguments],
            user=self.user,
            group=self.user,
            extra_groups=[] if self.user else None,
            cwd=self.folder,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.exit(f"{program}: {done.stderr}")

    def start(self) -> None:
        """Make the cluster and wait until it answers."""
        data = str(self.folder / "data")
        self.run(
            "initdb",
            *("--pgdata", data, "--username", "mitplan", "--auth", "trust"),
            *("--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
        )
        options = f"-k {self.folder} -c listen_addresses= {SPEED_BEFORE_SAFETY}"
        log = str(self.folder / "log")
        self.run("pg_ctl", "-D", data, "-w", "-l", log, "-o", options, "start")
        self.run("createdb", "-h", str(self.folder), "-U", "mitplan", "mitplan")

    def stop(self) -> None:
        """Stop at once: nothing in here is worth keeping."""
        if (self.folder / "data" / "postmaster.pid").exists():
            self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")

    @property
    def url(self) -> str:
        """The address in the form DATABASE_URL wants it: the socket's folder as host."""
        return f"postgresql://mitplan@{quote(str(self.folder), safe='')}/mitplan"


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Start a cluster and remove every trace of it afterwards."""
    programs = find_programs()
    folder = Path(tempfile.mkdtemp(prefix="mitplan-pg-"))
    running = Cluster(programs, folder)
    try:
        running.start()
        yield running
    finally:
        running.stop()
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run the command and pass on how it ended."""
    if not command:
        sys.exit(__doc__)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster is stopped, too
    with cluster() as running:
        environment = {**os.environ, "DATABASE_URL": running.url}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
