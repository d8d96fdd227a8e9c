"""The points table: each point with what it wants, what was decided and why, and which words changed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import models
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitplan.core.text.diff import Segment, word_diff
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.participation.models import Advice, Decision, Outcome, Point
from mitplan.participation.queries.effects import Effect, effects_of_changes
from mitplan.participation.queries.points import Sight, Wish, found_points, kind_label, standing_of
from mitplan.participation.queries.proposals import WITH_CHANGES, changes_of
from mitplan.participation.queries.texts import passages_of
from mitplan.plan.models import ChangeOrigin, Edition, Entry, Passage

AT_ONCE = 500
LONGEST_EXCERPT = 70


class Order(models.TextChoices):
    """By what the table is ordered and grouped."""

    PASSAGE = "textstelle", gettext_lazy("Textstelle")
    ORGANISATION = "organisation", gettext_lazy("Organisation")
    FIELD = "handlungsfeld", gettext_lazy("Handlungsfeld")


ORDERS = {
    Order.PASSAGE: (F("place").asc(nulls_last=True), "number"),
    Order.ORGANISATION: ("submission__organisation_name", "submission__number", "position"),
    Order.FIELD: (F("field__number").asc(nulls_last=True), "number"),
}


@dataclass(frozen=True, slots=True)
class Variant:
    """What of the points one wants to see, in which order; `is_internal` adds what the public does not see."""

    consultation: int
    order: Order = Order.PASSAGE
    is_internal: bool = False
    wish: Wish = field(default_factory=Wish)


@dataclass(frozen=True, slots=True)
class ChangedWords:
    """What a point changed: the passage, word by word, and in which edition."""

    passage: int
    edition: int
    segments: Sequence[Segment]


@dataclass(frozen=True, slots=True)
class Line:
    """One point of the table."""

    group: str
    point: Point
    passage: str
    kind: str
    effects: Sequence[Effect]
    advice: Sequence[str]
    outcome: tuple[str, str]
    reason: str
    changes: Sequence[ChangedWords]


def found(variant: Variant, sight: Sight) -> QuerySet[Point]:
    """Return the points of a table in its order; answers to questions are no points."""
    wish = variant.wish
    points = found_points(wish, sight).exclude(kind=Point.Kind.ANSWER)
    points = points.filter(submission__consultation__number=variant.consultation)
    if not variant.is_internal:
        points = points.filter(withdrawn_at__isnull=True)
    if variant.order == Order.PASSAGE:
        here = Entry.objects.filter(edition=OuterRef("edition"), passage=OuterRef("passage"))
        points = points.annotate(place=Subquery(here.values("position")[:1]))
    return points.order_by(*ORDERS[variant.order])


def lines(points: QuerySet[Point], variant: Variant, sight: Sight) -> Iterator[Line]:
    """Yield points as lines of the table, some hundred read at a time."""
    texts = _Texts()
    keys = list(points.values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        yield from _lines(keys[start : start + AT_ONCE], variant, sight, texts)


def _lines(keys: Sequence[int], variant: Variant, sight: Sight, texts: "_Texts") -> Iterator[Line]:
    related = (
        "submission__organisation",
        "passage__plan",
        "target__plan",
        "field",
        "edition__plan",
        "latest_decision__covered_by",
    )
    read = Point.objects.select_related(*related).prefetch_related(WITH_CHANGES).in_bulk(keys)
    advice = _advice(keys) if variant.is_internal else {}
    changed = changed_words(read.values(), is_internal=variant.is_internal)
    for key in keys:
        point = read[key]
        shown = sight.shows_decision(point.submission.consultation_id)
        yield Line(
            group=_group(point, variant.order, texts),
            point=point,
            passage=_("Textstelle %(number)s") % {"number": point.passage.number}
            if point.passage
            else "",
            kind=kind_label(point.kind, point.proposal, is_wide=bool(point.further.all())),
            effects=texts.effects_of(point),
            advice=advice.get(key, ()),
            outcome=standing_of(point, sight),
            reason=reason_of(point.latest_decision) if shown and point.latest_decision else "",
            changes=changed.get(point.origin_id or 0, ()) if shown else (),
        )


def _group(point: Point, order: Order, texts: "_Texts") -> str:
    if order == Order.ORGANISATION:
        return point.submission.organisation_name
    if order == Order.FIELD:
        return point.field.name if point.field else _("ohne Handlungsfeld")
    return texts.name_of(point)


class _Texts:
    """The texts the points speak about, each read once."""

    def __init__(self) -> None:
        self._editions: dict[int, dict[str, PassageValue]] = {}

    def of(self, edition: Edition) -> dict[str, PassageValue]:
        if edition.pk not in self._editions:
            values = (passage.value for passage in passages_of(edition))
            self._editions[edition.pk] = {value.id: value for value in values}
        return self._editions[edition.pk]

    def name_of(self, point: Point) -> str:
        if point.passage is None:
            return _("ohne Textstelle")
        value = self.of(point.edition).get(point.passage.key)
        words = " ".join(value.text.split()) if value else ""
        short = f"{words[:LONGEST_EXCERPT]} …" if len(words) > LONGEST_EXCERPT else words
        return _("Textstelle %(number)s: %(words)s") % {
            "number": point.passage.number,
            "words": short,
        }

    def effects_of(self, point: Point) -> tuple[Effect, ...]:
        changes = changes_of(point)
        if not changes:
            return ()
        values = self.of(point.edition)
        keys = dict.fromkeys(each.key for change in changes for each in change.passages)
        return effects_of_changes(changes, (values[key] for key in keys if key in values))


def _advice(keys: Iterable[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = Advice.objects.filter(point__in=keys).select_related("department").order_by("given_at")
    for each in rows:
        words = f"{each.department} ({each.get_recommendation_display()}): {each.text}"
        found.setdefault(each.point_id, []).append(words)
    return found


def changed_words(points: Iterable[Point], *, is_internal: bool) -> dict[int, list[ChangedWords]]:
    """Return which words changed by the origins of points; the public knows released editions only."""
    origins = [point.origin_id for point in points if point.origin_id]
    if not origins:
        return {}
    links = ChangeOrigin.objects.filter(origin__in=origins)
    if not is_internal:
        links = links.filter(change__edition__released_at__isnull=False)
    rows = links.order_by("change__edition__number", "pk").values_list(
        "origin_id",
        "change__passage__number",
        "change__edition__number",
        "change__old__text",
        "change__new__text",
    )
    found: dict[int, list[ChangedWords]] = {}
    for origin, passage, edition, old, new in rows:
        changed = ChangedWords(passage, edition, word_diff(old or "", new or ""))
        found.setdefault(origin, []).append(changed)
    return found


def reason_of(decision: Decision) -> str:
    """Return why it was decided so, with what the outcome needs: passage, owner, day."""
    parts = [decision.get_reason_code_display()] if decision.reason_code else []
    if decision.outcome == Outcome.ALREADY_COVERED and decision.covered_by:
        parts.append(_covered(decision.covered_by))
    if decision.outcome == Outcome.DEFERRED and decision.review_on:
        day = date_format(decision.review_on, "DATE_FORMAT")
        parts.append(_("%(owner)s, Wiedervorlage %(day)s") % {"owner": decision.owner, "day": day})
    head = "; ".join(str(part) for part in parts)
    return ": ".join(filter(None, (head, decision.sentence)))


def _covered(passage: Passage) -> str:
    return _("enthalten in Textstelle %(number)s") % {"number": passage.number}
