"""Passages: the smallest citable units of a plan, in reading order."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a passage is in the text."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    TABLE = "table"
    FOOTNOTE = "footnote"
    CODE = "code"
    GOAL = "goal"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Passage:
    """One unit of text with an id for life.

    `level` is the depth of a heading (1 is the plan's title) or the indent of a list item (0 is the
    outermost). `label` is the mark a list item or footnote is shown with ("-", "1.", "12"), computed per
    edition and never an anchor. `fields` are the structured values of a goal or measure, in order.
    The parent of a passage follows from reading order and the levels of the headings before it, so a
    tree of passages can have no cycle.
    """

    id: str
    kind: Kind
    text: str
    level: int = 0
    label: str = ""
    fields: tuple[tuple[str, str], ...] = ()


Document = tuple[Passage, ...]
"""The passages of one state of a plan, in reading order, each id once."""
