"""Parents: under which heading or outer list item a placed passage comes to stand."""

from collections.abc import Iterator, Sequence

from mitplan.core.text.base import Base
from mitplan.core.text.operations import InsertPassage, Placement
from mitplan.core.text.passages import Kind


def parents(
    base: Base, spot: str | None, sequence: Sequence[Placement]
) -> Iterator[tuple[int, str]]:
    """Return the index and the parent of each placed passage that has its parent in the base.

    What follows a heading that the sequence brings itself stands under that heading.
    """
    for index, operation in enumerate(sequence):
        kind, level = _kind_and_level(base, operation)
        parent = base.parent_at(spot, kind, level)
        if parent is not None:
            yield index, parent
        if kind is Kind.HEADING:
            return


def _kind_and_level(base: Base, operation: Placement) -> tuple[Kind, int]:
    if isinstance(operation, InsertPassage):
        return operation.kind, operation.level
    passage = base.passage(operation.passage)
    return passage.kind, passage.level
