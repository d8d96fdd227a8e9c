"""Lists in Word files: real numbering that shows exactly the marks the passages have."""

import re
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

_DEEPEST = 8
_NUMBER = re.compile(r"(\d{1,9}|[a-z])([.)])$")
_INDENT = 360  # twentieths of a point per level
_BULLET = ("bullet", "•")


class Lists:
    """Numbers list items as they come; a list ends where something else stands or its counting breaks off."""

    def __init__(self, numbering: Any) -> None:  # noqa: ANN401 -- an lxml element, which has no types
        """Begin with the numbering part of an empty document."""
        self._numbering = numbering
        self._templates: dict[tuple[str, str], int] = {}
        self._open: list[tuple[int, tuple[str, str], int]] = []

    def close(self) -> None:
        """End all open lists."""
        self._open.clear()

    def add(self, paragraph: Any, level: int, label: str) -> None:  # noqa: ANN401
        """Make a paragraph an item at a level, shown with this mark."""
        level = min(level, _DEEPEST)
        look, number = _look(label)
        del self._open[level + 1 :]
        current = self._open[level] if level < len(self._open) else None
        if (current and (current[1], current[2] + 1) == (look, number)) or (
            current and current[1] == look == _BULLET
        ):
            num = current[0]
        else:
            num = self._new_list(look, level, number)
        self._open += [(num, look, number)] * (level + 1 - len(self._open))
        self._open[level] = (num, look, number)
        properties = paragraph.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = num

    def _new_list(self, look: tuple[str, str], level: int, number: int) -> int:
        if look not in self._templates:
            self._templates[look] = self._new_template(look)
        num = self._numbering.add_num(self._templates[look])
        num.add_lvlOverride(ilvl=level).add_startOverride(number)
        return int(num.numId)

    def _new_template(self, look: tuple[str, str]) -> int:
        known = self._numbering.findall(qn("w:abstractNum"))
        number = 1 + max((int(one.get(qn("w:abstractNumId"))) for one in known), default=0)
        levels = "".join(_level(look, level) for level in range(_DEEPEST + 1))
        template = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        )
        self._numbering.insert(len(known), template)
        return number


def _look(label: str) -> tuple[tuple[str, str], int]:
    """Return the kind and pattern of a mark and its number; an unusual mark is a pattern of its own."""
    if label in {"", "-"}:
        return _BULLET, 1
    found = _NUMBER.match(label)
    if not found:
        return ("decimal", label.replace("%", "")), 1
    if found[1].isdigit():
        return ("decimal", "%" + found[2]), int(found[1])
    return ("lowerLetter", "%" + found[2]), ord(found[1]) - ord("a") + 1


def _level(look: tuple[str, str], level: int) -> str:
    kind, pattern = look
    text = quoteattr(pattern.replace("%", f"%{level + 1}"))
    left = _INDENT * (level + 1)
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val={text}/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{_INDENT}"/></w:pPr></w:lvl>'
    )
