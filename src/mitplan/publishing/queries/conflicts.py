"""Conflicts of the draft: the text as it stands, what each side wants instead, and the ways to settle."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import combinations, permutations
from typing import Self

from django.utils.translation import gettext as _

from mitplan.core.text import amendments as core
from mitplan.core.text.conflicts import Cluster, Relation
from mitplan.core.text.consolidation import consolidate
from mitplan.core.text.passages import Document, Passage
from mitplan.core.text.readings import ContestedPlace, contested_places
from mitplan.core.text.runs import uniform
from mitplan.core.text.tokens import tokenize
from mitplan.plan.models import Settlement
from mitplan.publishing.queries.comparison import ComparedPassage, compare_documents
from mitplan.publishing.queries.origins import NamedOrigin
from mitplan.publishing.queries.own_words import OwnPlace, own_places

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
class Solution:
    """How a person settled a conflict, and why."""

    choice: str
    amendments: tuple[int, ...]
    own_words: tuple[tuple[str, str], ...]
    reason: str
    settled_at: datetime

    @classmethod
    def of(cls, row: Settlement) -> Self:
        """Return what a settlement says."""
        return cls(row.choice, tuple(row.amendments), row.own_words, row.reason, row.settled_at)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Changes that do not commute: the text as it stands, and what each asks for instead."""

    key: str
    passages: tuple[str, ...]
    base: tuple[str, ...]
    place: ContestedPlace | None
    own_places: tuple[OwnPlace, ...]
    proposals: tuple[Proposal, ...]
    options: tuple[tuple[str, str], ...]
    settlement: Solution | None

    @property
    def place_names(self) -> str:
        """The numbers of the passages, as one says them."""
        return ", ".join(key.removeprefix("t") for key in self.passages)

    @property
    def anchor(self) -> str:
        """Where the conflict stands in the page."""
        return f"k-{self.key}"

    @property
    def written(self) -> str:
        """The own words of a settlement, each in its passage."""
        places = {each.key: each for each in self.own_places}
        only = next(iter(places), "")
        texts = self.settlement.own_words if self.settlement else ()
        wholes = [places[key or only].whole(text) for key, text in texts if (key or only) in places]
        return " / ".join(wholes)

    @property
    def chosen(self) -> tuple[int, ...]:
        """The numbers of the proposals a settlement takes, in its order."""
        wanted = self.settlement.amendments if self.settlement else ()
        found = (each.number for one in wanted for each in self.proposals if one in each.amendments)
        return tuple(dict.fromkeys(found))

    @property
    def verdict(self) -> str:
        """What a settlement says, in words; own words are shown beside it."""
        if self.settlement is None:
            return ""
        names = ", ".join(map(str, self.chosen))
        match self.settlement.choice:
            case Settlement.Choice.CHOOSE:
                return _("gewählt: Vorschlag %(names)s") % {"names": names}
            case Settlement.Choice.ORDER:
                return _("alle aufgenommen, in der Reihenfolge %(names)s") % {"names": names}
            case Settlement.Choice.CUSTOM:
                return _("eigener Wortlaut")
        return _("bisheriger Wortlaut behalten")


Passages = dict[str, Passage]


def conflict(
    passages: Passages,
    cluster: Cluster,
    by_amendment: dict[int, NamedOrigin],
    settlement: Settlement | None = None,
) -> Conflict:
    """Return a conflict with the text as it stands and as each side wants it."""
    near = _near(cluster)
    return _conflict(
        tuple(each for key, each in passages.items() if key in near),
        cluster,
        tuple((each, by_amendment[each]) for each in cluster.amendments),
        Solution.of(settlement) if settlement else None,
    )


@lru_cache(maxsize=256)
def _conflict(
    document: Document,
    cluster: Cluster,
    origins: tuple[tuple[int, NamedOrigin], ...],
    solution: Solution | None,
) -> Conflict:
    """Keep for a while how a conflict reads: of many only one is settled at a time."""
    passages = {passage.id: passage for passage in document}
    part = tuple(passages[key] for key in cluster.passages if key in passages)
    proposals = tuple(_proposals(passages, cluster, dict(origins)))
    places = contested_places(part, cluster)
    own = tuple(own_places(passages, cluster, places))
    return Conflict(
        key=cluster.key,
        passages=cluster.passages,
        base=tuple(passage.text for passage in part),
        place=places[0] if len(places) == 1 else None,
        own_places=own,
        proposals=proposals,
        options=tuple(_options(cluster, proposals, can_be_worded=bool(own))),
        settlement=solution,
    )


def _proposals(
    base: Passages, cluster: Cluster, by_amendment: dict[int, NamedOrigin]
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
            changed_alone(base, operations),
        )


def changed_alone(
    base: Passages, operations: tuple[core.Operation, ...]
) -> tuple[ComparedPassage, ...]:
    """Return the passages as they would read with these operations alone."""
    touched = _touched(operations)
    return _changed(tuple(each for key, each in base.items() if key in touched), operations)


def _near(cluster: Cluster) -> set[str]:
    """Return the passages of the base a conflict has to do with."""
    return _touched(each.operation for each in cluster.members).union(cluster.passages)


def _touched(operations: Iterable[core.Operation]) -> set[str]:
    found: set[str] = set()
    for each in operations:
        found.add(each.passage)
        if isinstance(each, core.JoinPassages):
            found.add(each.right)
        elif isinstance(each, core.InsertPassage | core.MovePassage) and each.after is not None:
            found.add(each.after)
    return found


@lru_cache(maxsize=512)
def _changed(part: Document, operations: tuple[core.Operation, ...]) -> tuple[ComparedPassage, ...]:
    """Keep for a while how a proposal reads: it does so until somebody changes it."""
    runs = {passage.id: uniform(len(tokenize(passage.text)), 0) for passage in part}
    alone = consolidate(part, runs, [core.Amendment(0, operations, 0)])
    compared = compare_documents(part, alone.document).passages
    return tuple(each for each in compared if each.is_changed)


def _options(
    cluster: Cluster, proposals: Sequence[Proposal], *, can_be_worded: bool
) -> Iterator[tuple[str, str]]:
    """Yield the ways to settle a conflict, each with its words."""
    yield "keep_base", _("bisherigen Wortlaut behalten")
    for group in _compatible(cluster, proposals):
        yield f"choose:{_numbers(group)}", _choose_words(group)
    if cluster.relations == (Relation.ORDER,) and len(proposals) <= MOST_ORDERED:
        for order in permutations(proposals):
            yield f"order:{_numbers(order)}", _order_words(order)
    if can_be_worded:
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
