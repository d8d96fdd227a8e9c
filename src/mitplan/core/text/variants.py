"""Variants: equal operations of several amendments, gathered so that agreement is seen first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from mitplan.core.text.amendments import Amendment
from mitplan.core.text.operations import (
    DeletePassage,
    InsertPassage,
    JoinPassages,
    MovePassage,
    Operation,
    Placement,
    SetField,
    SetKind,
    SplitPassage,
    TextHunk,
)
from mitplan.core.text.placement import sequences
from mitplan.core.text.relations import placed_content, setting_name, split_content


@dataclass(frozen=True, slots=True)
class Member:
    """An operation and the amendment it belongs to."""

    amendment: int
    operation: Operation


@dataclass(eq=False, slots=True)
class Variant:
    """One change, asked for by one amendment or by several in the same words.

    `operation` is that of the amendment with the lowest number; several insertions of one amendment at
    one point are joined in it. `spot` and `index` say where a placed passage stands: behind which passage of
    the base, and the how-manieth of its sequence it is.
    """

    operation: Operation
    spot: str | None = None
    index: int = 0
    members: list[Member] = field(default_factory=list)

    @property
    def amendments(self) -> tuple[int, ...]:
        """The numbers of the amendments that ask for it, lowest first."""
        return tuple(dict.fromkeys(member.amendment for member in self.members))


@dataclass(slots=True)
class Variants:
    """All variants of a set of amendments, by what they touch."""

    texts: dict[str, list[Variant]] = field(default_factory=dict)
    deletions: dict[str, Variant] = field(default_factory=dict)
    settings: dict[tuple[str, str | None], list[Variant]] = field(default_factory=dict)
    sequences: dict[str | None, list[tuple[Variant, ...]]] = field(default_factory=dict)
    splits: dict[str, list[Variant]] = field(default_factory=dict)
    joins: dict[str, Variant] = field(default_factory=dict)
    """By the passage on the right, which has only one left neighbour."""

    def __iter__(self) -> Iterator[Variant]:
        for group in (*self.texts.values(), *self.settings.values(), *self.splits.values()):
            yield from group
        yield from self.deletions.values()
        yield from self.joins.values()
        for rivals in self.sequences.values():
            for sequence in rivals:
                yield from sequence

    def moves(self) -> dict[str, list[Variant]]:
        """Return the moves by the passage they move."""
        result: defaultdict[str, list[Variant]] = defaultdict(list)
        for rivals in self.sequences.values():
            for variant in (each for sequence in rivals for each in sequence):
                if isinstance(variant.operation, MovePassage):
                    result[variant.operation.passage].append(variant)
        return result


def collect(amendments: Iterable[Amendment]) -> Variants:
    """Gather the operations of amendments, which come with ascending numbers."""
    result = Variants()
    known: dict[object, Variant] = {}
    for amendment in amendments:
        _collect_texts(result, known, amendment)
        _collect_others(result, known, amendment)
        _collect_placements(result, known, amendment)
    return result


def _collect_texts(result: Variants, known: dict[object, Variant], amendment: Amendment) -> None:
    hunks = [each for each in amendment.operations if isinstance(each, TextHunk)]
    hunks.sort(key=lambda hunk: (hunk.passage, hunk.start, hunk.end, hunk.ordinal))
    for _, group in groupby(hunks, key=lambda hunk: (hunk.passage, hunk.start, hunk.end)):
        same_range = list(group)
        joined = _joined(same_range)
        variant = known.get(joined)
        if variant is None:
            variant = known[joined] = Variant(joined)
            result.texts.setdefault(joined.passage, []).append(variant)
        variant.members += [Member(amendment.id, hunk) for hunk in same_range]


def _joined(hunks: Sequence[TextHunk]) -> TextHunk:
    if len(hunks) == 1:
        return replace(hunks[0], ordinal=0) if hunks[0].ordinal else hunks[0]
    new = tuple(token for hunk in hunks for token in hunk.new)
    return replace(hunks[0], new=new, ordinal=0)


def _collect_others(result: Variants, known: dict[object, Variant], amendment: Amendment) -> None:
    for operation in amendment.operations:
        if isinstance(operation, TextHunk | InsertPassage | MovePassage):
            continue
        key = split_content(operation) if isinstance(operation, SplitPassage) else operation
        variant = known.get(key)
        if variant is None:
            variant = known[key] = Variant(operation)
            _file(result, variant)
        variant.members.append(Member(amendment.id, operation))


def _file(result: Variants, variant: Variant) -> None:
    match variant.operation:
        case DeletePassage(passage):
            result.deletions[passage] = variant
        case SetField() | SetKind() as setting:
            key = (setting.passage, setting_name(setting))
            result.settings.setdefault(key, []).append(variant)
        case SplitPassage(passage):
            result.splits.setdefault(passage, []).append(variant)
        case JoinPassages(_, right):
            result.joins[right] = variant


def _collect_placements(
    result: Variants, known: dict[object, Variant], amendment: Amendment
) -> None:
    placements = [
        each for each in amendment.operations if isinstance(each, InsertPassage | MovePassage)
    ]
    for spot, sequence in sequences(placements).items() if placements else ():
        contents = tuple(placed_content(each) for each in sequence)
        first = known.get((spot, contents, 0))
        if first is None:
            result.sequences.setdefault(spot, []).append(_sequence(spot, sequence))
            for variant in result.sequences[spot][-1]:
                known[spot, contents, variant.index] = variant
        for index, each in enumerate(sequence):
            known[spot, contents, index].members.append(Member(amendment.id, each))


def _sequence(spot: str | None, sequence: Sequence[Placement]) -> tuple[Variant, ...]:
    return tuple(Variant(each, spot, index) for index, each in enumerate(sequence))


def placements_of(carriers: Iterable[Variant | Member]) -> tuple[Placement, ...]:
    """Return the placements among the operations of variants or members."""
    operations = (each.operation for each in carriers)
    return tuple(each for each in operations if isinstance(each, InsertPassage | MovePassage))
