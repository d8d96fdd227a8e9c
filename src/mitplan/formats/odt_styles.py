"""The styles and lists of an OpenDocument text, said in the words of a Word file."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from mitplan.formats.odt_names import FO, OFFICE, STYLE, TEXT, W

_ESCAPED = re.compile(r"_([0-9a-f]{2,4})_")
_NAMES = {
    "quotations": "quote",
    "preformatted text": "html preformatted",
    "titel": "title",
    "source text": "html preformatted",
}
_FORMATS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
_BOLD = frozenset(["bold", "600", "700", "800", "900"])
_ITALIC = frozenset(["italic", "oblique"])
_DEEPEST = 64  # styles based on styles
_LEVELS = 10


@dataclass(slots=True)
class _Style:
    """One style: what it is based on, which list it stands in, and how its words look."""

    name: str
    parent: str
    list_style: str
    bold: bool | None
    italic: bool | None
    is_automatic: bool


@dataclass(slots=True)
class OdtStyles:
    """All styles of a file by family and name."""

    roots: list[etree._Element]
    _styles: dict[tuple[str, str], _Style] = field(default_factory=dict)
    _lists: dict[str, etree._Element] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the styles; those of the text come last and are its own."""
        for root in self.roots:
            for element in root.iter(f"{STYLE}style"):
                key = (element.get(f"{STYLE}family", ""), element.get(f"{STYLE}name", ""))
                self._styles[key] = _style(element)
            for element in root.iter(f"{TEXT}list-style"):
                self._lists[element.get(f"{STYLE}name", "")] = element

    def chain(self, family: str, name: str) -> Iterator[_Style]:
        """Return a style and those it is based on; a circle ends."""
        for _ in range(_DEEPEST):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.parent

    def display_name(self, name: str) -> str:
        """Return the name of the first style in the chain that a person chose."""
        chosen = (each.name for each in self.chain("paragraph", name) if not each.is_automatic)
        found = next(chosen, _decoded(name))
        return _NAMES.get(found.lower(), found)

    def names(self) -> Iterable[tuple[str, str]]:
        """Return each paragraph style a person can choose with the one it is based on."""
        for (family, key), style in self._styles.items():
            if family == "paragraph" and not style.is_automatic:
                yield self.display_name(key), self.display_name(style.parent)

    def look(self, family: str, name: str) -> tuple[bool, bool]:
        """Return whether words in this style are bold and italic; what a named style does is its look."""
        bold = italic = None
        for style in self.chain(family, name):
            if family == "paragraph" and not style.is_automatic:
                break
            bold = style.bold if bold is None else bold
            italic = style.italic if italic is None else italic
        return bool(bold), bool(italic)

    def list_of(self, name: str) -> str:
        """Return the list style that a paragraph style brings along."""
        return next(
            (each.list_style for each in self.chain("paragraph", name) if each.list_style), ""
        )

    def levels(self, name: str) -> list[etree._Element]:
        """Return the levels of a list as a Word file describes them; an unknown list has dots."""
        found = self._lists.get(name)
        known = {each.get(f"{TEXT}level"): each for each in (() if found is None else found)}
        return [_level(depth, known.get(str(depth + 1))) for depth in range(_LEVELS)]


def _style(element: etree._Element) -> _Style:
    looks = element.find(f"{STYLE}text-properties")
    weight = None if looks is None else looks.get(f"{FO}font-weight")
    slant = None if looks is None else looks.get(f"{FO}font-style")
    name = element.get(f"{STYLE}display-name") or _decoded(element.get(f"{STYLE}name", ""))
    return _Style(
        name,
        element.get(f"{STYLE}parent-style-name", ""),
        element.get(f"{STYLE}list-style-name", ""),
        None if weight is None else weight in _BOLD,
        None if slant is None else slant in _ITALIC,
        next(element.iterancestors(f"{OFFICE}automatic-styles"), None) is not None,
    )


def _decoded(name: str) -> str:
    """Return a name with the characters that OpenDocument escapes."""
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), name)


def _level(depth: int, element: etree._Element | None) -> etree._Element:
    level = etree.Element(f"{W}lvl")
    level.set(f"{W}ilvl", str(depth))
    is_number = element is not None and element.tag == f"{TEXT}list-level-style-number"
    number = element.get(f"{STYLE}num-format", "") if element is not None and is_number else ""
    settings = {"start": "1", "numFmt": "bullet", "lvlText": "•"}
    if element is not None and is_number:
        shown = min(int(_digits(element.get(f"{TEXT}display-levels", "1"))), depth + 1)
        places = ".".join(f"%{place}" for place in range(depth + 2 - max(shown, 1), depth + 2))
        around = element.get(f"{STYLE}num-prefix", ""), element.get(f"{STYLE}num-suffix", "")
        settings = {
            "start": _digits(element.get(f"{TEXT}start-value", "1")),
            "numFmt": _FORMATS.get(number, "none"),
            "lvlText": f"{around[0]}{places if number else ''}{around[1]}",
        }
    for name, value in settings.items():
        etree.SubElement(level, f"{W}{name}").set(f"{W}val", value)
    return level


def _digits(text: str) -> str:
    return text if text.isdecimal() and len(text) < _LEVELS else "1"
