"""A check: what was promised, how many things were looked at, and what breaks the promise."""

from collections.abc import Iterable
from dataclasses import dataclass

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Check:
    """One promise, checked."""

    name: str
    checked: int
    breaches: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing breaks it."""
        return not self.breaches


def check(name: str, things: Iterable[tuple[str, bool]]) -> Check:
    """Return how often a promise was kept; each thing comes with its name and whether it holds."""
    looked = list(things)
    return Check(name, len(looked), tuple(thing for thing, holds in looked if not holds))
