"""The draft in work: what has changed in it, who brought it, and what is still to be settled."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mitplan.core.text.cautions import CautionKind
from mitplan.core.text.consolidation import Consolidation
from mitplan.plan.models import Acceptance, Edition, Origin, Plan
from mitplan.plan.queries import Draft, draft_of, standing_acceptances
from mitplan.publishing.queries.comparison import (
    ComparedPassage,
    Comparison,
    compare_documents,
    named_by_passage,
)
from mitplan.publishing.queries.conflicts import Conflict, Passages, conflict
from mitplan.publishing.queries.origins import NamedOrigin, named
from mitplan.ui.values import spoken_number

Names = dict[int, NamedOrigin]


@dataclass(frozen=True, slots=True)
class Agreed:
    """A change that several asked for in the same words; it stands in the text once."""

    passage: str
    origins: tuple[NamedOrigin, ...]

    @property
    def number(self) -> str:
        """The number of the passage."""
        return self.passage.removeprefix("t")


@dataclass(frozen=True, slots=True)
class Warned:
    """A passage that a person should read once more, as it reads now, and whose changes met there."""

    passage: ComparedPassage
    sentence: str
    origins: tuple[NamedOrigin, ...]


@dataclass(frozen=True, slots=True)
class DraftView:
    """All that the page of the draft shows."""

    base: Edition
    comparison: Comparison
    open: tuple[Conflict, ...]
    settled: tuple[Conflict, ...]
    agreed: tuple[Agreed, ...]
    warned: tuple[Warned, ...]
    acceptances: list[tuple[Acceptance, NamedOrigin]]
    contested: int

    @property
    def facts(self) -> list[tuple[str, object]]:
        """How much went in by itself, and how much a person has to decide."""
        accepted = len(self.acceptances)
        choices = len(self.open) + len(self.settled)
        return [
            (_("angenommene Änderungsvorschläge"), accepted),
            (_("ohne Entscheidung von Hand eingearbeitet"), accepted - self.contested),
            (
                _("Entscheidungen von Hand"),
                _("%(all)s, davon %(made)s getroffen und %(open)s offen")
                % {"all": choices, "made": len(self.settled), "open": len(self.open)},
            ),
            (
                _("Entscheidungen je 100 Änderungsvorschläge"),
                spoken_number(100 * choices / accepted if accepted else 0, 1),
            ),
        ]


def draft_view(plan: Plan) -> DraftView | None:
    """Return the draft of a plan for its page, or None where there is no text yet."""
    draft = draft_of(plan)
    if draft is None:
        return None
    acceptances = standing_acceptances(draft.base)
    names = named(acceptance.origin_id for acceptance in acceptances)
    by_amendment = {each.amendment_id: names[each.origin_id] for each in acceptances}
    consolidation = draft.consolidation
    comparison = _comparison(draft)
    contested = {each for cluster in draft.conflicts for each in cluster.amendments}
    return DraftView(
        base=draft.base,
        comparison=comparison,
        open=tuple(_open(draft, by_amendment)),
        settled=tuple(settled(draft, by_amendment)),
        agreed=tuple(_agreed(consolidation, by_amendment)),
        warned=tuple(_warned(consolidation, comparison, by_amendment)),
        acceptances=[(each, names[each.origin_id]) for each in acceptances],
        contested=len(contested),
    )


@dataclass(frozen=True, slots=True)
class ConflictView:
    """One conflict of the draft, None where it is gone, and the key of the next that is open."""

    base: Edition
    conflict: Conflict | None
    next_open: str


def conflict_view(plan: Plan, key: str) -> ConflictView | None:
    """Return one conflict for its page, or None where there is no text yet."""
    draft = draft_of(plan)
    if draft is None:
        return None
    waiting = (each.key for each in draft.consolidation.open if each.key != key)
    next_open = next(waiting, "")
    cluster = next((each for each in draft.conflicts if each.key == key), None)
    if cluster is None:
        return ConflictView(draft.base, None, next_open)
    row = draft.base.settlements.filter(cluster=key).order_by("-pk").first()
    names = _names_of(draft.base, cluster.amendments)
    return ConflictView(draft.base, conflict(_passages(draft), cluster, names, row), next_open)


def _names_of(base: Edition, amendments: Iterable[int]) -> Names:
    rows = Acceptance.objects.standing().filter(amendment__base=base, amendment__in=amendments)
    origins = dict(rows.values_list("amendment_id", "origin_id"))
    names = named(origins.values())
    return {amendment: names[origin] for amendment, origin in origins.items()}


def _open(draft: Draft, by_amendment: Names) -> Iterator[Conflict]:
    passages = _passages(draft)
    for cluster in draft.consolidation.open:
        yield conflict(passages, cluster, by_amendment)


def settled(draft: Draft, by_amendment: Names) -> Iterator[Conflict]:
    """Yield the conflicts that are settled, each with what was chosen."""
    passages = _passages(draft)
    stored = {row.cluster: row for row in draft.base.settlements.order_by("pk")}
    for cluster, _settlement in draft.consolidation.settled:
        yield conflict(passages, cluster, by_amendment, stored[cluster.key])


def _passages(draft: Draft) -> Passages:
    return {passage.id: passage for passage in draft.base_state.document}


def _agreed(consolidation: Consolidation, by_amendment: Names) -> Iterator[Agreed]:
    """Yield each agreement once, also where it is about several words of one passage."""
    found = ((each.operation.passage, each.amendments) for each in consolidation.agreed)
    for passage, amendments in dict.fromkeys(found):
        yield Agreed(passage, tuple(by_amendment[each] for each in amendments))


def _warned(
    consolidation: Consolidation, comparison: Comparison, by_amendment: Names
) -> Iterator[Warned]:
    rows = {each.key: each for each in comparison.passages}
    for caution in consolidation.warnings:
        origins = dict.fromkeys(by_amendment[each] for each in caution.amendments)
        yield Warned(rows[caution.passage], _WARNINGS[caution.kind](), tuple(origins))


_WARNINGS = {
    CautionKind.SAME_SENTENCE: lambda: _("Mehrere Änderungen im selben Satz: bitte lesen."),
    CautionKind.ANCHOR_DELETED: lambda: _("Steht hinter einer gestrichenen Textstelle."),
    CautionKind.ANCHOR_MOVED: lambda: _("Steht hinter einer verschobenen Textstelle."),
    CautionKind.DANGLING_REFERENCE: lambda: _("Verweist auf eine gestrichene Textstelle."),
}


def _comparison(draft: Draft) -> Comparison:
    changes = draft.consolidation.changes
    origins = named_by_passage(
        (change.passage, origin) for change in changes for origin in change.origins
    )
    return compare_documents(draft.base_state.document, draft.consolidation.document, origins)


BaseValue = tuple[str, str, tuple[tuple[str, str], ...]]


def base_value(draft_base: Edition, number: int) -> BaseValue | None:
    """Return kind, text and fields of a passage in the edition the draft stands on."""
    row = (
        draft_base.entries.filter(passage__number=number)
        .values_list("kind", "wording__text", "fields")
        .first()
    )
    if row is None:
        return None
    kind, text, fields = row
    return kind, text, tuple((key, value) for key, value in fields)


def can_be_taken_back_here(origin: NamedOrigin) -> bool:
    """Tell whether an origin stands for an edit; a point leaves the draft by its decision."""
    return origin.kind in (Origin.Kind.DEPARTMENT, Origin.Kind.RESOLUTION, Origin.Kind.EDITORIAL)
