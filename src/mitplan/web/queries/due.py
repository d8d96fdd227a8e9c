"""What one thing to do is."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: what, why now, for whom, by when, and the page where it is done."""

    title: str
    url: str
    reason: str = ""
    for_whom: str = ""
    due_on: date | None = None

    def is_overdue(self, today: date) -> bool:
        """Whether its day has passed."""
        return self.due_on is not None and self.due_on < today
