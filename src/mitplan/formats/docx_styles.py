"""Styles and numbering of a Word file: what a paragraph is, beyond how it looks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from mitplan.formats.docx_package import Parts, W

_BODY_TEXT = 9
_DEEPEST_HEADING = 6
_HEADING = re.compile(r"(?:heading|überschrift|berschrift|titre|kop|rubrik)\s*(\d)$")
_TITLES = frozenset(["title", "titel"])
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_PLACE = re.compile(r"%(\d)")


@dataclass(frozen=True, slots=True)
class Style:
    """One paragraph style: its name as Word knows it, what it is based on, and its properties."""

    name: str
    based_on: str
    properties: etree._Element | None


class Styles:
    """The paragraph styles by id; each asks the styles it is based on for what it leaves open."""

    def __init__(self, package: Parts) -> None:
        """Read the styles of a file; one without styles has none."""
        root = package.related("styles")
        found = () if root is None else root.iter(f"{W}style")
        self._styles = {style.get(f"{W}styleId", ""): _style(style) for style in found}

    def chain(self, key: str) -> Iterator[Style]:
        """Return a style and those it is based on; a circle ends where it closes."""
        seen = set()
        while key in self._styles and key not in seen:
            seen.add(key)
            yield self._styles[key]
            key = self._styles[key].based_on

    def names(self, key: str) -> list[str]:
        """Return the names of a style and its bases in small letters; an unknown one is its own name."""
        return [style.name for style in self.chain(key)] or [key.lower()]

    def heading_level(self, paragraph: etree._Element, key: str) -> int:
        """Return the level of a heading, 0 for other paragraphs."""
        own = _outline_level(paragraph.find(f"{W}pPr"))
        if own is not None:
            return own
        for name in self.names(key):
            if name in _TITLES:
                return 1
            if numbered := _HEADING.match(name):
                return min(max(int(numbered[1]), 1), _DEEPEST_HEADING)
        levels = (_outline_level(style.properties) for style in self.chain(key))
        return next((level for level in levels if level is not None), 0)


def _style(element: etree._Element) -> Style:
    return Style(value(element, "name").lower(), value(element, "basedOn"), element.find(f"{W}pPr"))


def value(element: etree._Element | None, path: str) -> str:
    """Return the value of a setting below an element, empty where it is missing."""
    found = (
        None if element is None else element.find("/".join(W + step for step in path.split("/")))
    )
    return "" if found is None else str(found.get(f"{W}val", ""))


def _outline_level(properties: etree._Element | None) -> int | None:
    level = value(properties, "outlineLvl")
    if not level.isdecimal():
        return None
    return min(int(level) + 1, _DEEPEST_HEADING) if int(level) < _BODY_TEXT else 0


@dataclass(slots=True)
class _Level:
    """One level of a list: its kind of number, its pattern, its first number, and how far it has counted."""

    kind: str = "decimal"
    pattern: str = "%1."
    first: int = 1
    now: int | None = None


@dataclass(slots=True)
class _List:
    """One list of a file; lists made from the same template count on where they do not start anew."""

    template: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a file, counting their items in reading order."""

    def __init__(self, package: Parts) -> None:
        """Read the lists; a file without any has none."""
        root = package.related("numbering")
        self._lists: dict[str, _List] = {}
        if root is not None:
            templates = {
                template.get(f"{W}abstractNumId", ""): _levels(template)
                for template in root.iter(f"{W}abstractNum")
            }
            for num in root.iter(f"{W}num"):
                self._lists[num.get(f"{W}numId", "")] = _list(num, templates)

    def label(self, num: str, depth: int) -> str:
        """Count an item and return the mark it is shown with; empty where the list is unknown or unmarked."""
        found = self._lists.get(num)
        if found is None or depth not in found.levels:
            return ""
        level = found.levels[depth]
        if depth in found.starts:
            level.now = found.starts.pop(depth)
        else:
            level.now = level.first if level.now is None else level.now + 1
        for deeper, other in found.levels.items():
            if deeper > depth:
                other.now = None
        if level.kind == "bullet":
            return "-"
        return _PLACE.sub(lambda place: _count(found.levels, int(place[1]) - 1), level.pattern)


def _levels(template: etree._Element) -> dict[int, _Level]:
    levels = {}
    for level in template.iter(f"{W}lvl"):
        first = value(level, "start")
        levels[_integer(level.get(f"{W}ilvl"))] = _Level(
            value(level, "numFmt") or "decimal",
            value(level, "lvlText"),
            int(first) if first.isdecimal() else 1,
        )
    return levels


def _list(num: etree._Element, templates: dict[str, dict[int, _Level]]) -> _List:
    template = value(num, "abstractNumId")
    found = _List(template, templates.get(template, {}))
    for override in num.iter(f"{W}lvlOverride"):
        depth = _integer(override.get(f"{W}ilvl"))
        start = value(override, "startOverride")
        if start.isdecimal():
            found.starts[depth] = int(start)
    return found


def _integer(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _count(levels: dict[int, _Level], depth: int) -> str:
    level = levels.get(depth)
    if level is None:
        return ""
    number = level.first if level.now is None else level.now
    match level.kind:
        case "lowerLetter" | "upperLetter":
            text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        case "lowerRoman" | "upperRoman":
            text = _roman(number)
        case "decimalZero":
            text = f"{number:02}"
        case "none":
            text = ""
        case _:
            text = str(number)
    return text.upper() if level.kind.startswith("upper") else text


def _roman(number: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        text += letters * (number // worth)
        number %= worth
    return text
