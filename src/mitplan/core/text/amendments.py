"""Amendments: what somebody proposes to change in a base text, derived from words and checked."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from mitplan.core.text.alignment import longest_chain
from mitplan.core.text.diff import diff
from mitplan.core.text.operation_json import operations_from_json, operations_to_json
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
from mitplan.core.text.passages import Document, Passage
from mitplan.core.text.redivision import Redivision, redivisions
from mitplan.core.text.review import check
from mitplan.core.text.tokens import normalise, tokenize

__all__ = [
    "Amendment",
    "DeletePassage",
    "InsertPassage",
    "JoinPassages",
    "MovePassage",
    "Operation",
    "SetField",
    "SetKind",
    "SplitPassage",
    "TextHunk",
    "check",
    "derive",
    "operations_from_json",
    "operations_to_json",
    "rewording",
]


@dataclass(frozen=True, slots=True)
class Amendment:
    """A set of operations on one base; `origin` is what the words it brings are attributed to."""

    id: int
    operations: tuple[Operation, ...]
    origin: int


def rewording(passage: Passage, text: str) -> tuple[TextHunk, ...]:
    """Return the hunks that turn the wording of a passage into another text."""
    text = normalise(text)
    if text == passage.text:
        return ()
    edits = diff(tokenize(passage.text), tokenize(text))
    return tuple(TextHunk(passage.id, edit.start, edit.end, edit.new) for edit in edits)


def derive(base: Document, changed: Document) -> tuple[Operation, ...]:
    """Return the operations that turn the base into a full changed copy; passages are known by id.

    A passage whose words were divided among it and new ones behind it is split; one whose words went into its
    predecessor is joined. Labels are not compared: they are computed for every edition.
    """
    old_ids = [passage.id for passage in base]
    new_ids = [passage.id for passage in changed]
    if old_ids == new_ids:
        return tuple(_contents(base, changed))
    _require_ids(new_ids)
    by_id = {passage.id: passage for passage in changed}
    moved = _moved(old_ids, new_ids)
    found = list(redivisions(base, changed, moved))
    joined = {passage.id for each in found for passage in each.olds[1:]}
    divided = {each.passage for each in found}
    kept = [passage for passage in base if passage.id in by_id]
    return (
        *(DeletePassage(each) for each in old_ids if each not in by_id.keys() | joined),
        *_placements(set(old_ids), changed, moved, found),
        *(operation for each in found for operation in each.operations()),
        *_contents(kept, [by_id[passage.id] for passage in kept], divided),
    )


def _require_ids(ids: list[str]) -> None:
    if "" in ids:
        message = "every passage of the changed copy needs an id"
        raise ValueError(message)
    if len(set(ids)) != len(ids):
        twice = next(each for each in ids if ids.count(each) > 1)
        message = f"passage {twice!r} stands twice in the changed copy"
        raise ValueError(message)


def _moved(old_ids: Sequence[str], new_ids: Sequence[str]) -> set[str]:
    """Leave the longest run of passages in order where it is; all others are moved."""
    place = {each: index for index, each in enumerate(old_ids)}
    known = [(place[each], at) for at, each in enumerate(new_ids) if each in place]
    kept = {at for _, at in longest_chain(known)}
    return {new_ids[at] for _, at in known if at not in kept}


def _placements(
    old_ids: Collection[str],
    changed: Document,
    moved: Collection[str],
    found: Iterable[Redivision],
) -> Iterator[Placement]:
    """Anchor what is new or moved at its predecessor, or where in the base the predecessor ends."""
    end_of = {new.id: each.last_old for each in found for new in each.news}
    after: str | None = None
    for passage in changed:
        if passage.id in moved:
            yield MovePassage(passage.id, after)
        elif passage.id not in old_ids and passage.id not in end_of:
            yield _insertion(passage, after)
        after = end_of.get(passage.id, passage.id)


def _insertion(passage: Passage, after: str | None) -> InsertPassage:
    return InsertPassage(
        passage.id,
        after,
        passage.kind,
        normalise(passage.text),
        passage.level,
        passage.label,
        passage.fields,
    )


def _contents(
    old: Sequence[Passage], new: Sequence[Passage], divided: Collection[str] = ()
) -> Iterator[Operation]:
    for before, after in zip(old, new, strict=True):
        if before is after or before == after:
            continue
        if before.id not in divided:
            yield from rewording(before, after.text)
        if (before.kind, before.level) != (after.kind, after.level):
            yield SetKind(before.id, after.kind, after.level)
        yield from _field_changes(before, after)


def _field_changes(before: Passage, after: Passage) -> Iterator[SetField]:
    old, new = dict(before.fields), dict(after.fields)
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield SetField(before.id, name, new.get(name))
