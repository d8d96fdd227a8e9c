"""The outlines of the districts, drawn once and kept."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "content" / "districts.json"


CUT_OUT_OF = {"06415": "06435"}
"""Hanau left the Main-Kinzig-Kreis on 1 January 2026; older keys know it only as its part."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """Outlines by official key, the size of the drawing, and whom to credit."""

    width: int
    height: int
    credit: str
    paths: dict[str, str]

    def paths_for(self, districts: set[str]) -> dict[str, str]:
        """Return outlines by key; a part that is no district on record yet stays with its old one."""
        paths = dict(self.paths)
        for part, whole in CUT_OUT_OF.items():
            if part not in districts:
                paths[whole] += paths.pop(part)
        return paths


@cache
def shapes() -> Shapes:
    """Return the outlines that are shipped with the product."""
    kept = json.loads(_FILE.read_text(encoding="utf-8"))
    return Shapes(kept["width"], kept["height"], kept["credit"], kept["shapes"])
