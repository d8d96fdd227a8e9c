"""Changes: what happened to each passage, in the reading order of the new text, and who asked for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from mitplan.core.text.boundaries import Part
from mitplan.core.text.operations import TextHunk
from mitplan.core.text.outcome import Outcome, Taken
from mitplan.core.text.passages import Document, Passage
from mitplan.core.text.placement import Slot


class ChangeKind(StrEnum):
    """What happened to a passage."""

    INSERTED = "inserted"
    DELETED = "deleted"
    CHANGED = "changed"
    MOVED = "moved"
    FIELDS = "fields"


@dataclass(frozen=True, slots=True)
class PassageChange:
    """One thing that happened to a passage, with the origins of all who asked for it.

    A passage that was split off is inserted, one that was joined to another is deleted; the lineage says
    of which passage it was a part, or in which one its words stand now.
    """

    passage: str
    kind: ChangeKind
    old: Passage | None
    new: Passage | None
    origins: tuple[int, ...]
    split_of: str | None = None
    joined_into: str | None = None


def changes_of(
    outcome: Outcome, slots: Iterable[Slot], document: Document
) -> Iterator[PassageChange]:
    """Return the changes that lead from the base to the new text."""
    written = {passage.id: passage for passage in document}
    for slot in slots:
        passage = slot.passage
        if not slot.is_filled:
            yield from _changes_of_gone(outcome, passage)
            continue
        new = written[passage]
        if passage in outcome.insertions:
            origins = outcome.insertions[passage].origins
            yield PassageChange(passage, ChangeKind.INSERTED, None, new, origins)
        elif passage in outcome.splits:
            split_of = outcome.boundaries.split_from[passage].passage
            yield PassageChange(
                passage, ChangeKind.INSERTED, None, new, _asked(outcome, passage), split_of
            )
        else:
            yield from _changes_of_old(outcome, outcome.base.passage(passage), new)


def _changes_of_gone(outcome: Outcome, passage: str) -> Iterator[PassageChange]:
    old = outcome.base.passage(passage)
    if passage in outcome.deletions:
        origins = outcome.deletions[passage].origins
        yield PassageChange(passage, ChangeKind.DELETED, old, None, origins)
    if passage in outcome.joins:
        holder = outcome.boundaries.parts(passage)[0].holder
        origins = outcome.joins[passage].origins
        yield PassageChange(passage, ChangeKind.DELETED, old, None, origins, joined_into=holder)


def _changes_of_old(outcome: Outcome, old: Passage, new: Passage) -> Iterator[PassageChange]:
    if old.text != new.text:
        yield PassageChange(old.id, ChangeKind.CHANGED, old, new, _asked(outcome, old.id))
    if old.id in outcome.moves:
        origins = outcome.moves[old.id].origins
        yield PassageChange(old.id, ChangeKind.MOVED, old, new, origins)
    if (old.kind, old.level, old.fields) != (new.kind, new.level, new.fields):
        asked = [origin for taken in outcome.settings[old.id] for origin in taken.origins]
        yield PassageChange(old.id, ChangeKind.FIELDS, old, new, tuple(dict.fromkeys(asked)))


def _asked(outcome: Outcome, holder: str) -> tuple[int, ...]:
    """Return the origins of all who changed the words of a passage or its borders, each once."""
    parts = outcome.boundaries.held_by(holder)
    asked = [origin for part in parts for origin in _asked_in(outcome, part)]
    return tuple(dict.fromkeys(asked))


def _asked_in(outcome: Outcome, part: Part) -> Iterator[int]:
    for taken in _in_text_order(outcome, part):
        yield from taken.origins
    for own in outcome.own_words.get(part.passage, ()):
        if part.is_hit_by(own.region.start, own.region.end):
            yield own.origin
    borders = [outcome.joins.get(part.passage) if part.is_first else None]
    borders += [outcome.splits.get(name) for name in outcome.boundaries.borders_of(part)]
    for border in borders:
        yield from border.origins if border else ()


def _in_text_order(outcome: Outcome, part: Part) -> list[Taken]:
    found = [
        (hunk.start, hunk.end, taken.pick.rank, taken.amendments, taken)
        for taken in outcome.texts.get(part.passage, ())
        if isinstance(hunk := taken.pick.variant.operation, TextHunk)
        and part.is_hit_by(hunk.start, hunk.end)
    ]
    return [each[-1] for each in sorted(found, key=lambda each: each[:-1])]
