"""What pages cost: processor time, statements and bytes, beside the least a Django app needs for the same answer.

    python -m bench.pages [--scale 0.1]

Mitplan and the limit app run one after the other on the same machine, each as one gunicorn worker on SQLite, with
the standard data D1, D3 and D4. Milliseconds are processor time (user and system) of all server processes for one answer, so a busy
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

from bench.serving import ROUND, Server, house, run

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
    """A page, its rival, and on which house it is measured; `anew` is without what Mitplan keeps."""

    name: str
    budget: Budget
    path: str
    rival: str
    house: str = "whole"
    anew: bool = False
    known: bool = False
    rounds: tuple[int, int] = (REQUESTS, ROUND)
    """How many answers in all, and how many in one round."""


def pages(point: str, passage: int) -> list[Page]:
    edition = "/plan/messplan/fassung/1/"
    return [
        Page("W1 start page", Budget(5, 5), "/", "/"),
        Page("W1 start page, anew", Budget(40, None), "/", "/", anew=True),
        Page("W2 table of points, 25 rows", Budget(9, 6), "/anliegen/", "/rows/25/"),
        Page("W3 one point", Budget(8, 8), f"/anliegen/{point}/", "/points/1/"),
        Page("W3 one measure", Budget(8, 8), "/massnahmen/messplan/M1/", "/points/1/", "goals"),
        Page("300 measures", Budget(40, 8), "/massnahmen/", "/rows/300/", "goals"),
        Page(
            "W4 chapter of 50 passages, anew",
            Budget(9, 6),
            edition,
            "/chapters/1/",
            "chapter",
            anew=True,
        ),
        Page("W5 whole plan, 600 passages, anew", Budget(60, 8), edition, "/whole/", anew=True),
        Page("W5 whole plan, kept", Budget(5, 8), edition, "/whole/"),
        Page("W5 whole plan, known to the browser", Budget(5, 8), edition, "/whole/", known=True),
        Page(
            "W6 points on one passage",
            Budget(15, 6),
            f"/plan/messplan/textstelle/{passage}/",
            "/rows/20/",
        ),
        Page(
            "W9 Excel file of 5,000 points",
            Budget(600, 10),
            "/anliegen/?format=xlsx",
            "/sheet.xlsx",
            rounds=(8, 2),
        ),
        Page(
            "W11 100 indicators, ten years",
            Budget(25, 5),
            "/indikatoren/?format=json",
            "/numbers/",
            "goals",
        ),
        Page(
            "D4 table of 10,000 points, narrowed",
            Budget(30, 8),
            "/anliegen/?stand=undecided&suche=Sprachkurse",
            "/rows/25/",
            "letters",
        ),
    ]


class Houses:
    """Mitplan with each kind of measuring data, and the limit app."""

    def __init__(self, stack: ExitStack, folder: Path, scale: float) -> None:
        contents = {
            "whole": ("D1", scale),
            "chapter": ("D1", scale / 12),
            "goals": ("D3", scale),
            "letters": ("D4", scale),
        }
        self.of: dict[str, dict[str, str]] = {}
        for name, (data, part) in contents.items():
            self.of[name] = stack.enter_context(house(folder / name))
            run(self.of[name], "mitplan.config.cli", "bench-data", data, "--scale", str(part))
        self.limit = {
            "LIMIT_DATABASE": str(folder / "limit.sqlite3"),
            "DJANGO_SETTINGS_MODULE": "bench.limit.settings",
        }
        run(self.limit, "bench.limit.fill", str(max(50, round(600 * scale))))


def anew(environment: dict[str, str]) -> dict[str, str]:
    return environment | {"DJANGO_SETTINGS_MODULE": "bench.uncached"}


def of_page(page: Page, houses: Houses, limit: Server) -> Result:
    """Measure a page and its rival."""
    environment = houses.of[page.house]
    amount, each = page.rounds
    with Server("mitplan.config.wsgi", anew(environment) if page.anew else environment) as server:
        answer, _content = server.get(page.path)
        if answer.status != 200:
            message = f"{page.path} answers {answer.status}"
            raise RuntimeError(message)
        headers = {"If-None-Match": answer.headers["ETag"]} if page.known else {}
        size = len(server.get(page.path, headers)[1])
        cost = server.cost(repeat(lambda: server.get(page.path, headers), amount), each=each)
    path = f"--anew {page.path}" if page.anew else page.path
    return Result(
        page.name,
        page.budget,
        cost,
        limit.cost(repeat(lambda: limit.get(page.rival), amount), each=each),
        statements(environment, path)[0],
        size,
    )


def of_handing_in(houses: Houses, limit: Server) -> Result:
    """Measure handing in a draft with one point, each of another organisation."""
    links = open_links(houses.of["whole"])
    fields = {"contact": "verein@example.org", "csrfmiddlewaretoken": TOKEN}

    def asks(server: Server) -> Iterator[Callable[[], object]]:
        for link in links[2 : 2 + REQUESTS]:
            yield lambda link=link: expect_redirect(
                server.post(link, fields, HAND_IN_HEADERS)[0].status
            )

    with Server("mitplan.config.wsgi", houses.of["whole"]) as server:
        expect_redirect(server.post(links[0], fields, HAND_IN_HEADERS)[0].status)
        cost = server.cost(asks(server))
    text = {"text": "Wir bitten um Kurse am Abend."}
    rival = limit.cost(repeat(lambda: limit.post("/hand-in/", text), REQUESTS))
    counted = statements(houses.of["whole"], f"POST {links[1]}")[0]
    return Result("W7 hand in one point", Budget(12, 15), cost, rival, counted, 0)


def expect_redirect(status: int) -> None:
    if status != 302:
        message = f"handing in answers {status}"
        raise RuntimeError(message)


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
POINT_AND_PASSAGE = """
import django, json; django.setup()
from django.db.models import Count
from mitplan.participation.models import Point
found = Point.objects.filter(passage__isnull=False, handed_in_at__isnull=False)
most = found.values_list("passage__number").annotate(points=Count("pk")).order_by("-points", "passage")
print(json.dumps([found.order_by("pk")[0].number, most[0][0]]))
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
        point, passage = json.loads(said_by(houses.of["whole"], "-c", POINT_AND_PASSAGE))
        print(HEADER)
        with Server("bench.limit.wsgi", houses.limit) as limit:
            for page in pages(point, passage):
                print(of_page(page, houses, limit).line(), flush=True)
            print(of_handing_in(houses, limit).line())


if __name__ == "__main__":
    main()
