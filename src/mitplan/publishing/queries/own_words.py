"""Own words for a conflict: one wording for each contested place, and what of it is written there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mitplan.core.text.amendments import InsertPassage, SetField
from mitplan.core.text.conflicts import Cluster
from mitplan.core.text.passages import Passage
from mitplan.core.text.readings import ContestedPlace
from mitplan.core.text.settlements import Place, places_of
from mitplan.core.text.tokens import normalise


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A place that can have own words: how it is called, how it reads now, and where in a passage it stands."""

    key: str
    label: str
    wording: str
    region: ContestedPlace | None

    def words_of(self, wording: str) -> str:
        """Return what a whole wording says in place of the contested words."""
        text = normalise(wording).strip()
        if self.region is None:
            return text
        if not text:
            raise ValidationError(
                _(
                    "%(place)s: Bitte den eigenen Wortlaut schreiben. Soll die Textstelle entfallen, "
                    "bitte den Vorschlag wählen, der sie streicht."
                ),
                params={"place": self.label},
            )
        try:
            return self.region.own_words(text)
        except ValueError as problem:
            raise ValidationError(
                _(
                    "%(place)s: Bitte nur die strittige Stelle ändern. Andere Wörter dieser "
                    "Textstelle ändern Sie danach über «Bearbeiten»."
                ),
                params={"place": self.label},
            ) from problem

    def whole(self, words: str) -> str:
        """Return own words together with what stands around them."""
        return self.region.before + words + self.region.after if self.region else words


def own_places(
    passages: Mapping[str, Passage], cluster: Cluster, regions: Iterable[ContestedPlace]
) -> Iterator[OwnPlace]:
    """Yield the places of a conflict that can have own words."""
    by_passage = {each.region.passage: each for each in regions}
    for place in places_of(cluster):
        region = by_passage.get(place.key)
        if region is not None:
            wording = region.before + region.base + region.after
            yield OwnPlace(place.key, _passage_label(place.key), wording, region)
        else:
            yield _other_place(passages, place)


def _passage_label(key: str) -> str:
    return _("Textstelle %(number)s") % {"number": key.removeprefix("t")}


def _other_place(passages: Mapping[str, Passage], place: Place) -> OwnPlace:
    variant = place.variant
    operation = variant.operation if variant else None
    if isinstance(operation, SetField):
        label = _("Angabe «%(name)s» an Textstelle %(number)s") % {
            "name": operation.name,
            "number": operation.passage.removeprefix("t"),
        }
        value = dict(passages[operation.passage].fields).get(operation.name, "")
        return OwnPlace(place.key, label, value, None)
    return OwnPlace(place.key, _new_label(operation, variant.spot if variant else None), "", None)


def _new_label(operation: object, spot: str | None) -> str:
    if isinstance(operation, InsertPassage) and spot is not None:
        return _("neue Textstelle hinter %(number)s") % {"number": spot.removeprefix("t")}
    return _("neue Textstelle am Anfang")


def pairs_of(places: Sequence[OwnPlace], wordings: Iterable[str]) -> list[tuple[str, str]]:
    """Return the own words of all places whose wording was changed, each with its place."""
    return [
        (place.key, place.words_of(wording))
        for place, wording in zip(places, wordings, strict=True)
        if normalise(wording).strip() != place.wording.strip()
    ]
