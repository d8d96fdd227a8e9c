"""What pages cost: processor time, statements and bytes, beside the least a Django app needs for the same answer.

    python -m bench.pages [--scale 0.1]

Mitplan and the limit app run one after the other on the same machine, each as one gunicorn worker on SQLite, with
the standard data D1. Milliseconds are processor time (user and system) of all server processes for one answer, so a busy
machine changes them little; the quietest of four rounds of twenty counts. *Anew* is without what Mitplan keeps until the next act; the rest is as visitors get it.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import repeat
from os import environ
from pathlib import Path

from bench.serving import Server, house, run

REQUESTS = 80
TOKEN = "b" * 32
HAND_IN_HEADERS = {"Cookie": f"csrftoken={TOKEN}"}


@dataclass(frozen=True, slots=True)
class Budget:
    milliseconds: float
    statements: int | None


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table."""

    name: str
    budget: Budget
    milliseconds: float
    limit: float
    statements: int
    size: int

    def line(self) -> str:
        """Return the line; what misses its budget carries an exclamation mark."""
        held = self.milliseconds <= self.budget.milliseconds and (
            self.budget.statements is None or self.statements <= self.budget.statements
        )
        allowed = f"{self.budget.milliseconds:g} ms, {self.budget.statements or '–'}"
        return (
            f"{self.name:<38}{self.milliseconds:8.1f}{self.limit:8.1f}"
            f"{self.milliseconds / self.limit:8.1f}{self.statements:6}{self.size / 1000:9.1f}"
            f"  {allowed:<12}{'' if held else ' !'}"
        )


HEADER = f"{'':<38}{'ms':>8}{'limit':>8}{'ratio':>8}{'SQL':>6}{'kB':>9}  budget"


@dataclass(frozen=True, slots=True)
class Page:
    """A page, its rival, and on which house it is measured."""

    name: str
    budget: Budget
    path: str
    rival: str
    anew: bool = False
    chapter: bool = False
    known: bool = False


def pages(known_point: str) -> list[Page]:
    edition = "/plan/messplan/fassung/1/"
    return [
        Page("W1 start page", Budget(5, 5), "/", "/"),
        Page("W1 start page, anew", Budget(40, None), "/", "/", anew=True),
        Page("W2 table of points, 25 rows", Budget(9, 6), "/anliegen/", "/points/"),
        Page("W3 one point", Budget(8, 8), f"/anliegen/{known_point}/", "/points/1/"),
        Page(
            "W4 chapter of 50 passages, anew",
            Budget(9, 6),
            edition,
            "/chapters/1/",
            anew=True,
            chapter=True,
        ),
        Page("W5 whole plan, 600 passages, anew", Budget(60, 8), edition, "/whole/", anew=True),
        Page("W5 whole plan, kept", Budget(5, 8), edition, "/whole/"),
        Page("W5 whole plan, known to the browser", Budget(5, 8), edition, "/whole/", known=True),
    ]


class Houses:
    """Mitplan with the whole of D1 and with one chapter of it, and the limit app."""

    def __init__(self, stack: ExitStack, folder: Path, scale: float) -> None:
        self.whole = stack.enter_context(house(folder / "whole"))
        self.chapter = stack.enter_context(house(folder / "chapter"))
        run(self.whole, "mitplan.config.cli", "bench-data", "D1", "--scale", str(scale))
        run(self.chapter, "mitplan.config.cli", "bench-data", "D1", "--scale", str(scale / 12))
        self.limit = {
            "LIMIT_DATABASE": str(folder / "limit.sqlite3"),
            "DJANGO_SETTINGS_MODULE": "bench.limit.settings",
        }
        run(self.limit, "bench.limit.fill", str(max(50, round(600 * scale))))


def anew(environment: dict[str, str]) -> dict[str, str]:
    return environment | {"DJANGO_SETTINGS_MODULE": "bench.uncached"}


def of_page(page: Page, houses: Houses, limit: Server) -> Result:
    """Measure a page and its rival."""
    environment = houses.chapter if page.chapter else houses.whole
    with Server("mitplan.config.wsgi", anew(environment) if page.anew else environment) as server:
        answer, _content = server.get(page.path)
        if answer.status != 200:
            message = f"{page.path} answers {answer.status}"
            raise RuntimeError(message)
        headers = {"If-None-Match": answer.headers["ETag"]} if page.known else {}
        size = len(server.get(page.path, headers)[1])
        cost = server.cost(repeated(lambda: server.get(page.path, headers)))
    path = f"--anew {page.path}" if page.anew else page.path
    return Result(
        page.name,
        page.budget,
        cost,
        limit.cost(repeated(lambda: limit.get(page.rival))),
        statements(environment, path)[0],
        size,
    )


def of_handing_in(houses: Houses, limit: Server) -> Result:
    """Measure handing in a draft with one point, each of another organisation."""
    links = open_links(houses.whole)
    fields = {"contact": "verein@example.org", "csrfmiddlewaretoken": TOKEN}

    def asks(server: Server) -> Iterator[Callable[[], object]]:
        for link in links[2 : 2 + REQUESTS]:
            yield lambda link=link: expect_redirect(
                server.post(link, fields, HAND_IN_HEADERS)[0].status
            )

    with Server("mitplan.config.wsgi", houses.whole) as server:
        expect_redirect(server.post(links[0], fields, HAND_IN_HEADERS)[0].status)
        cost = server.cost(asks(server))
    text = {"text": "Wir bitten um Kurse am Abend."}
    rival = limit.cost(repeated(lambda: limit.post("/hand-in/", text)))
    counted = statements(houses.whole, f"POST {links[1]}")[0]
    return Result("W7 hand in one point", Budget(12, 15), cost, rival, counted, 0)


def expect_redirect(status: int) -> None:
    if status != 302:
        message = f"handing in answers {status}"
        raise RuntimeError(message)


def repeated(ask: Callable[[], object]) -> Iterator[Callable[[], object]]:
    return repeat(ask, REQUESTS)


def statements(environment: dict[str, str], *paths: str) -> list[int]:
    return [int(line) for line in said_by(environment, "-m", "bench.statements", *paths).split()]


def said_by(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        env=environ | environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


LINKS = """
import django, json; django.setup()
from mitplan.participation.models import Invitation
print(json.dumps([i.get_absolute_url() + "abgeben/" for i in Invitation.objects.order_by("pk")]))
"""
POINT = """
import django, json; django.setup()
from mitplan.participation.models import Point
found = Point.objects.filter(passage__isnull=False, handed_in_at__isnull=False).order_by("pk")
print(json.dumps(found[0].number))
"""


def open_links(environment: dict[str, str]) -> list[str]:
    links: list[str] = json.loads(said_by(environment, "-c", LINKS))
    return links


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="a part of D1")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        houses = Houses(stack, Path(folder), options.scale)
        point = json.loads(said_by(houses.whole, "-c", POINT))
        print(HEADER)
        with Server("bench.limit.wsgi", houses.limit) as limit:
            for page in pages(point):
                print(of_page(page, houses, limit).line(), flush=True)
            print(of_handing_in(houses, limit).line())


if __name__ == "__main__":
    main()
