"""The base text of amendments, with the look-ups that checking and applying them need."""

from collections.abc import Callable
from functools import cached_property, lru_cache

from mitplan.core.text.notes import Note, find_notes
from mitplan.core.text.passages import Document, Kind, Passage
from mitplan.core.text.tokens import tokenize

_LONG = 50  # passages
_REVIEWED = 4096  # operations remembered as fitting


def base_of(document: Document) -> "Base":
    """Return the base of a document; of long ones the latest are kept, for they are asked about again and again."""
    return _recent_base(tuple(document)) if len(document) >= _LONG else Base(document)


@lru_cache(maxsize=3)
def _recent_base(document: Document) -> "Base":
    return Base(document)


class Base:
    """A document whose passages are found by id and cut into tokens once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.place = {passage.id: index for index, passage in enumerate(document)}
        self._tokens: dict[str, tuple[str, ...]] = {}
        self._reviewed: set[object] = set()
        if len(self.place) != len(document):
            message = "a passage id stands twice in the base text"
            raise ValueError(message)

    def __contains__(self, passage: str) -> bool:
        return passage in self.place

    def passage(self, passage: str) -> Passage:
        """Return the passage with an id."""
        return self.document[self.place[passage]]

    def tokens(self, passage: str) -> tuple[str, ...]:
        """Return the tokens of a passage."""
        if passage not in self._tokens:
            self._tokens[passage] = tokenize(self.passage(passage).text)
        return self._tokens[passage]

    def review(self, operations: object, check: Callable[[], None]) -> None:
        """Check operations that were not found to fit before."""
        if operations not in self._reviewed:
            check()
            if len(self._reviewed) >= _REVIEWED:
                self._reviewed.clear()
            self._reviewed.add(operations)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """All passage ids in reading order."""
        return tuple(self.place)

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """The footnotes that have one body and one anchor."""
        return find_notes(self.document, self.tokens)

    def parent_at(self, after: str | None, kind: Kind, level: int) -> str | None:
        """Return the heading or outer list item a passage of this kind would stand under there."""
        if after is None:
            return None
        place = self.place[after]
        if kind is Kind.LIST_ITEM:
            while place >= 0 and self.document[place].kind is Kind.LIST_ITEM:
                if self.document[place].level < level:
                    return self.document[place].id
                place -= 1
        heading = self._heading_before[place] if place >= 0 else None
        while kind is Kind.HEADING and heading is not None and heading.level >= level:
            place = self.place[heading.id] - 1
            heading = self._heading_before[place] if place >= 0 else None
        return None if heading is None else heading.id

    @cached_property
    def _heading_before(self) -> list[Passage | None]:
        """For each passage the last heading up to it, which may be itself."""
        found: list[Passage | None] = []
        for passage in self.document:
            last = found[-1] if found else None
            found.append(passage if passage.kind is Kind.HEADING else last)
        return found
