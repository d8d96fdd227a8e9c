"""What somebody's file says, as single findings that can become points."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mitplan.core.text.base import Base
from mitplan.core.text.passages import Document
from mitplan.core.text.tokens import normalise
from mitplan.participation.models import Point
from mitplan.participation.queries.effects import Effect
from mitplan.participation.queries.proposals import Change
from mitplan.plan.models import Passage


class Source(StrEnum):
    """Where in a file a finding comes from."""

    TRACKED = "tracked"
    UNTRACKED = "untracked"
    COMMENT = "comment"
    ROW = "row"
    LETTER = "letter"


class Confidence(StrEnum):
    """How sure it is that a finding belongs where it is put."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNSURE = "unsure"
    NONE = "none"


SOURCE_WORDS: dict[Source, str | Promise] = {
    Source.TRACKED: _("nachverfolgte Änderung"),
    Source.UNTRACKED: _("Änderung ohne Verfolgung, durch Vergleich gefunden"),
    Source.COMMENT: _("Kommentar"),
    Source.ROW: _("Zeile des Formulars"),
    Source.LETTER: _("Schreiben"),
}
CONFIDENCE_WORDS: dict[Confidence, str | Promise] = {
    Confidence.CERTAIN: _("sicher zugeordnet"),
    Confidence.LIKELY: _("wahrscheinlich richtig zugeordnet"),
    Confidence.UNSURE: _("unsicher zugeordnet, bitte prüfen"),
    Confidence.NONE: _("noch zuzuordnen"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a file says; `ticked` is whether it is taken unless somebody objects."""

    source: Source
    kind: Point.Kind
    author: str = ""
    place: str = ""
    passage: Passage | None = None
    quote: str = ""
    text: str = ""
    reason: str = ""
    changes: tuple[Change, ...] = ()
    effects: tuple[Effect, ...] = ()
    confidence: Confidence = Confidence.CERTAIN
    notes: tuple[str, ...] = ()
    ticked: bool = True

    @property
    def key(self) -> str:
        """A hash of what it says, by which it is recognised when it comes a second time."""
        return key_of(self.kind, self.passage, self.text, self.reason, self.changes)

    @property
    def source_words(self) -> str | Promise:
        """Where it comes from, to be read."""
        return SOURCE_WORDS[self.source]

    @property
    def confidence_words(self) -> str | Promise:
        """How sure its place is, to be read."""
        return CONFIDENCE_WORDS[self.confidence]

    @property
    def number(self) -> int | None:
        """The passage it stands at."""
        return self.passage.number if self.passage else None


def key_of(
    kind: str, passage: Passage | None, text: str, reason: str, changes: Sequence[Change]
) -> str:
    """Return the hash of a demand: the same words at the same place give the same."""
    content = [
        str(kind),
        passage.key if passage else "",
        _stored(text),
        _stored(reason),
        [
            [
                each.passage.key,
                str(each.proposal),
                _stored(each.text),
                each.target.key if each.target else "",
                each.new_kind,
            ]
            for each in changes
        ],
    ]
    canonical = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]


def _stored(text: str) -> str:
    """Return words as they are stored."""
    return normalise(text).strip()


@dataclass(frozen=True)
class Text:
    """The consulted text, and the row of each of its passages by key."""

    document: Document
    rows: Mapping[str, Passage] = field(repr=False)

    @cached_property
    def base(self) -> Base:
        """The text, indexed."""
        return Base(self.document)

    @cached_property
    def place(self) -> dict[str, int]:
        """Where in the text each passage stands."""
        return {passage.id: index for index, passage in enumerate(self.document)}

    def row(self, key: str | None) -> Passage | None:
        """Return the row of a passage, or nothing where the text has no such passage."""
        return self.rows.get(key) if key and key in self.place else None


def in_text_order(findings: Iterable[Finding], text: Text) -> list[Finding]:
    """Return findings as their passages follow; those without a place come last."""
    last = len(text.document)
    return sorted(
        findings,
        key=lambda each: text.place.get(each.passage.key, last) if each.passage else last,
    )
