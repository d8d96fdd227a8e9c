"""The page in Leichte Sprache."""

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its paragraphs; each sentence stands on a line of its own."""

    title: str
    paragraphs: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class EasyText:
    """The whole text."""

    title: str
    sections: tuple[Section, ...]


def easy_text() -> EasyText:
    """Return the text that this instance shows."""
    return _read(settings.EASY_LANGUAGE)


@cache
def _read(path: Path) -> EasyText:
    head, *parts = path.read_text(encoding="utf-8").split("\n## ")
    return EasyText(head.strip().removeprefix("# "), tuple(map(_section, parts)))


def _section(part: str) -> Section:
    title, *lines = part.splitlines()
    paragraphs = groupby(lines, key=lambda line: bool(line.strip()))
    return Section(title, tuple(tuple(group) for has_text, group in paragraphs if has_text))
