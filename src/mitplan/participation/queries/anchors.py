"""What in the plan points speak about, and which of it the newest edition no longer holds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from mitplan.core.text.anchors import Status, locate, make_anchor
from mitplan.core.text.passages import Kind
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.participation.models import Anchor, Point
from mitplan.participation.queries.rounds import countable_points
from mitplan.plan.models import Edition, Entry, Passage
from mitplan.plan.queries import current_editions


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the plan a point speaks about, and how it stands in the newest edition."""

    number: int
    kind: str
    label: str
    passage: Passage | None
    edition: Edition
    quote: str
    status: Status | None
    words: str = ""

    @property
    def is_lost(self) -> bool:
        """Whether somebody has to say where it belongs now."""
        return self.status == Status.LOST

    @property
    def has_changed(self) -> bool:
        """Whether other words stand there now."""
        return self.status == Status.CHANGED


def anchors_of(point: Point) -> list[Anchor]:
    """Return the places a point speaks about, its own first; of each the row that holds."""
    rows = point.anchors.select_related("passage__plan", "edition__plan").order_by("place", "pk")
    latest = {row.place: row for row in rows}
    if 0 not in latest and point.passage_id:
        latest[0] = Anchor(
            point=point,
            place=0,
            kind=Anchor.Kind.PASSAGE,
            passage=point.passage,
            edition=point.edition,
            quote=point.quote,
        )
    return [latest[place] for place in sorted(latest)]


def places_of(point: Point) -> list[Place]:
    """Return the places a point speaks about, each looked for in the newest edition."""
    anchors = anchors_of(point)
    newest = current_editions().get(point.edition.plan_id) if anchors else None
    texts = _texts(anchors, newest)
    return [_place(anchor, newest, texts) for anchor in anchors]


def _texts(anchors: Sequence[Anchor], newest: Edition | None) -> dict[tuple[int, int], str]:
    editions = {anchor.edition_id for anchor in anchors} | ({newest.pk} if newest else set())
    passages = {anchor.passage_id for anchor in anchors}
    entries = Entry.objects.filter(edition__in=editions, passage__in=passages)
    rows = entries.values_list("edition_id", "passage_id", "wording__text")
    return {(edition, passage): text for edition, passage, text in rows}


def _place(anchor: Anchor, newest: Edition | None, texts: dict[tuple[int, int], str]) -> Place:
    status, words = _standing(anchor, newest, texts)
    return Place(
        number=anchor.place,
        kind=anchor.kind,
        label=anchor.get_kind_display(),
        passage=anchor.passage,
        edition=anchor.edition,
        quote=anchor.quote,
        status=status,
        words=words,
    )


def _standing(
    anchor: Anchor, newest: Edition | None, texts: dict[tuple[int, int], str]
) -> tuple[Status | None, str]:
    """Return how an anchor fares in the newest edition; None where nothing moves it."""
    if anchor.passage_id is None or anchor.kind in (Anchor.Kind.MISSING, Anchor.Kind.LEFT):
        return None, ""
    if newest is None or newest.number <= anchor.edition.number:
        return None, ""
    now = texts.get((newest.pk, anchor.passage_id))
    if now is None:
        return Status.LOST, ""
    before = texts.get((anchor.edition_id, anchor.passage_id), "")
    start = before.find(anchor.quote) if anchor.quote else -1
    if start < 0:
        return Status.CARRIED if now == before else Status.CHANGED, now
    value = PassageValue("", Kind.PARAGRAPH, before)
    found = locate(make_anchor(value, start, start + len(anchor.quote)), now)
    words = now[found.start : found.end] or now
    return (Status.CHANGED if found.status == Status.LOST else found.status), words


@dataclass(frozen=True, slots=True)
class Orphan:
    """A point that speaks about a passage the newest edition no longer holds."""

    point: Point
    place: int
    passage: int
    quote: str


def orphans() -> Iterator[Orphan]:
    """Yield the places of points that were lost with their passages, and that nobody has settled."""
    newest = list(current_editions().values())
    for point in _own_lost(newest):
        yield Orphan(point, 0, point.passage.number if point.passage else 0, point.quote)
    for row in _further_lost(newest):
        number = row.passage.number if row.passage else 0
        yield Orphan(row.point, row.place, number, row.quote)


def _older_than(newest: Iterable[Edition]) -> Q:
    """Return the condition that what stands on an edition is older than the newest of its plan."""
    older = Q(pk__in=())
    for edition in newest:
        older |= Q(edition__plan=edition.plan_id, edition__number__lt=edition.number)
    return older


def _own_lost(newest: Sequence[Edition]) -> QuerySet[Point]:
    """Return the points whose own passage is gone; proposals have a list of their own."""
    here = Entry.objects.filter(edition__in=newest, passage=OuterRef("passage"))
    settled = Anchor.objects.filter(point=OuterRef("pk"), place=0)
    found = countable_points().filter(
        _older_than(newest),
        ~Exists(here),
        ~Exists(settled),
        passage__isnull=False,
        amendment__isnull=True,
    )
    return (
        found.exclude(kind=Point.Kind.ANSWER)
        .select_related("submission", "passage")
        .order_by("number")
    )


def _further_lost(newest: Sequence[Edition]) -> QuerySet[Anchor]:
    here = Entry.objects.filter(edition__in=newest, passage=OuterRef("passage"))
    later = Anchor.objects.filter(
        point=OuterRef("point"), place=OuterRef("place"), pk__gt=OuterRef("pk")
    )
    found = Anchor.objects.filter(
        _older_than(newest),
        ~Exists(here),
        ~Exists(later),
        Q(kind=Anchor.Kind.PASSAGE) | Q(kind=Anchor.Kind.CHAPTER),
        point__in=countable_points(),
    )
    return found.select_related("point__submission", "passage").order_by("point__number", "place")
