"""From two texts to the order in which a Word file shows them: what stayed, came, went and moved."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mitplan.core.text.alignment import longest_chain
from mitplan.core.text.passages import Document, Kind, Passage
from mitplan.formats.docx_inline import from_markdown
from mitplan.formats.docx_tracking import Change, Step
from mitplan.formats.docx_words import REFERENCE


def steps_between(old: Document, new: Document) -> Iterator[Step]:
    """Return the passages of both texts in one order, in which each text keeps its own.

    Passages are the same when their ids are; one that changed its kind or level goes and comes. What
    stands in both texts at its place is written once; what went stands before what came in its stead.
    """
    before = {passage.id: passage for passage in old}
    stayed = _stayed(old, new, before)
    moves = _find_moves(old, new, stayed)
    leaving = iter(old)
    coming: list[Step] = []
    for passage in new:
        if passage.id not in stayed:
            coming.append(_coming(passage, moves))
            continue
        yield from _going(leaving, passage.id, moves)
        yield from coming
        coming.clear()
        yield Step(Change.NONE, before[passage.id], passage)
    yield from _going(leaving, None, moves)
    yield from coming


@dataclass(frozen=True, slots=True)
class _Moves:
    """The names of moves, by the ids that the passages have in the two texts."""

    away: Mapping[str, str]
    here: Mapping[str, str]


def _stayed(old: Document, new: Document, before: Mapping[str, Passage]) -> set[str]:
    """Return the ids of the passages that are the same kind of thing at the same place."""
    places = {passage.id: place for place, passage in enumerate(old)}
    common = [passage.id for passage in new if passage.id in places]
    chain = longest_chain([(places[key], place) for place, key in enumerate(common)])
    in_order = {common[place] for _, place in chain}
    return {
        passage.id
        for passage in new
        if passage.id in in_order
        and (before[passage.id].kind, before[passage.id].level) == (passage.kind, passage.level)
    }


def _going(leaving: Iterator[Passage], until: str | None, moves: _Moves) -> Iterator[Step]:
    """Return what leaves the old text, up to the next passage that stays."""
    for passage in leaving:
        if passage.id == until:
            return
        move = moves.away.get(passage.id, "")
        yield Step(Change.MOVED_AWAY if move else Change.DELETED, passage, None, move)


def _coming(passage: Passage, moves: _Moves) -> Step:
    move = moves.here.get(passage.id, "")
    return Step(Change.MOVED_HERE if move else Change.INSERTED, None, passage, move)


def _find_moves(old: Document, new: Document, stayed: set[str]) -> _Moves:
    """Name the passages that came with the very words of one that went; neighbours move together.

    One that was reworded too goes and comes: a reader takes what is shown as moved for unchanged.
    """
    sources = _sources(
        [passage for passage in old if passage.id not in stayed],
        [passage for passage in new if passage.id not in stayed],
    )
    follows = {passage.id: old[place].id for place, passage in enumerate(old[1:])}
    away: dict[str, str] = {}
    here: dict[str, str] = {}
    previous = ""
    for passage in new:
        if source := sources.get(passage.id):
            together = previous in here and follows.get(source) == sources[previous]
            name = here[previous] if together else f"Verschiebung{len(set(here.values())) + 1}"
            away[source] = here[passage.id] = name
        previous = passage.id
    return _Moves(away, here)


def _sources(going: Iterable[Passage], coming: Iterable[Passage]) -> dict[str, str]:
    """Return for passages that come the id of the one that goes with the same words, its own first."""
    places: defaultdict[object, list[str]] = defaultdict(list)
    for passage in going:
        if key := _words(passage):
            places[key].append(passage.id)
    sources: dict[str, str] = {}
    for passage in sorted(coming, key=lambda each: each.id not in places[_words(each)]):
        found = places[_words(passage)]
        if found:
            chosen = passage.id if passage.id in found else found[0]
            found.remove(chosen)
            sources[passage.id] = chosen
    return sources


def _words(passage: Passage) -> object:
    """Return what a passage says, in whatever form; nothing for tables, which Word does not move."""
    words = "".join(piece.text for piece in from_markdown(passage.text))
    text = REFERENCE.sub("", words).strip()
    return (text, passage.fields) if text and passage.kind is not Kind.TABLE else None
