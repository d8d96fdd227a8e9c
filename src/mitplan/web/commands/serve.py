"""`mitplan serve` and `mitplan prepare`: from an empty folder to a running site."""

import argparse
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from mitplan.participation.jobs import resume_letters
from mitplan.plan.models import Plan
from mitplan.web.commands.schedule import Schedule


def register(groups: Any) -> None:  # noqa: ANN401 – argparse's private class
    """Add the commands that run the site."""
    prepare = groups.add_parser("prepare", help="Datenbank und statische Dateien einrichten")
    prepare.set_defaults(run=lambda _options: prepare_site(), needs_tables=False)
    parser = groups.add_parser("serve", help="Seiten und Aufträge ausführen")
    parser.add_argument(
        "--host", default=os.environ.get("HOST", "127.0.0.1"), help="Adresse (HOST)"
    )
    parser.add_argument(
        "--port", type=int, default=int(os.environ.get("PORT", "8000")), help="Anschluss (PORT)"
    )
    parser.add_argument("--workers", type=int, default=2, help="Prozesse für Seiten")
    parser.add_argument(
        "--empty", action="store_true", help="ohne Demonstration beginnen (wie EMPTY=1)"
    )
    parser.set_defaults(run=serve, needs_tables=False)


def prepare_site() -> int:
    """Bring database and static files up to date."""
    call_command("migrate", verbosity=0)
    _collect_static_files()
    return 0


def _collect_static_files() -> None:
    """Collect and compress the static files, unless they are the same as last time."""
    root = Path(settings.STATIC_ROOT)
    stamp, found = root / "stamp", _static_files()
    if stamp.exists() and stamp.read_text() == found:
        return
    # The settings ask whether the folder is there, so it has to be there before they are read.
    root.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "django", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(command, check=True)  # noqa: S603 – our own program
    stamp.write_text(found)


def _static_files() -> str:
    """Return a fingerprint of all static files where they come from."""
    stats = [
        (name, Path(storage.path(name)).stat())
        for finder in get_finders()
        for name, storage in finder.list([])
    ]
    lines = sorted(f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in stats)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def serve(options: argparse.Namespace) -> int:
    """Run the site and its job worker until they are stopped."""
    if _is_taken(options.host, options.port):
        print(
            f"Der Anschluss {options.port} ist belegt. Bitte einen anderen wählen, zum Beispiel: "
            f"make run PORT={options.port + 1}",
            file=sys.stderr,
        )
        return 1
    prepare_site()
    address = f"http://{options.host}:{options.port}"
    environment = os.environ | {"MITPLAN_URL": os.environ.get("MITPLAN_URL", address)}
    if not (options.empty or os.environ.get("EMPTY") == "1"):
        _load_demonstration_once()
        if _is_demonstration():
            environment["MITPLAN_DEMONSTRATION"] = "1"
        else:
            print("Ein eigener Plan ist da: Rollenwechsel und Tour sind ausgeschaltet.", flush=True)
    resume_letters()
    processes = [
        subprocess.Popen(command, env=environment)  # noqa: S603 – our own programs
        for command in (_web_command(options), _worker_command())
    ]
    print(f"Mitplan läuft: {address}  (Ende mit Strg+C)", flush=True)
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        print(f"E-Mails werden als Dateien abgelegt: {settings.EMAIL_FILE_PATH}", flush=True)
    return _wait(processes)


def _is_taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def _load_demonstration_once() -> None:
    if not Plan.objects.exists():
        print("Die Demonstration wird einmalig geladen …", flush=True)
        command = [sys.executable, "-m", "mitplan.config.cli", "demo"]
        done = subprocess.run(command, check=False)  # noqa: S603 – our own program
        if not Plan.objects.exists():  # another start may have been quicker
            raise SystemExit(done.returncode or 1)


def _is_demonstration() -> bool:
    """Tell whether all that stands here is invented; only then may people change their role."""
    return not Plan.objects.filter(is_demonstration=False).exists()


def _web_command(options: argparse.Namespace) -> list[str]:
    return [
        str(Path(sys.executable).with_name("gunicorn")),
        "mitplan.config.wsgi",
        "--bind",
        f"{options.host}:{options.port}",
        "--workers",
        str(options.workers),
        "--threads",
        "2",
        "--preload",
        "--no-control-socket",
        "--log-level",
        "warning",
    ]


def _worker_command() -> list[str]:
    return [sys.executable, "-m", "django", "db_worker", "--interval", "1"]


def _wait(processes: list[subprocess.Popen[bytes]]) -> int:
    """Wait until one process ends or somebody stops us; then end all. Meanwhile give out what is due."""
    schedule = Schedule()
    for stop in (signal.SIGTERM, signal.SIGINT):  # a start in the background ignores the second
        signal.signal(stop, signal.default_int_handler)
    try:
        while all(process.poll() is None for process in processes):
            schedule.tick(time.monotonic())
            time.sleep(0.2)
        code = next(process.returncode for process in processes if process.poll() is not None)
    except KeyboardInterrupt:
        code = 0
    for process in processes:
        process.terminate()
    for process in processes:
        _end(process)
    return code


def _end(process: subprocess.Popen[bytes]) -> None:
    """Give a process time to finish what it is doing; a job that was cut off runs again later."""
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
