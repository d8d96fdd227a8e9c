"""Who brought which words: origins with their names, pages and shares."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from mitplan.core.text.runs import spans, words_by_origin
from mitplan.core.text.tokens import count_words
from mitplan.plan.models import Edition, Origin
from mitplan.plan.queries import runs_value
from mitplan.ui.reader import OriginLabel


@dataclass(frozen=True, slots=True)
class NamedOrigin:
    """An origin as the pages name it: what, whose, why, and where to read more.

    `who` is the organisation behind a point, the sitting behind a resolution; elsewhere the label says it.
    """

    pk: int
    kind: str
    kind_name: str
    label: str
    reason: str
    url: str
    who: str = ""

    @property
    def is_edit(self) -> bool:
        """Whether somebody wrote it into the draft; a point leaves the draft by its decision."""
        return self.kind in (Origin.Kind.DEPARTMENT, Origin.Kind.RESOLUTION, Origin.Kind.EDITORIAL)

    @property
    def spoken(self) -> str:
        """Its label, with whose it is where the label does not say so."""
        return f"{self.label}, {self.who}" if self.who else self.label

    @property
    def whose(self) -> str:
        """Whom the words go back to."""
        return self.who or self.label


@dataclass(frozen=True, slots=True)
class Share:
    """How many words of an edition an origin, or a kind of origin, has brought."""

    number: int
    origin: NamedOrigin
    words: int
    part: float


@dataclass(frozen=True, slots=True)
class KindShare:
    """The words of all origins of one kind."""

    name: str
    origins: int
    words: int
    part: float


@dataclass(frozen=True, slots=True)
class Provenance:
    """Every origin of an edition's words, the largest first, with the number it has in the text."""

    shares: list[Share]
    words: int

    @property
    def labels(self) -> dict[int, OriginLabel]:
        """What the reader needs to mark the words."""
        return {
            share.origin.pk: OriginLabel(
                share.number, share.origin.label, f"#herkunft-{share.number}"
            )
            for share in self.shares
        }

    @property
    def by_kind(self) -> list[KindShare]:
        """The shares summed by kind of origin, the largest first."""
        words: Counter[str] = Counter()
        origins: Counter[str] = Counter()
        for share in self.shares:
            words[share.origin.kind_name] += share.words
            origins[share.origin.kind_name] += 1
        return [
            KindShare(name, origins[name], count, percent(count, self.words))
            for name, count in words.most_common()
        ]


def percent(part: int, whole: int) -> float:
    """Return a share in per cent with one decimal; nothing of nothing is zero."""
    return round(100 * part / whole, 1) if whole else 0.0


def named(origins: Iterable[int]) -> dict[int, NamedOrigin]:
    """Return origins with their names and pages, in one statement; no rows are built."""
    rows = Origin.objects.filter(pk__in=set(origins)).values_list(*COLUMNS)
    kinds = {kind.value: str(kind.label) for kind in Origin.Kind}
    return {row[0]: _named(kinds, *row) for row in rows}


COLUMNS = (
    "pk",
    "kind",
    "label",
    "reason",
    "point__number",
    "point__submission__organisation_name",
    "resolution__agenda_item__sitting_id",
    "resolution__agenda_item__sitting__kind",
    "resolution__agenda_item__sitting__body__name",
    "edition__plan__slug",
    "edition__number",
    "edition__released_at",
)


def _named(kinds: dict[str, str], *row: Any) -> NamedOrigin:  # noqa: ANN401 – values of many columns
    pk, kind, label, reason, point, organisation, sitting, sort, body, slug, edition, released = row
    url = ""
    if point:
        url = reverse("participation:point", args=[point])
    elif sitting:
        url = reverse("conference:sitting", args=[sitting])
    elif edition and released:
        url = reverse("publishing:edition", args=[slug, edition])
    who = organisation or (f"{body}, {sort}" if sitting else "")
    return NamedOrigin(pk, kind, kinds[kind], label, reason, url, who)


def provenance(edition: Edition) -> Provenance:
    """Return the origins of an edition's words with their shares."""
    words: Counter[int] = Counter()
    for text, runs in edition.entries.values_list("wording__text", "wording__runs"):
        words.update(words_by_origin(text, runs_value(runs)))
    names = named(words)
    total = words.total()
    shares = [
        Share(number, names[pk], count, percent(count, total))
        for number, (pk, count) in enumerate(words.most_common(), start=1)
    ]
    return Provenance(shares, total)


@dataclass(frozen=True, slots=True)
class OriginRow:
    """A stretch of a passage with one origin; all of them are the text in words instead of colours."""

    passage: str
    text: str
    words: int
    origin: NamedOrigin


def spans_of(edition: Edition) -> Iterator[OriginRow]:
    """Return the whole text cut where its origin changes."""
    rows = list(
        edition.entries.order_by("position").values_list(
            "passage__number", "wording__text", "wording__runs"
        )
    )
    names = named(pk for _number, _text, runs in rows for _count, pk in runs)
    for number, text, runs in rows:
        for span in spans(text, runs_value(runs)):
            yield OriginRow(f"t{number}", span.text, count_words(span.text), names[span.origin])
