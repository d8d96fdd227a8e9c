"""The draft in work: what has changed in it, who brought it, and where changes contradict each other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mitplan.core.text import amendments as core
from mitplan.core.text.cautions import CautionKind
from mitplan.core.text.conflicts import Cluster, Relation
from mitplan.core.text.consolidation import consolidate
from mitplan.core.text.passages import Document
from mitplan.core.text.runs import uniform
from mitplan.core.text.tokens import normalise, tokenize
from mitplan.plan.models import Acceptance, Edition, Origin, Plan, Settlement
from mitplan.plan.queries import Draft, draft_of, standing_acceptances
from mitplan.publishing.queries.comparison import (
    ComparedPassage,
    Comparison,
    compare_documents,
    named_by_passage,
)
from mitplan.publishing.queries.origins import NamedOrigin, named

MOST_COMBINED = 6
MOST_ORDERED = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """What some amendments ask for at a contested place, and how the text would read."""

    number: int
    amendments: tuple[int, ...]
    origins: tuple[NamedOrigin, ...]
    passages: tuple[ComparedPassage, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """The contested words of a passage, and what stands before and behind them."""

    before: str
    contested: str
    behind: str

    @property
    def wording(self) -> str:
        """The whole passage."""
        return self.before + self.contested + self.behind

    def own_words(self, wording: str) -> str:
        """Return what a whole wording says in place of the contested words."""
        text = normalise(wording).strip()
        begins, ends = text.startswith(self.before), text.endswith(self.behind)
        if not (begins and ends and len(text) >= len(self.before) + len(self.behind)):
            raise ValidationError(
                _(
                    "Bitte nur die strittige Stelle ändern. Andere Wörter dieser Textstelle ändern "
                    "Sie danach über «Bearbeiten»."
                )
            )
        return text[len(self.before) : len(text) - len(self.behind)]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Changes that do not commute: the text as it stands, and what each asks for instead."""

    key: str
    passages: tuple[str, ...]
    base: tuple[str, ...]
    place: Place | None
    proposals: tuple[Proposal, ...]
    options: tuple[tuple[str, str], ...]
    settlement: Settlement | None

    @property
    def place_names(self) -> str:
        """The numbers of the passages, as one says them."""
        return ", ".join(key.removeprefix("t") for key in self.passages)

    @property
    def anchor(self) -> str:
        """Where the conflict stands in the page."""
        return f"k-{self.key}"


@dataclass(frozen=True, slots=True)
class DraftView:
    """All that the page of the draft shows."""

    base: Edition
    comparison: Comparison
    open: tuple[Conflict, ...]
    settled: tuple[Conflict, ...]
    warnings: tuple[tuple[str, str], ...]
    acceptances: list[tuple[Acceptance, NamedOrigin]]

    @property
    def can_be_edited(self) -> set[str]:
        """The passages of the base; those that only the draft has belong to what brought them."""
        return {each.key for each in self.comparison.passages if each.old}


def draft_view(plan: Plan) -> DraftView | None:
    """Return the draft of a plan for its page, or None where there is no text yet."""
    draft = draft_of(plan)
    if draft is None:
        return None
    acceptances = standing_acceptances(draft.base)
    names = named(acceptance.origin_id for acceptance in acceptances)
    by_amendment = {each.amendment_id: names[each.origin_id] for each in acceptances}
    consolidation = draft.consolidation
    stored = {row.cluster: row for row in draft.base.settlements.order_by("pk")}
    return DraftView(
        base=draft.base,
        comparison=_comparison(draft),
        open=tuple(conflict(draft, cluster, by_amendment, None) for cluster in consolidation.open),
        settled=tuple(
            conflict(draft, cluster, by_amendment, stored[cluster.key])
            for cluster, _settlement in consolidation.settled
        ),
        warnings=tuple(
            (caution.passage, _WARNINGS[caution.kind]()) for caution in consolidation.warnings
        ),
        acceptances=[(each, names[each.origin_id]) for each in acceptances],
    )


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


