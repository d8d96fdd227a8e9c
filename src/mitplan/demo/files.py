"""The files the demonstration is made from."""

import csv
import json
from importlib.resources import files
from typing import Any

Row = dict[str, str]

FACTS = files("mitplan.demo") / "facts"
CONTENT = files("mitplan.demo") / "content"


def facts(name: str) -> list[Row]:
    """Return the rows of a file of sourced facts."""
    return _rows((FACTS / name).read_text(encoding="utf-8"))


def content(name: str) -> list[Row]:
    """Return the rows of a table of the demonstration plan."""
    return _rows((CONTENT / name).read_text(encoding="utf-8"))


def text(name: str) -> str:
    """Return a text of the demonstration plan."""
    return (CONTENT / name).read_text(encoding="utf-8")


def structure(name: str) -> Any:  # noqa: ANN401 – JSON
    """Return a structured file of the demonstration plan."""
    return json.loads(text(name))


def _rows(table: str) -> list[Row]:
    return list(csv.DictReader(table.splitlines()))
