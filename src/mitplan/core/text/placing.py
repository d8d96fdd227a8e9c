"""Placing: where in a text the passages of a file belong that came without ids, and how sure that is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mitplan.core.text.matching import match, similarity, word_pairs
from mitplan.core.text.passages import Passage

LIKELY = 0.6
"""From this share of common word pairs on (Dice), a reworded passage is taken for the same."""

CONTAINED = 0.8
"""So much of a passage must stand in another to be taken for a piece of it."""

_ENOUGH_PAIRS = 4  # fewer word pairs stand in many places


class Certainty(StrEnum):
    """How it is known that two passages are the same, the surest first."""

    ID = "id"
    EQUAL = "equal"
    LIKELY = "likely"
    UNSURE = "unsure"
    PIECE = "piece"


@dataclass(frozen=True, slots=True)
class Placed:
    """The passage of the text that one of the file continues, or is only a piece of."""

    key: str
    certainty: Certainty

    @property
    def is_same(self) -> bool:
        """Whether it is the whole passage."""
        return self.certainty is not Certainty.PIECE


def place(found: Sequence[Passage], text: Sequence[Passage]) -> dict[str, Placed]:
    """Return for the passages of a file, by their id there, where in the text they belong.

    An id that both know decides; without one, equal words in order, then similar ones, then a piece of a
    passage or several joined in one. What fits nowhere is left out.
    """
    placed: dict[str, Placed] = {}
    for passage, link in zip(found, match(text, found), strict=True):
        if link is not None:
            placed[passage.id] = Placed(text[link].id, _certainty(text[link], passage))
    free = [passage for passage in found if passage.id not in placed]
    placed.update(_pieces(free, text))
    return placed


def _certainty(old: Passage, new: Passage) -> Certainty:
    if old.id == new.id:
        return Certainty.ID
    if old.text == new.text:
        return Certainty.EQUAL
    return Certainty.LIKELY if similarity(old, new) >= LIKELY else Certainty.UNSURE


def _pieces(free: Sequence[Passage], text: Sequence[Passage]) -> Iterator[tuple[str, Placed]]:
    pairs = [(each.id, word_pairs(each.text)) for each in text] if free else []
    for passage in free:
        own = word_pairs(passage.text)
        if len(own) < _ENOUGH_PAIRS:
            continue
        share, key = max(
            ((len(own & other) / len(own), key) for key, other in pairs), default=(0.0, "")
        )
        if share >= CONTAINED:
            yield passage.id, Placed(key, Certainty.PIECE)
