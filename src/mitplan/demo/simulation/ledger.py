"""What the players know themselves: what they handed in, and what they tried that must not work."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from mitplan.common.immutable import FrozenError
from mitplan.core.text.tokens import normalise
from mitplan.participation.actions import PointValues
from mitplan.participation.models import Submission

Written = tuple[str, str, str, str]
"""Kind, text, proposal and proposed words of a point."""


def written(values: PointValues) -> Written:
    """Return what must stand on record of a point."""
    words = (normalise(each).strip() for each in (values.text, values.proposed_text))
    text, proposed = words
    return str(values.kind), text, str(values.proposal), proposed


@dataclass
class Ledger:
    """The players' own book, kept apart from the database, so that a loss shows."""

    points: dict[str, list[Written]] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    drafts: dict[int, list[Written]] = field(default_factory=dict)
    tries: dict[str, int] = field(default_factory=dict)
    breaches: list[str] = field(default_factory=list)

    def handed_in(self, submission: Submission, points: list[Written], letter: str = "") -> None:
        """Note what was handed in, as its author wrote it."""
        number = str(submission.number)
        if number in self.points:
            self.breaches.append(f"Nummer {number} wurde zweimal vergeben.")
        self.points[number] = points
        self.letters[number] = normalise(letter).strip()
        self.names[number] = submission.organisation.name

    def refused(self, name: str, act: Callable[[], object]) -> None:
        """Try what must be refused with a sentence or for want of permission."""
        self.tries[name] = self.tries.get(name, 0) + 1
        try:
            _try_and_undo(act)
        except (ValidationError, PermissionDenied, FrozenError):
            return
        except _AcceptedError:
            self.breaches.append(f"{name}: wurde nicht abgelehnt.")
        except Exception as problem:  # noqa: BLE001 – whatever else comes is the breach
            self.breaches.append(f"{name}: {type(problem).__name__}: {problem}"[:300])


def _try_and_undo(act: Callable[[], object]) -> None:
    """Undo what goes through, so that the play goes on as if it had been refused."""
    with transaction.atomic():
        act()
        raise _AcceptedError


class _AcceptedError(Exception):
    """What had to be refused went through."""