def conflict(
    draft: Draft,
    cluster: Cluster,
    by_amendment: dict[int, NamedOrigin],
    settlement: Settlement | None,
) -> Conflict:
    """Return a conflict with the text as it stands and as each side wants it."""
    texts = {passage.id: passage.text for passage in draft.base_state.document}
    proposals = tuple(_proposals(draft.base_state.document, cluster, by_amendment))
    return Conflict(
        key=cluster.key,
        passages=cluster.passages,
        base=tuple(texts[key] for key in cluster.passages if key in texts),
        place=_place(cluster, texts),
        proposals=proposals,
        options=tuple(_options(cluster, proposals)),
        settlement=settlement,
    )


def _place(cluster: Cluster, texts: dict[str, str]) -> Place | None:
    """Return the one contested place, if the cluster is about exactly one."""
    if len(cluster.regions) != 1:
        return None
    region = cluster.regions[0]
    tokens = tokenize(texts[region.passage])
    return Place(
        "".join(tokens[: region.start]),
        "".join(tokens[region.start : region.end]),
        "".join(tokens[region.end :]),
    )


def _proposals(
    document: Document, cluster: Cluster, by_amendment: dict[int, NamedOrigin]
) -> Iterator[Proposal]:
    """Yield what is asked for; amendments that ask for the same are one proposal."""
    wanted: dict[tuple[core.Operation, ...], list[int]] = {}
    for amendment in cluster.amendments:
        operations = tuple(m.operation for m in cluster.members if m.amendment == amendment)
        wanted.setdefault(operations, []).append(amendment)
    for number, (operations, amendments) in enumerate(wanted.items(), start=1):
        yield Proposal(
            number,
            tuple(amendments),
            tuple(by_amendment[each] for each in amendments),
            tuple(_changed_alone(document, operations)),
        )


def _changed_alone(
    document: Document, operations: tuple[core.Operation, ...]
) -> Iterator[ComparedPassage]:
    """Yield the passages as they would read with these operations alone."""
    touched = {each.passage for each in operations}
    touched |= {after for each in operations if (after := getattr(each, "after", None))}
    part = tuple(passage for passage in document if passage.id in touched)
    runs = {passage.id: uniform(len(tokenize(passage.text)), 0) for passage in part}
    alone = consolidate(part, runs, [core.Amendment(0, operations, 0)])
    return (each for each in compare_documents(part, alone.document).passages if each.is_changed)


def _options(cluster: Cluster, proposals: Sequence[Proposal]) -> Iterator[tuple[str, str]]:
    """Yield the ways to settle a conflict, each with its words."""
    yield "keep_base", _("bisherigen Wortlaut behalten")
    for group in _compatible(cluster, proposals):
        yield f"choose:{_numbers(group)}", _choose_words(group)
    if cluster.relations == (Relation.ORDER,) and len(proposals) <= MOST_ORDERED:
        for order in permutations(proposals):
            yield f"order:{_numbers(order)}", _order_words(order)
    if len(cluster.regions) <= 1:
        yield "custom", _("eigenen Wortlaut schreiben")


def _numbers(proposals: Iterable[Proposal]) -> str:
    return ",".join(str(number) for each in proposals for number in each.amendments)


def _choose_words(group: Sequence[Proposal]) -> str:
    names = ", ".join(str(each.number) for each in group)
    if len(group) == 1:
        return _("Vorschlag %(names)s wählen") % {"names": names}
    return _("Vorschläge %(names)s wählen") % {"names": names}


def _order_words(order: Sequence[Proposal]) -> str:
    names = ", ".join(str(each.number) for each in order)
    return _("alle aufnehmen, in der Reihenfolge %(names)s") % {"names": names}


def _compatible(cluster: Cluster, proposals: Sequence[Proposal]) -> list[tuple[Proposal, ...]]:
    """Return each proposal alone, and the largest groups that do not contradict each other."""
    alone: list[tuple[Proposal, ...]] = [(each,) for each in proposals]
    if len(proposals) > MOST_COMBINED:
        return alone
    at_odds = {frozenset((each.left, each.right)) for each in cluster.conflicts}
    groups = [
        group
        for size in range(len(proposals), 1, -1)
        for group in combinations(proposals, size)
        if not any(
            frozenset((left, right)) in at_odds
            for first, second in combinations(group, 2)
            for left in first.amendments
            for right in second.amendments
        )
    ]
    largest = [group for group in groups if not any(set(group) < set(other) for other in groups)]
    return alone + largest


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
