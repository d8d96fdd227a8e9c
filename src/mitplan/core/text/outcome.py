"""Outcome: everything that goes into the next text, sorted by the place it goes to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mitplan.core.text.base import Base
from mitplan.core.text.boundaries import Boundaries
from mitplan.core.text.operations import (
    DeletePassage,
    InsertPassage,
    JoinPassages,
    MovePassage,
    SetField,
    SetKind,
    SplitPassage,
    TextHunk,
)
from mitplan.core.text.passages import Passage
from mitplan.core.text.placement import Slot, arrange
from mitplan.core.text.settlements import OwnWords, Pick, Verdict
from mitplan.core.text.variants import Member, Variants


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
    splits: dict[str, Taken] = field(default_factory=dict)
    joins: dict[str, Taken] = field(default_factory=dict)
    placed: defaultdict[str | None, list[Taken]] = field(default_factory=lambda: defaultdict(list))
    boundaries: Boundaries = field(init=False)

    def no_origins(self, passage: str) -> Sequence[int]:
        """Return a stand-in for the origins of a passage where only its words are asked for."""
        return [0] * len(self.base.tokens(passage))

    def has_new_words(self, passage: str) -> bool:
        """Tell whether the wording of a passage of the new text has to be woven."""
        is_changed = passage in self.texts or passage in self.own_words
        return is_changed or self.boundaries.has_new_borders(passage)

    def is_touched(self, passage: str) -> bool:
        """Tell whether anything happens to a passage of the base, words or place."""
        lefts = {taken.pick.variant.operation.passage for taken in self.joins.values()}
        return (
            any(self.texts.get(passage, ()) or self.own_words.get(passage, ()))
            or any(passage in each for each in (self.settings, self.moves, self.deletions))
            or bool(self.boundaries.split_off(passage))
            or passage in self.joins
            or passage in lefts
        )

    def slots(self) -> tuple[Slot, ...]:
        """Return the new reading order with the places that were left."""
        order = {
            spot: [taken.pick.variant.operation.passage for taken in group]
            for spot, group in self.placed.items()
        }
        gone = self.deletions.keys() | self.moves.keys() | self.joins.keys()
        slots = arrange(self.base.ids, gone, order)
        return tuple(self._with_split_off(slots)) if self.splits else slots

    def _with_split_off(self, slots: Iterable[Slot]) -> Iterator[Slot]:
        """What is split off stands behind its passage, also where that is moved or joined to another."""
        for slot in slots:
            yield slot
            if slot.is_filled or slot.passage in self.joins:
                for passage in self.boundaries.split_off(slot.passage):
                    yield Slot(passage, is_filled=True)

    def passage(self, passage: str) -> Passage:
        """Return a passage of the new text, still with the wording of the base if it had one."""
        if passage in self.insertions:
            operation = self.insertions[passage].pick.variant.operation
            if isinstance(operation, InsertPassage):
                return operation.as_passage()
        if passage in self.splits:
            split = self.boundaries.split_from[passage]
            return Passage(split.id, split.kind, "", split.level)
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


def gather(base: Base, verdict: Verdict, variants: Variants, origins: Mapping[int, int]) -> Outcome:
    """Return all that is not contested, and of what is contested what was settled on."""
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
    outcome.boundaries = _boundaries(outcome)
    return outcome


def _boundaries(outcome: Outcome) -> Boundaries:
    splits: defaultdict[str, list[SplitPassage]] = defaultdict(list)
    for taken in outcome.splits.values():
        if isinstance(split := taken.pick.variant.operation, SplitPassage):
            splits[split.passage].append(split)
    joins = {right: taken.pick.variant.operation.passage for right, taken in outcome.joins.items()}
    return Boundaries(outcome.base, splits, joins)


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
        case SplitPassage():
            outcome.splits[operation.id] = taken
        case JoinPassages():
            outcome.joins[operation.right] = taken


def _place_in_group(taken: Taken) -> tuple[int, int, int]:
    return taken.pick.rank, min(taken.amendments, default=0), taken.pick.variant.index


def _drop_repeated_moves(outcome: Outcome) -> None:
    """A passage that two ordered sequences both move stands where the first one puts it."""
    for spot, group in outcome.placed.items():
        first = {taken.pick.variant.operation.passage: taken for taken in reversed(group)}
        outcome.placed[spot] = [
            taken for taken in group if first[taken.pick.variant.operation.passage] is taken
        ]
