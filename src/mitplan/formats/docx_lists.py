"""Lists in Word files: real numbering that shows exactly the marks the passages have."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from mitplan.formats.docx_tracking import Side
from mitplan.formats.docx_xml import escaped

_DEEPEST = 8
_NUMBER = re.compile(r"(\d{1,9}|[a-z])([.)])$")
_INDENT = 360  # twentieths of a point per level
_BULLET = ("bullet", "•")

_Mark = tuple[str, str]


@dataclass(slots=True)
class _List:
    """A list at one level, and how far it has counted in each text; where it has no item yet it begins anew."""

    key: int
    mark: _Mark
    first: int
    last: dict[Side, int] = field(default_factory=dict)

    def takes(self, number: int, side: Side) -> bool:
        """Tell whether the next item in a text would be shown with this number."""
        if self.mark == _BULLET:
            return True
        return number == (self.last[side] + 1 if side in self.last else self.first)


class Lists:
    """Numbers list items as they come, so that they show the right marks in the old text and in the new.

    A list ends where something else stands or its counting breaks off. Each has a template of its own:
    LibreOffice forgets where a list of a shared one begins when the first item goes.
    """

    def __init__(self) -> None:
        self._templates: list[str] = []
        self._open: dict[Side, list[_List | None]] = {side: [] for side in Side}

    @property
    def xml(self) -> str:
        """The lists of the file, ready for its numbering."""
        lists = (
            f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>'
            for key in range(1, len(self._templates) + 1)
        )
        return "".join([*self._templates, *lists])

    def close(self, sides: Iterable[Side]) -> None:
        """End all open lists of these texts."""
        for side in sides:
            self._open[side].clear()

    def add(self, level: int, labels: Mapping[Side, str]) -> str:
        """Return the numbering of an item; nothing where no list shows it right in both texts."""
        level = min(max(level, 0), _DEEPEST)
        marks = {side: _mark(label) for side, label in labels.items()}
        numbers = {side: number for side, (_, number) in marks.items()}
        if len({mark for mark, _ in marks.values()}) > 1:
            return ""
        found = self._continued(level, marks)
        if found is None and len(set(numbers.values())) > 1:
            return ""
        found = found or self._begun(level, *next(iter(marks.values())))
        for side, number in numbers.items():
            found.last[side] = number
            lists = self._open[side]
            lists[level:] = [*([None] * (level - len(lists))), found]
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{found.key}"/></w:numPr>'

    def _continued(self, level: int, marks: Mapping[Side, tuple[_Mark, int]]) -> _List | None:
        """Return the open list that the item continues in each of its texts."""
        for candidate in (self._at(side, level) for side in Side):
            if candidate is not None and all(
                candidate.mark == mark
                and (side not in candidate.last or self._at(side, level) is candidate)
                and candidate.takes(number, side)
                for side, (mark, number) in marks.items()
            ):
                return candidate
        return None

    def _at(self, side: Side, level: int) -> _List | None:
        lists = self._open[side]
        return lists[level] if level < len(lists) else None

    def _begun(self, level: int, mark: _Mark, number: int) -> _List:
        found = _List(len(self._templates) + 1, mark, number)
        self._templates.append(_template(found, level))
        return found


def _mark(label: str) -> tuple[_Mark, int]:
    """Return the kind and pattern of a mark and its number; an unusual mark is a pattern of its own."""
    if label in {"", "-"}:
        return _BULLET, 1
    found = _NUMBER.match(label)
    if not found:
        return ("decimal", label.replace("%", "")), 1
    if found[1].isdigit():
        return ("decimal", "%" + found[2]), int(found[1])
    return ("lowerLetter", "%" + found[2]), ord(found[1]) - ord("a") + 1


def _template(found: _List, level: int) -> str:
    levels = "".join(
        _level(found.mark, each, found.first if each == level else 1)
        for each in range(_DEEPEST + 1)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{found.key}"><w:multiLevelType w:val="multilevel"/>'
        f"{levels}</w:abstractNum>"
    )


@lru_cache(1000)
def _level(mark: _Mark, level: int, first: int) -> str:
    kind, pattern = mark
    text = escaped(pattern.replace("%", f"%{level + 1}"))
    left = _INDENT * (level + 1)
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{first}"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{_INDENT}"/></w:pPr></w:lvl>'
    )
