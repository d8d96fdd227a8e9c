"""Amendments: what somebody proposes to change in a base text, derived from words and checked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mitplan.core.text.alignment import longest_chain
from mitplan.core.text.diff import diff
from mitplan.core.text.operation_json import operations_from_json, operations_to_json
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
from mitplan.core.text.passages import Document, Passage
from mitplan.core.text.review import check
from mitplan.core.text.tokens import normalise, tokenize

__all__ = [
    "Amendment",
    "DeletePassage",
    "InsertPassage",
    "MovePassage",
    "Operation",
    "SetField",
    "SetKind",
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

    Labels are not compared: they are computed for every edition.
    """
    old_ids = [passage.id for passage in base]
    new_ids = [passage.id for passage in changed]
    if old_ids == new_ids:
        return tuple(_contents(base, changed))
    _require_ids(new_ids)
    stays = set(new_ids)
    by_id = {passage.id: passage for passage in changed}
    kept = [passage for passage in base if passage.id in stays]
    return (
        *(DeletePassage(each) for each in old_ids if each not in stays),
        *_placements(old_ids, changed),
        *_contents(kept, [by_id[passage.id] for passage in kept]),
    )


def _require_ids(ids: list[str]) -> None:
    if "" in ids:
        message = "every passage of the changed copy needs an id"
        raise ValueError(message)
    if len(set(ids)) != len(ids):
        twice = next(each for each in ids if ids.count(each) > 1)
        message = f"passage {twice!r} stands twice in the changed copy"
        raise ValueError(message)


def _placements(old_ids: list[str], changed: Document) -> Iterator[Placement]:
    """Leave the longest run of passages in order where it is; anchor all others at their predecessor."""
    place = {each: index for index, each in enumerate(old_ids)}
    known = [(place[each.id], at) for at, each in enumerate(changed) if each.id in place]
    kept = {at for _, at in longest_chain(known)}
    after: str | None = None
    for at, passage in enumerate(changed):
        if passage.id not in place:
            yield _insertion(passage, after)
        elif at not in kept:
            yield MovePassage(passage.id, after)
        after = passage.id


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


def _contents(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Operation]:
    for before, after in zip(old, new, strict=True):
        if before is after or before == after:
            continue
        yield from rewording(before, after.text)
        if (before.kind, before.level) != (after.kind, after.level):
            yield SetKind(before.id, after.kind, after.level)
        yield from _field_changes(before, after)


def _field_changes(before: Passage, after: Passage) -> Iterator[SetField]:
    old, new = dict(before.fields), dict(after.fields)
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield SetField(before.id, name, new.get(name))
