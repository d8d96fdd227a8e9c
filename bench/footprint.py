"""What Mitplan weighs: memory of a worker, bytes of a first visit, seconds until it answers and until it is set up.

    python -m bench.footprint [--scale 0.1]

One gunicorn worker on SQLite with the standard data D1. Memory is what the worker holds after every workload below was
asked for several times. Seconds are processor time, so a busy machine changes them little. The limit is the app
of bench/limit, which has one model, one template and no migrations of its own.
"""

import argparse
import gzip
import re
import resource
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.serving import Server, house, run

TIMES = 5
WORKLOADS = (
    "/",
    "/anliegen/",
    "/anliegen/?stand=undecided&suche=Sprachkurse",
    "/plan/messplan/fassung/1/",
    "/plan/messplan/fassung/1/?herkunft=1",
    "/plan/messplan/textstelle/5/",
    "/beteiligung/",
    "/ergebnis/",
    "/ziele/",
    "/indikatoren/",
    "/suche/?q=Sprache",
    "/anliegen/?format=csv",
    "/anliegen/?format=xlsx",
    "/plan/messplan/fassung/1/text.docx",
)
LIMIT_WORKLOADS = ("/", "/rows/25/", "/points/1/", "/chapters/1/", "/whole/", "/sheet.xlsx")
LOADED = re.compile(
    r'(?:<script[^>]* src|<link[^>]* rel="(?:stylesheet|icon)"[^>]* href)="([^"]+)"'
)
ADDRESS = re.compile(r'(?:href|src)="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Weight:
    """One line of the table."""

    name: str
    measured: float
    budget: float
    unit: str
    limit: float | None = None

    def line(self) -> str:
        """Return the line; what misses its budget carries an exclamation mark."""
        limit = "–" if self.limit is None else f"{self.limit:.1f}"
        held = "" if self.measured <= self.budget else " !"
        return f"{self.name:<50}{self.measured:8.1f}{limit:>8}  {self.budget:g} {self.unit}{held}"


@dataclass(frozen=True, slots=True)
class Visit:
    """The bytes of a first visit as they travel: compressed, without the font."""

    page: int
    scripts: int
    others: int
    foreign: int


def used() -> float:
    """Return the seconds of processor time that all programs we ran have used."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


@contextmanager
def started(application: str, environment: dict[str, str]) -> Iterator[tuple[Server, float]]:
    """Yield a server that has given its first answer, and the seconds that took."""
    with Server(application, environment) as server:
        server.get("/")
        yield server, server.cpu / 1000


def memory_after(server: Server, workloads: Iterable[str]) -> float:
    for path in workloads:
        for _time in range(TIMES):
            answer, _content = server.get(path)
            if answer.status != 200:
                message = f"{path} answers {answer.status}"
                raise RuntimeError(message)
    return server.memory


def first_visit(server: Server) -> Visit:
    page = server.get("/")[1].decode()
    loaded = set(ADDRESS.findall(" ".join(found[0] for found in LOADED.finditer(page))))
    ours = {path for path in loaded if path.startswith("/")}
    sizes = {path: _packed(server.get(path)[1]) for path in ours}
    scripts = sum(size for path, size in sizes.items() if path.endswith(".js"))
    return Visit(_packed(page.encode()), scripts, sum(sizes.values()) - scripts, len(loaded - ours))


def _packed(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def compiled_in(folder: Path) -> dict[str, str]:
    """Let Python keep what it compiles, as it does where Mitplan is installed."""
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "pyc")}


def set_up(folder: Path) -> float:
    """Return the seconds that an empty database takes until its tables stand."""
    (folder / "var").mkdir(parents=True)
    environment = {
        "MITPLAN_HOME": str(folder),
        "DJANGO_SETTINGS_MODULE": "mitplan.config.settings",
        "DATABASE_URL": f"sqlite:///{folder}/var/empty.sqlite3",
        **compiled_in(folder.parent),
    }
    before = used()
    run(environment, "django", "migrate", "--verbosity", "0")
    return used() - before


def weights(folder: Path, scale: float) -> Iterator[Weight]:
    limit_environment = {
        "LIMIT_DATABASE": str(folder / "limit.sqlite3"),
        "DJANGO_SETTINGS_MODULE": "bench.limit.settings",
    }
    run(limit_environment, "bench.limit.fill", str(max(50, round(600 * scale))))
    with started("bench.limit.wsgi", limit_environment) as (server, limit_start):
        limit_memory = memory_after(server, LIMIT_WORKLOADS)
    with house(folder / "whole") as prepared:
        environment = prepared | compiled_in(folder)
        run(environment, "mitplan.config.cli", "bench-data", "D1", "--scale", str(scale))
        run(environment, "django", "check")  # compiles everything, as a first start has done
        with started("mitplan.config.wsgi", environment) as (server, start):
            visit = first_visit(server)
            memory = memory_after(server, WORKLOADS)
    yield Weight("memory of a worker after all workloads", memory, 100, "MB", limit_memory)
    whole = visit.page + visit.scripts + visit.others
    yield Weight("first visit, compressed, without the font", whole / 1000, 75, "kB")
    yield Weight("its scripts, compressed", visit.scripts / 1000, 20, "kB")
    yield Weight("files it asks other hosts for", visit.foreign, 0, "files")
    yield Weight("cold start until the first answer", start, 2, "s", limit_start)
    yield Weight("empty database until its tables stand", set_up(folder / "empty"), 5, "s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="a part of D1")
    options = parser.parse_args()
    print(f"{'':<50}{'measured':>8}{'limit':>8}  budget")
    with tempfile.TemporaryDirectory() as folder:
        for weight in weights(Path(folder), options.scale):
            print(weight.line(), flush=True)


if __name__ == "__main__":
    main()
