"""Relations: how two operations of different amendments stand to each other."""

from enum import StrEnum

from mitplan.core.text.operations import (
    DeletePassage,
    InsertPassage,
    JoinPassages,
    MovePassage,
    Operation,
    Placement,
    SetField,
    SetKind,
    SplitPassage,
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
    JOIN = "join"
    FOOTNOTE = "footnote"

    @property
    def is_conflict(self) -> bool:
        return self not in {Relation.NONE, Relation.AGREE, Relation.UNION}


def relation(left: Operation, right: Operation) -> Relation:
    """Return how two operations of different amendments stand to each other, seen by themselves.

    What depends on the text around (something is placed under a deleted heading, a deleted range holds the
    anchor of a footnote) is found by `find_conflicts`.
    """
    if isinstance(left, JoinPassages):
        return _join_relation(left, right)
    if isinstance(right, JoinPassages):
        return _join_relation(right, left)
    if isinstance(left, InsertPassage | MovePassage) and isinstance(
        right, InsertPassage | MovePassage
    ):
        return _placement_relation(left, right)
    return _relation_in(left, right) if left.passage == right.passage else Relation.NONE


def _relation_in(left: Operation, right: Operation) -> Relation:
    """Return the relation of two operations on one passage."""
    if isinstance(left, DeletePassage) or isinstance(right, DeletePassage):
        return Relation.AGREE if left == right else Relation.DELETED
    if isinstance(left, TextHunk) and isinstance(right, TextHunk):
        return hunk_relation(left, right)
    if isinstance(left, SplitPassage) and isinstance(right, SplitPassage):
        return _split_relation(left, right)
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


def _split_relation(left: SplitPassage, right: SplitPassage) -> Relation:
    if left.at != right.at:
        return Relation.NONE
    return Relation.AGREE if split_content(left) == split_content(right) else Relation.ALTERNATIVES


def split_content(operation: SplitPassage) -> tuple[object, ...]:
    """Return what is split off, whatever id the new passage was given."""
    return ("split", operation.passage, operation.at, operation.kind, operation.level)


def _join_relation(join: JoinPassages, other: Operation) -> Relation:
    if join == other:
        return Relation.AGREE
    is_joined = other.passage in {join.left, join.right}
    if isinstance(other, DeletePassage):
        return Relation.DELETED if is_joined else Relation.NONE
    if isinstance(other, InsertPassage | MovePassage):
        is_between = other.after == join.left
        is_moved = is_joined and isinstance(other, MovePassage)
        return Relation.JOIN if is_between or is_moved else Relation.NONE
    is_set = isinstance(other, SetField | SetKind) and other.passage == join.right
    return Relation.JOIN if is_set else Relation.NONE


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
