"""Count the statements of pages: `python -m bench.statements PATH …`, one number a line.

`--anew PATH` forgets first what is kept; `POST PATH` hands a submission in.
"""

import os
import sys

import django
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def count(client: Client, path: str, *, anew: bool) -> int:
    if path.startswith("POST "):
        client.get(path.removeprefix("POST "))
        with CaptureQueriesContext(connection) as captured:
            client.post(path.removeprefix("POST "), {"contact": "a@example.org"})
        return number_of(captured)
    client.get(path)
    if anew:
        caches["pages"].clear()
    with CaptureQueriesContext(connection) as captured:
        b"".join(client.get(path))  # files are read from the database while they are sent
    return number_of(captured)


def number_of(captured: CaptureQueriesContext) -> int:
    """Count what reads or writes; beginning and ending a transaction does neither."""
    statements = (query["sql"] for query in captured.captured_queries)
    return sum(
        not each.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")) for each in statements
    )


def main(paths: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mitplan.config.settings")
    django.setup()
    visitor = Client(headers={"host": "127.0.0.1"})
    for each in paths:
        bare = each.removeprefix("--anew ")
        print(count(visitor, bare, anew=bare != each))


if __name__ == "__main__":
    main(sys.argv[1:])
