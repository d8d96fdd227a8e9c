"""Who or what brought words: origins with their names and pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from mitplan.plan.models import Origin


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


def percent(part: int, whole: int) -> float:
    """Return a share in per cent with one decimal; nothing of nothing is zero."""
    return round(100 * part / whole, 1) if whole else 0.0


def named(origins: Iterable[int]) -> dict[int, NamedOrigin]:
    """Return origins with their names and pages, in at most one statement; no rows are built."""
    wanted = set(origins)
    if not wanted:
        return {}
    return named_rows(Origin.objects.filter(pk__in=wanted).values_list(*COLUMNS))


def named_rows(rows: Iterable[tuple[Any, ...]]) -> dict[int, NamedOrigin]:
    """Name origins that were fetched with something else, by `COLUMNS`."""
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
