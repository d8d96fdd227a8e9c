"""The outlines of the districts, drawn once and kept."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "content" / "districts.json"


@dataclass(frozen=True, slots=True)
class Shapes:
    """Outlines by official key, the size of the drawing, and whom to credit."""

    width: int
    height: int
    credit: str
    paths: dict[str, str]


@cache
def shapes() -> Shapes:
    """Return the outlines that are shipped with the product."""
    kept = json.loads(_FILE.read_text(encoding="utf-8"))
    return Shapes(kept["width"], kept["height"], kept["credit"], kept["shapes"])
