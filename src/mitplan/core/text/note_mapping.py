"""Mapping of footnotes: what others made of an anchor or a body that an amendment relies on."""

from collections.abc import Collection
from functools import cached_property

from mitplan.core.text.notes import Note, anchors_brought_by
from mitplan.core.text.operations import DeletePassage, Operation, TextHunk
from mitplan.core.text.outcome import Outcome


class NoteMapping:
    """Tells whether an operation would tear a footnote from its anchor, after others were carried out."""

    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome

    def is_torn(self, operation: Operation, carried: Collection[str]) -> bool:
        """Tell so for an operation of an amendment that brings anchors with these labels."""
        notes = self._outcome.base.notes
        if not notes:
            return False
        brought = anchors_brought_by(operation)
        return any(
            self._is_needed(note, carried)
            if self._takes_away(operation, note)
            else note.label in brought and self._is_gone(note)
            for note in notes
        )

    def _takes_away(self, operation: Operation, note: Note) -> bool:
        if isinstance(operation, TextHunk):
            return note.is_lost_by(operation, self._outcome.base.tokens(note.passage))
        return isinstance(operation, DeletePassage) and operation.passage == note.passage

    def _is_needed(self, note: Note, carried: Collection[str]) -> bool:
        """Tell whether somebody else changed the footnote or refers to it from another place."""
        if note.label in self._brought:
            return True
        is_gone = note.body in self._outcome.deletions
        is_changed = self._outcome.is_touched(note.body) and not is_gone
        return is_changed and note.label not in carried

    def _is_gone(self, note: Note) -> bool:
        if note.passage in self._outcome.deletions:
            return True
        hunks = (each.pick.variant.operation for each in self._outcome.texts.get(note.passage, ()))
        return any(self._takes_away(each, note) for each in hunks)

    @cached_property
    def _brought(self) -> set[str]:
        taken = (each.pick.variant.operation for each in self._outcome.taken)
        return {label for operation in taken for label in anchors_brought_by(operation)}
