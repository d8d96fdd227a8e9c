"""State machines as tables: what is possible now, and the diagram made from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class StateTable:
    """The states of a thing and the steps between them.

    `steps` maps a state to the steps possible in it and the state each leads to; `refusals` holds the
    sentence for a step that is not possible in a state.
    """

    name: str
    steps: Mapping[StrEnum, Mapping[str, StrEnum]]
    refusals: Mapping[tuple[StrEnum, str], str | Promise]

    def can(self, state: StrEnum, step: str) -> bool:
        """Tell whether a step is possible in a state."""
        return step in self.steps.get(state, {})

    def require(self, state: StrEnum, step: str) -> None:
        """Refuse a step that is not possible, with the sentence that says why."""
        if not self.can(state, step):
            raise ValidationError(str(self.refusals[state, step]))

    def diagram(self) -> str:
        """Return the table as a Mermaid state diagram."""
        lines = [
            f"    {state} --> {target}: {step}"
            for state, steps in self.steps.items()
            for step, target in steps.items()
        ]
        return "\n".join(["stateDiagram-v2", *lines])
