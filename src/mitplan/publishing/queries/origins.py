"""Who brought which words: origins with their names, pages and shares."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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
    """Return origins with their names and pages, in one statement."""
    related = (
        "point__submission",
        "resolution__agenda_item__sitting",
        "department",
        "edition__plan",
    )
    found = Origin.objects.select_related(*related).in_bulk(set(origins))
    return {pk: _named(origin) for pk, origin in found.items()}


def _named(origin: Origin) -> NamedOrigin:
    return NamedOrigin(
        origin.pk,
        origin.kind,
        origin.get_kind_display(),
        origin.label,
        origin.reason,
        _page(origin),
        _who(origin),
    )


def _who(origin: Origin) -> str:
    if point := getattr(origin, "point", None):
        return str(point.submission.organisation_name)
    return str(origin.resolution.agenda_item.sitting) if origin.resolution else ""


def _page(origin: Origin) -> str:
    if point := getattr(origin, "point", None):
        return reverse("participation:point", args=[point.number])
    if origin.resolution:
        return reverse("conference:sitting", args=[origin.resolution.agenda_item.sitting_id])
    if origin.edition and origin.edition.released_at:
        return reverse("publishing:edition", args=[origin.edition.plan.slug, origin.edition.number])
    return ""


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
