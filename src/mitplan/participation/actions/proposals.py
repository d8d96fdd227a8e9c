"""From a proposed wording to operations on the text."""

from collections.abc import Callable

from mitplan.core.text import amendments as core
from mitplan.core.text.passages import Kind, Passage
from mitplan.participation.models import Point


def operations_for(
    passage: Passage, proposal: Point.Proposal, text: str, new_key: Callable[[], str]
) -> tuple[core.Operation, ...]:
    """Return the operations of a proposal that stands at a passage.

    `new_key` gives out the key of a passage that is inserted; it is called only then.
    """
    if proposal == Point.Proposal.DELETE:
        return (core.DeletePassage(passage.id),)
    if proposal == Point.Proposal.INSERT_AFTER:
        return (_insertion(passage, text, new_key()),)
    return core.rewording(passage, text)


def _insertion(passage: Passage, text: str, key: str) -> core.InsertPassage:
    if passage.kind == Kind.LIST_ITEM:
        return core.InsertPassage(
            key, passage.id, Kind.LIST_ITEM, text, passage.level, passage.label
        )
    return core.InsertPassage(key, passage.id, Kind.PARAGRAPH, text)
