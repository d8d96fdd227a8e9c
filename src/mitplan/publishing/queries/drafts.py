"""The draft in work: what has changed in it, who brought it, and what is still to be settled."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mitplan.core.text.cautions import CautionKind
from mitplan.core.text.conflicts import find_conflicts
from mitplan.core.text.consolidation import Consolidation
from mitplan.plan.models import Edition, Plan
from mitplan.plan.queries import (
    Draft,
    accepted_on,
    consensus_of,
    document_of,
    draft_of,
    draft_on,
    newest_edition,
)
from mitplan.publishing.queries.comparison import (
    ComparedPassage,
    Comparison,
    compare_documents,
)
from mitplan.publishing.queries.conflicts import Conflict, Passages, changed_alone, conflict
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
    accepted: int
    contested: int

    @property
    def facts(self) -> list[tuple[str, object]]:
        """How much went in by itself, and how much a person has to decide."""
        choices = len(self.open) + len(self.settled)
        return [
            (_("angenommene Änderungsvorschläge"), self.accepted),
            (_("ohne Entscheidung von Hand eingearbeitet"), self.accepted - self.contested),
            (
                _("Entscheidungen von Hand"),
                _("%(all)s, davon %(made)s getroffen und %(open)s offen")
                % {"all": choices, "made": len(self.settled), "open": len(self.open)},
            ),
            (
                _("Entscheidungen je 100 Änderungsvorschläge"),
                spoken_number(100 * choices / self.accepted if self.accepted else 0, 1),
            ),
        ]


def draft_view(plan: Plan) -> DraftView | None:
    """Return the draft of a plan for its page, or None where there is no text yet."""
    draft = draft_of(plan)
    if draft is None:
        return None
    names = _all_names(draft)
    by_amendment = _by_amendment(draft, names)
    comparison = _comparison(draft, names)
    consolidation = draft.consolidation
    return DraftView(
        base=draft.base,
        comparison=comparison,
        open=tuple(_open(draft, by_amendment)),
        settled=tuple(settled(draft, by_amendment)),
        agreed=tuple(_agreed(consolidation, by_amendment)),
        warned=tuple(_warned(consolidation, comparison, by_amendment)),
        accepted=len(draft.amendments),
        contested=len({each for cluster in draft.conflicts for each in cluster.amendments}),
    )


def names_of(draft: Draft) -> Names:
    """Return the origin of each amendment of a draft, with its name."""
    return _by_amendment(draft, named(each.origin for each in draft.amendments))


def _by_amendment(draft: Draft, names: Names) -> Names:
    return {each.id: names[each.origin] for each in draft.amendments}


def _all_names(draft: Draft) -> Names:
    """Return the origins of all amendments and changes of a draft, in one statement."""
    origins = {each.origin for each in draft.amendments}
    return named(origins.union(*(each.origins for each in draft.consolidation.changes)))


@dataclass(frozen=True, slots=True)
class ConflictView:
    """One conflict of the draft, None where it is gone, and the key of the next that is open."""

    base: Edition
    conflict: Conflict | None
    next_open: str


def conflict_view(plan: Plan, key: str) -> ConflictView | None:
    """Return one conflict for its page, or None where there is no text yet."""
    base = newest_edition(plan)
    if base is None:
        return None
    document, accepted = document_of(base), accepted_on(base)
    clusters = find_conflicts(document, accepted)
    rows = {row.cluster: row for row in base.settlements.order_by("pk")}
    waiting = (each.key for each in clusters if each.key not in {key, *rows})
    cluster = next((each for each in clusters if each.key == key), None)
    if cluster is None:
        return ConflictView(base, None, next(waiting, ""))
    origins = {each.id: each.origin for each in accepted if each.id in set(cluster.amendments)}
    names = named(origins.values())
    found = conflict(
        {passage.id: passage for passage in document},
        cluster,
        {amendment: names[origin] for amendment, origin in origins.items()},
        rows.get(key),
    )
    return ConflictView(base, found, next(waiting, ""))


def _open(draft: Draft, by_amendment: Names) -> Iterator[Conflict]:
    passages = _passages(draft)
    for cluster in draft.consolidation.open:
        yield conflict(passages, cluster, by_amendment)


@dataclass(frozen=True, slots=True)
class Contradictions:
    """The contradictions on the way to an edition: those that were settled, and those left to the next one."""

    settled: tuple[Conflict, ...] = ()
    open: tuple[Conflict, ...] = ()


def contradictions_before(edition: Edition) -> Contradictions:
    """Return how contradictions were settled on the way to an edition, and what stayed open."""
    if edition.parent is None or not accepted_on(edition.parent):
        return Contradictions()
    draft = draft_on(edition.parent)
    names = names_of(draft)
    return Contradictions(tuple(settled(draft, names)), tuple(_open(draft, names)))


@dataclass(frozen=True, slots=True)
class Outside:
    """What an amendment asks for and will not be in the next edition, because it is contested or waits with that."""

    origins: tuple[NamedOrigin, ...]
    passages: tuple[ComparedPassage, ...]


def outside_of(plan: Plan) -> list[Outside]:
    """Return what would not go into an edition that is made of the draft now."""
    draft = draft_of(plan)
    if draft is None or not draft.consolidation.open:
        return []
    names, passages = names_of(draft), _passages(draft)
    return [
        Outside((names[each.id],), changed_alone(passages, each.operations))
        for each in consensus_of(draft).outside
    ]


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


_WARNINGS: dict[CautionKind, Callable[[], str]] = {
    CautionKind.SAME_SENTENCE: lambda: _("Mehrere Änderungen im selben Satz: bitte lesen."),
    CautionKind.ANCHOR_DELETED: lambda: _("Steht hinter einer gestrichenen Textstelle."),
    CautionKind.ANCHOR_MOVED: lambda: _("Steht hinter einer verschobenen Textstelle."),
    CautionKind.DANGLING_REFERENCE: lambda: _("Verweist auf eine gestrichene Textstelle."),
    CautionKind.SPANS_SPLIT: lambda: _(
        "Eine Änderung reicht über die Stelle, an der geteilt wird: bitte lesen."
    ),
    CautionKind.ORPHANED_FOOTNOTE: lambda: _("Auf diese Fußnote verweist nichts mehr."),
}


def _comparison(draft: Draft, names: Names) -> Comparison:
    origins: defaultdict[str, dict[NamedOrigin, None]] = defaultdict(dict)
    for change in draft.consolidation.changes:
        origins[change.passage] |= dict.fromkeys(names[pk] for pk in change.origins)
    return compare_documents(
        draft.base_state.document,
        draft.consolidation.document,
        {passage: tuple(found) for passage, found in origins.items()},
        words_before=draft.base.word_count,
    )


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
