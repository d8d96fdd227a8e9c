"""Outcome: everything that goes into the next text, sorted by the place it goes to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mitplan.core.text.amendments import Amendment
from mitplan.core.text.base import Base
from mitplan.core.text.conflicts import cluster_variants
from mitplan.core.text.operations import (
    DeletePassage,
    InsertPassage,
    MovePassage,
    SetField,
    SetKind,
    TextHunk,
)
from mitplan.core.text.passages import Document, Passage
from mitplan.core.text.placement import Slot, arrange
from mitplan.core.text.review import check_against
from mitplan.core.text.settlements import OwnWords, Pick, Settlement, Verdict, settle
from mitplan.core.text.variants import Member, Variants, collect


@dataclass(frozen=True, slots=True)
class Taken:
    """A change that goes into the text: by whom it was asked for, and whom its words are attributed to."""

    pick: Pick
    amendments: tuple[int, ...]
    origins: tuple[int, ...]

    @property
    def members(self) -> Sequence[Member]:
        return self.pick.variant.members


@dataclass(slots=True)
class Outcome:
    """All changes that go into the text, none of which conflict."""

    base: Base
    verdict: Verdict
    taken: list[Taken] = field(default_factory=list)
    texts: defaultdict[str, list[Taken]] = field(default_factory=lambda: defaultdict(list))
    own_words: defaultdict[str, list[OwnWords]] = field(default_factory=lambda: defaultdict(list))
    settings: defaultdict[str, list[Taken]] = field(default_factory=lambda: defaultdict(list))
    deletions: dict[str, Taken] = field(default_factory=dict)
    moves: dict[str, Taken] = field(default_factory=dict)
    insertions: dict[str, Taken] = field(default_factory=dict)
    placed: defaultdict[str | None, list[Taken]] = field(default_factory=lambda: defaultdict(list))

    def slots(self) -> tuple[Slot, ...]:
        """Return the new reading order with the places that were left."""
        order = {
            spot: [taken.pick.variant.operation.passage for taken in group]
            for spot, group in self.placed.items()
        }
        return arrange(self.base.ids, self.deletions.keys() | self.moves.keys(), order)

    def passage(self, passage: str) -> Passage:
        """Return a passage of the new text, still with the wording of the base if it had one."""
        if passage in self.insertions:
            operation = self.insertions[passage].pick.variant.operation
            if isinstance(operation, InsertPassage):
                return operation.as_passage()
        return self._with_settings(self.base.passage(passage))

    def _with_settings(self, passage: Passage) -> Passage:
        for taken in self.settings.get(passage.id, ()):
            match taken.pick.variant.operation:
                case SetKind(_, kind, level):
                    passage = replace(passage, kind=kind, level=level)
                case SetField(_, name, value):
                    fields = tuple(_with_field(passage.fields, name, value))
                    passage = replace(passage, fields=fields)
        return passage


def _with_field(
    fields: Iterable[tuple[str, str]], name: str, value: str | None
) -> Iterator[tuple[str, str]]:
    """Set a value in place; a new field stands before the first with a greater name.

    This way the order of the fields does not depend on who added which first.
    """
    known = dict(fields)
    is_waiting = value is not None and name not in known
    for each, old in known.items():
        if is_waiting and value is not None and each > name:
            yield name, value
            is_waiting = False
        if each != name:
            yield each, old
        elif value is not None:
            yield name, value
    if is_waiting and value is not None:
        yield name, value


def resolve(
    document: Document, amendments: Iterable[Amendment], settlements: Iterable[Settlement]
) -> Outcome:
    """Check amendments, find and settle their conflicts, and return what goes into the text."""
    base = Base(document)
    in_order = sorted(amendments, key=lambda amendment: amendment.id)
    origins = {amendment.id: amendment.origin for amendment in in_order}
    if len(origins) != len(in_order):
        message = "two amendments have the same number"
        raise ValueError(message)
    for amendment in in_order:
        check_against(base, amendment.operations)
    variants = collect(in_order)
    _require_own_ids(variants)
    verdict = settle(cluster_variants(base, variants), settlements)
    return _outcome(base, verdict, variants, origins)


def _require_own_ids(variants: Variants) -> None:
    seen: set[str] = set()
    for variant in variants:
        ids = {each.operation.passage for each in variant.members if _is_insertion(each)}
        if ids & seen:
            message = f"two different new passages have the id {min(ids & seen)!r}"
            raise ValueError(message)
        seen |= ids


def _is_insertion(member: Member) -> bool:
    return isinstance(member.operation, InsertPassage)


def _outcome(
    base: Base, verdict: Verdict, variants: Variants, origins: Mapping[int, int]
) -> Outcome:
    contested = {
        variant
        for cluster in (*verdict.open, *(each for each, _ in verdict.settled))
        for variant in cluster.variants
    }
    free = [Pick(variant) for variant in variants if variant not in contested]
    outcome = Outcome(base, verdict)
    for own_words in verdict.own_words:
        outcome.own_words[own_words.region.passage].append(own_words)
    for pick in (*free, *verdict.picks):
        _file(outcome, _taken(pick, origins))
    for group in outcome.placed.values():
        group.sort(key=_place_in_group)
    _drop_repeated_moves(outcome)
    return outcome


def _taken(pick: Pick, origins: Mapping[int, int]) -> Taken:
    amendments = pick.variant.amendments
    found = [origins[each] for each in amendments]
    own = [] if pick.origin is None else [pick.origin]
    return Taken(pick, amendments, tuple(dict.fromkeys(own + found)))


def _file(outcome: Outcome, taken: Taken) -> None:
    operation = taken.pick.variant.operation
    outcome.taken.append(taken)
    match operation:
        case TextHunk():
            outcome.texts[operation.passage].append(taken)
        case SetKind() | SetField():
            outcome.settings[operation.passage].append(taken)
        case DeletePassage():
            outcome.deletions[operation.passage] = taken
        case MovePassage():
            outcome.moves.setdefault(operation.passage, taken)
            outcome.placed[taken.pick.variant.spot].append(taken)
        case InsertPassage():
            outcome.insertions[operation.id] = taken
            outcome.placed[taken.pick.variant.spot].append(taken)


def _place_in_group(taken: Taken) -> tuple[int, int, int]:
    return taken.pick.rank, min(taken.amendments, default=0), taken.pick.variant.index


def _drop_repeated_moves(outcome: Outcome) -> None:
    """A passage that two ordered sequences both move stands where the first one puts it."""
    for spot, group in outcome.placed.items():
        first = {taken.pick.variant.operation.passage: taken for taken in reversed(group)}
        outcome.placed[spot] = [
            taken for taken in group if first[taken.pick.variant.operation.passage] is taken
        ]
