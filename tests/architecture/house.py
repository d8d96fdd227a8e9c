"""What the architecture tests ask about the repository: rooms, their order, their files."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "mitplan"


@cache
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def rooms_from_below() -> dict[str, int]:
    """Each room with its height, read from the contract that import-linter checks."""
    layers = project()["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        room.strip(): height
        for height, siblings in enumerate(reversed(layers))
        for room in siblings.split("|")
    }


def may_know(room: str, other: str) -> bool:
    heights = rooms_from_below()
    return room == other or heights[room] > heights[other]


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported_modules(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
