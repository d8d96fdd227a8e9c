"""Meetings: where changes of different amendments meet, and which of them exclude each other."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from mitplan.core.text.base import Base
from mitplan.core.text.notes import Note, anchors_brought_by
from mitplan.core.text.operations import SplitPassage, TextHunk
from mitplan.core.text.parents import parents
from mitplan.core.text.relations import Relation, hunk_relation, relation
from mitplan.core.text.variants import Variant, Variants, placements_of

_ByPassage = Mapping[str, Sequence[Variant]]

Meeting = tuple[Variant, Variant, Relation]
"""Two variants that exclude each other, and why."""


def meetings(base: Base, variants: Variants) -> "Graph":
    """Return what excludes each other and what has to wait with it."""
    graph = Graph()
    moves = variants.moves()
    _meet_in_texts(graph, variants)
    _meet_in_settings(graph, variants)
    _meet_at_spots(graph, variants)
    _meet_in_moves(graph, moves)
    _meet_in_splits(graph, variants)
    _meet_in_joins(graph, variants, moves)
    _meet_deletions(graph, variants, moves)
    _meet_lost_parents(graph, base, variants)
    _meet_at_notes(graph, base, variants, moves)
    _tie_borders(graph, base, variants)
    _tie_followers(graph, variants)
    return graph


class Graph:
    """Variants and their conflicts; finds what hangs together."""

    def __init__(self) -> None:
        self._conflicts: list[Meeting] = []
        self._leader: dict[Variant, Variant] = {}

    def add(self, left: Variant, right: Variant, kind: Relation) -> None:
        self._conflicts.append((left, right, kind))
        self.tie(left, right)

    def tie(self, left: Variant, right: Variant) -> None:
        self._leader[self._find(left)] = self._find(right)

    def _find(self, variant: Variant) -> Variant:
        leader = self._leader.setdefault(variant, variant)
        while leader is not variant:
            self._leader[variant] = self._leader[leader]
            variant, leader = leader, self._leader[leader]
        return leader

    def is_contested(self, variant: Variant) -> bool:
        return variant in self._leader

    def components(self) -> Iterator[tuple[list[Variant], list[Meeting]]]:
        """Return what hangs together, each group with its conflicts."""
        variants: defaultdict[Variant, list[Variant]] = defaultdict(list)
        conflicts: defaultdict[Variant, list[Meeting]] = defaultdict(list)
        for variant in list(self._leader):
            variants[self._find(variant)].append(variant)
        for conflict in self._conflicts:
            conflicts[self._find(conflict[0])].append(conflict)
        for leader, group in variants.items():
            yield group, conflicts[leader]


def _meet_in_texts(graph: Graph, variants: Variants) -> None:
    """Sweep each passage once, keeping the ranges that are still open."""
    for group in variants.texts.values():
        is_open: list[tuple[TextHunk, Variant]] = []
        for hunk, variant in _by_start(group) if len(group) > 1 else ():
            is_open = [
                each for each in is_open if each[0].end > hunk.start or each[0].start == hunk.start
            ]
            for other, rival in is_open:
                kind = hunk_relation(other, hunk)
                if kind.is_conflict:
                    graph.add(rival, variant, kind)
            is_open.append((hunk, variant))


def _by_start(group: Sequence[Variant]) -> list[tuple[TextHunk, Variant]]:
    pairs = [(each.operation, each) for each in group if isinstance(each.operation, TextHunk)]
    return sorted(pairs, key=lambda pair: (pair[0].start, pair[0].end))


def _meet_in_settings(graph: Graph, variants: Variants) -> None:
    for group in variants.settings.values():
        for left, right in combinations(group, 2):
            graph.add(left, right, Relation.FIELD)


def _meet_at_spots(graph: Graph, variants: Variants) -> None:
    """Two different sequences at one spot need an order; each is settled as a whole."""
    for rivals in variants.sequences.values():
        if len(rivals) == 1:
            continue
        for sequence in rivals:
            for variant in sequence[1:]:
                graph.tie(sequence[0], variant)
        for left, right in combinations(rivals, 2):
            graph.add(left[0], right[0], Relation.ORDER)


def _meet_in_moves(graph: Graph, moves: _ByPassage) -> None:
    for passage, group in moves.items():
        for left, right in combinations(group, 2):
            if left.spot != right.spot:
                graph.add(left, right, Relation.TARGET)
        for variant in group:
            anchor = variant.spot
            for other in moves.get(anchor, ()) if anchor is not None and passage < anchor else ():
                if other.spot == passage:
                    graph.add(variant, other, Relation.CYCLE)


def _meet_in_splits(graph: Graph, variants: Variants) -> None:
    for group in variants.splits.values():
        for left, right in combinations(group, 2):
            kind = relation(left.operation, right.operation)
            if kind.is_conflict:
                graph.add(left, right, kind)


def _meet_in_joins(graph: Graph, variants: Variants, moves: _ByPassage) -> None:
    """Nothing may come between two passages that are joined, and neither may go elsewhere."""
    settings = _settings_by_passage(variants) if variants.joins else {}
    for right, join in variants.joins.items():
        left = join.operation.passage
        between = [sequence[0] for sequence in variants.sequences.get(left, ())]
        rivals = [*moves.get(left, ()), *moves.get(right, ()), *settings.get(right, ())]
        for variant in (*between, *rivals):
            graph.add(join, variant, Relation.JOIN)


def _meet_deletions(graph: Graph, variants: Variants, moves: _ByPassage) -> None:
    if not variants.deletions:
        return
    settings = _settings_by_passage(variants)
    for passage, deletion in variants.deletions.items():
        for rivals in (variants.texts, moves, settings, variants.splits):
            for variant in rivals.get(passage, ()):
                graph.add(deletion, variant, Relation.DELETED)
    for right, join in variants.joins.items():
        for passage in (join.operation.passage, right):
            if passage in variants.deletions:
                graph.add(variants.deletions[passage], join, Relation.DELETED)


def _settings_by_passage(variants: Variants) -> _ByPassage:
    settings: defaultdict[str, list[Variant]] = defaultdict(list)
    for (passage, _), group in variants.settings.items():
        settings[passage] += group
    return settings


def _meet_lost_parents(graph: Graph, base: Base, variants: Variants) -> None:
    """Nothing may be placed under a heading or list item that somebody else deletes or joins to another.

    Where the same amendments ask for both, they know what they do.
    """
    if not variants.deletions and not variants.joins:
        return
    for spot, rivals in variants.sequences.items():
        for sequence in rivals:
            for index, parent in parents(base, spot, placements_of(sequence)):
                for lost, kind in _losses(variants, parent):
                    if lost.amendments != sequence[index].amendments:
                        graph.add(lost, sequence[index], kind)


def _losses(variants: Variants, passage: str) -> Iterator[tuple[Variant, Relation]]:
    if passage in variants.deletions:
        yield variants.deletions[passage], Relation.DELETED
    if passage in variants.joins:
        yield variants.joins[passage], Relation.JOIN


def _meet_at_notes(graph: Graph, base: Base, variants: Variants, moves: _ByPassage) -> None:
    """A footnote goes with its anchor, so nobody else may change it or refer to it anew."""
    if not base.notes:
        return
    brought = _carriers(variants)
    settings = _settings_by_passage(variants)
    for note in base.notes:
        carriers = brought[note.label]
        carried_by = {each for variant in carriers for each in variant.amendments}
        changes = [variants.joins[note.body]] if note.body in variants.joins else []
        for group in (variants.texts, settings, moves, variants.splits):
            changes += group.get(note.body, ())
        for remover in _removers(base, variants, note):
            is_carried = carried_by.issuperset(remover.amendments)
            for rival in carriers if is_carried else (*carriers, *changes):
                if rival.amendments != remover.amendments:
                    graph.add(remover, rival, Relation.FOOTNOTE)


def _carriers(variants: Variants) -> defaultdict[str, list[Variant]]:
    """Return by label what brings an anchor of that footnote, perhaps from elsewhere."""
    found: defaultdict[str, list[Variant]] = defaultdict(list)
    for variant in variants:
        for label in anchors_brought_by(variant.operation):
            found[label].append(variant)
    return found


def _removers(base: Base, variants: Variants, note: Note) -> Iterator[Variant]:
    if note.passage in variants.deletions:
        yield variants.deletions[note.passage]
    for variant in variants.texts.get(note.passage, ()):
        hunk = variant.operation
        if isinstance(hunk, TextHunk) and note.is_lost_by(hunk, base.tokens(note.passage)):
            yield variant


def _tie_borders(graph: Graph, base: Base, variants: Variants) -> None:
    """The blank that goes with a split, or comes with a join, waits with it."""
    for passage, group in variants.splits.items():
        for split in group:
            if isinstance(split.operation, SplitPassage):
                _tie_border(graph, variants, split, passage, split.operation.at)
    for right, join in variants.joins.items():
        left = join.operation.passage
        _tie_border(graph, variants, join, left, len(base.tokens(left)))
        _tie_border(graph, variants, join, right, 0)


def _tie_border(graph: Graph, variants: Variants, change: Variant, passage: str, at: int) -> None:
    if not graph.is_contested(change):
        return
    for variant in variants.texts.get(passage, ()):
        hunk = variant.operation
        is_own = not set(variant.amendments).isdisjoint(change.amendments)
        if is_own and isinstance(hunk, TextHunk) and hunk.start <= at <= hunk.end:
            graph.tie(change, variant)


def _tie_followers(graph: Graph, variants: Variants) -> None:
    """What stands behind a contested passage of its own sequence, perhaps under it, waits with it."""
    for rivals in variants.sequences.values():
        for sequence in rivals:
            for leader, follower in pairwise(sequence):
                if graph.is_contested(leader):
                    graph.tie(leader, follower)
