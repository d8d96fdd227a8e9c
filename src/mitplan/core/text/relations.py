"""Relations: how two operations of different amendments stand to each other."""

from enum import StrEnum

from mitplan.core.text.operations import (
    DeletePassage,
    InsertPassage,
    MovePassage,
    Operation,
    Placement,
    SetField,
    SetKind,
    TextHunk,
)


class Relation(StrEnum):
    """What happens when two operations meet."""

    NONE = "none"
    AGREE = "agree"
    UNION = "union"
    ALTERNATIVES = "alternatives"
    OVERLAP = "overlap"
    INSIDE = "inside"
    ORDER = "order"
    DELETED = "deleted"
    TARGET = "target"
    CYCLE = "cycle"
    FIELD = "field"

    @property
    def is_conflict(self) -> bool:
        return self not in {Relation.NONE, Relation.AGREE, Relation.UNION}


def relation(left: Operation, right: Operation) -> Relation:
    """Return how two operations of different amendments stand to each other, seen by themselves.

    What depends on the text around (something is placed under a deleted heading) is found by
    `find_conflicts`.
    """
    if isinstance(left, InsertPassage | MovePassage) and isinstance(
        right, InsertPassage | MovePassage
    ):
        return _placement_relation(left, right)
    if left.passage != right.passage:
        return Relation.NONE
    if isinstance(left, DeletePassage) or isinstance(right, DeletePassage):
        return Relation.AGREE if left == right else Relation.DELETED
    if isinstance(left, TextHunk) and isinstance(right, TextHunk):
        return hunk_relation(left, right)
    if isinstance(left, SetField | SetKind) and isinstance(right, SetField | SetKind):
        return _setting_relation(left, right)
    return Relation.NONE


def hunk_relation(left: TextHunk, right: TextHunk) -> Relation:
    """Return the relation of two hunks of one passage."""
    if (left.start, left.end) == (right.start, right.end):
        return _same_range_relation(left, right)
    if left.is_insertion or right.is_insertion:
        is_inside = left.start < right.start < left.end or right.start < left.start < right.end
        return Relation.INSIDE if is_inside else Relation.NONE
    if left.end <= right.start or right.end <= left.start:
        return Relation.NONE
    return Relation.UNION if left.is_deletion and right.is_deletion else Relation.OVERLAP


def _same_range_relation(left: TextHunk, right: TextHunk) -> Relation:
    if left.new == right.new:
        return Relation.AGREE
    return Relation.ORDER if left.is_insertion else Relation.ALTERNATIVES


def _setting_relation(left: SetField | SetKind, right: SetField | SetKind) -> Relation:
    if left == right:
        return Relation.AGREE
    return Relation.FIELD if setting_name(left) == setting_name(right) else Relation.NONE


def setting_name(operation: SetField | SetKind) -> str | None:
    """Return the name of the field that is set; the kind of a passage has none."""
    return operation.name if isinstance(operation, SetField) else None


def _placement_relation(left: Placement, right: Placement) -> Relation:
    if placed_content(left) == placed_content(right) and left.after == right.after:
        return Relation.AGREE
    if left.passage == right.passage:
        return Relation.TARGET
    if left.after == right.after:
        return Relation.ORDER
    is_cycle = left.after == right.passage and right.after == left.passage
    return Relation.CYCLE if is_cycle else Relation.NONE


def placed_content(operation: Placement) -> tuple[object, ...]:
    """Return what is placed, whatever id a new passage was given."""
    if isinstance(operation, MovePassage):
        return ("move", operation.passage)
    return ("insert", operation.kind, operation.text, operation.level, operation.fields)
