"""Editions that were adopted: how the gates stood, and what came after participation."""

from collections.abc import Iterable
from dataclasses import dataclass

from mitplan.core.text.diff import Segment, word_diff
from mitplan.plan.models import Edition, TextChange
from mitplan.publishing.models import Adoption
from mitplan.publishing.policies import Gate, GateCode, Missing
from mitplan.publishing.queries.gates import Step, is_covered, steps_to
from mitplan.publishing.queries.origins import NamedOrigin, named


@dataclass(frozen=True, slots=True)
class LateChange:
    """A change that does not go back to participation, with its difference and public reasons."""

    key: str
    kind_name: str
    is_typed: bool
    old: str
    new: str
    segments: tuple[Segment, ...]
    origins: tuple[NamedOrigin, ...]

    @property
    def number(self) -> str:
        """The number its address has."""
        return self.key.removeprefix("t")


def adoption_of(edition: Edition) -> Adoption | None:
    """Return how an edition was adopted, or None where it was read in from a file."""
    related = ("consultation__edition__plan", "edition__plan")
    return Adoption.objects.select_related(*related).filter(edition=edition).first()


def gates_as_they_stood(adoption: Adoption) -> list[Gate]:
    """Return the gates on the day of the adoption."""
    return [
        Gate(
            GateCode(gate["code"]),
            tuple(Missing(missing["text"], missing["url"]) for missing in gate["missing"]),
        )
        for gate in adoption.gates
    ]


def changed_after_participation(adoption: Adoption) -> list[LateChange]:
    """Return the changes up to an adopted edition that go back to no point and no resolution."""
    consultation = adoption.consultation
    if consultation is None:
        return []
    steps = steps_to(consultation, adoption.edition)
    return late_changes(step for step in steps if not is_covered(step, consultation))


def late_passages(old: Edition, new: Edition) -> set[str]:
    """Return the passages changed after participation in the adopted editions between two editions."""
    first, last = sorted([old.number, new.number])
    adoptions = Adoption.objects.select_related("consultation__edition", "edition__plan").filter(
        edition__plan=old.plan_id,
        edition__number__gt=first,
        edition__number__lte=last,
        consultation__isnull=False,
    )
    return {
        step.passage
        for adoption in adoptions
        if adoption.consultation
        for step in steps_to(adoption.consultation, adoption.edition)
        if not is_covered(step, adoption.consultation)
    }


def late_changes(steps: Iterable[Step]) -> list[LateChange]:
    """Return changes as they are shown, with the names of their origins."""
    steps = list(steps)
    names = named(origin.pk for step in steps for origin in step.origins)
    words = dict(TextChange.Kind.choices)
    return [
        LateChange(
            step.passage,
            str(words[step.kind]),
            step.is_typed,
            step.old,
            step.new,
            word_diff(step.old, step.new),
            tuple(names[origin.pk] for origin in step.origins),
        )
        for step in steps
    ]
