"""What one needs to see to decide on a point, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet, prefetch_related_objects

from mitplan.conference.models import Resolution
from mitplan.core.text.diff import Segment, word_diff
from mitplan.core.text.runs import spans
from mitplan.participation.models import UPTAKE, Advice, Decision, Point, TextBlock
from mitplan.participation.queries.drafts import PointCard, card_of, numbers_of
from mitplan.participation.queries.effects import Effect, EffectKind, effects_of
from mitplan.participation.queries.proposals import WITH_CHANGES, at_passages, changes_of
from mitplan.participation.queries.rebasings import RELATED
from mitplan.participation.queries.texts import TextPassage, passage_of, passages_by_number
from mitplan.plan import queries as plan_queries
from mitplan.plan.models import Acceptance, ChangeOrigin, Origin, TextChange

MOST_SIMILAR = 10
PLAIN: list[list[EffectKind]] = [[], [EffectKind.CHANGED], [EffectKind.INSERTED]]
"""What an editor rewrites in one field."""


def public_point(number: str) -> Point | None:
    """Return a point that was handed in, as everybody reads it; what was decided is read apart."""
    related = ("submission__consultation", "edition__plan", "passage", "target", "question")
    point = next(iter(Point.objects.select_related(*related).filter(number=number)), None)
    if point and point.passage:
        point.passage.plan = point.edition.plan
    if point and point.proposal:
        prefetch_related_objects([point], WITH_CHANGES)
    return point


def point_by_number(number: str) -> Point | None:
    """Return a point that was handed in, with all that is needed to decide on it."""
    related = (
        "submission__consultation",
        "submission__organisation",
        "edition__plan",
        "passage__plan",
        "target__plan",
        "field",
        "question",
        "amendment",
        "origin",
        "latest_decision__covered_by__plan",
        "latest_decision__resolution__agenda_item__sitting__body",
    )
    found = Point.objects.select_related(*related).prefetch_related(WITH_CHANGES)
    return found.filter(number=number).first()


@dataclass(frozen=True, slots=True)
class Preview:
    """A point beside its passage, with what departments say."""

    point: Point
    passage: TextPassage | None
    effects: Sequence[Effect]
    advice: Sequence[Advice]
    numbers: Sequence[int] = ()
    """The passages it wants to change, or the one it speaks about."""


def preview_of(point: Point) -> Preview:
    """Return a point with passage, changes and advice."""
    card = card_of(point, passages_by_number(point.edition, numbers_of(point)))
    return Preview(
        point=point,
        passage=card.passage,
        effects=card.effects,
        advice=list(point.advice.select_related("department").order_by("given_at")),
        numbers=_numbers(card),
    )


def _numbers(card: PointCard) -> list[int]:
    changed = dict.fromkeys(change.passage.number for change in card.changes)
    return list(changed) or [card.passage.number] if card.passage else list(changed)


def is_plain(preview: Preview) -> bool:
    """Tell whether a proposal, if there is one, is other words for one passage or new ones behind it."""
    return [each.kind for each in preview.effects] in PLAIN


def parts_to_choose(point: Point, preview: Preview) -> list[Effect]:
    """Return the parts of a proposal on the newest edition, where it has several or is more than words."""
    if is_plain(preview) or point.amendment is None:
        return []
    newest = plan_queries.newest_edition(point.edition.plan)
    if newest is None:
        return []
    if newest == point.edition:
        return effects_of(point.amendment)
    carried = point.rebasings.filter(edition=newest).select_related(*RELATED).first()
    return effects_of(carried.holds) if carried else []


def at_same_passages(point: Point) -> list[Point]:
    """Return other points that stand at the passages a point speaks about."""
    if point.passage is None:
        return []
    passages = {point.passage, *(change.passage for change in changes_of(point))}
    others = Point.objects.filter(
        at_passages(passages), handed_in_at__isnull=False, withdrawn_at__isnull=True
    ).exclude(pk=point.pk)
    related = others.select_related("submission", "latest_decision").order_by("number")
    return list(related[:MOST_SIMILAR])


def newest_passage(point: Point, number: int | None = None) -> TextPassage | None:
    """Return the passage a point stands at, or another, as the newest edition words it."""
    newest = plan_queries.newest_edition(point.edition.plan)
    wanted = number or (point.passage.number if point.passage else None)
    return passage_of(newest, wanted) if newest and wanted else None


def text_blocks() -> QuerySet[TextBlock]:
    """Return the text blocks, the most used first."""
    return TextBlock.objects.annotate(uses=Count("decisions")).order_by("-uses", "title")


def recent_resolutions() -> QuerySet[Resolution]:
    """Return the resolutions that may stand behind a decision, the latest first."""
    related = Resolution.objects.select_related("agenda_item__sitting__body")
    return related.order_by("-decided_on", "-pk")[:30]


def conflict_of(point: Point) -> str:
    """Return the key of the conflict the point's words are in, or an empty text."""
    if point.origin_id is None:
        return ""
    standing = Acceptance.objects.standing().filter(origin=point.origin_id)
    mine = set(standing.values_list("amendment_id", flat=True))
    draft = plan_queries.draft_of(point.edition.plan) if mine else None
    if draft is None:
        return ""
    clusters = (each for each in draft.consolidation.open if mine.intersection(each.amendments))
    return next((cluster.key for cluster in clusters), "")


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the text that goes back to a point, its own words in it, and who else had a part."""

    change: TextChange
    segments: Sequence[Segment]
    own_words: Sequence[str]
    others: Sequence[Origin]


def changes_by(point: Point) -> list[Change]:
    """Return the changes of the text that go back to a point, edition by edition."""
    if point.origin_id is None:
        return []
    related = ("edition__plan", "passage__plan", "old", "new")
    found = TextChange.objects.filter(origins=point.origin_id).select_related(*related)
    rows = list(found.order_by("edition__number", "pk"))
    others = _other_origins(rows, point.origin_id)
    return [_change(row, point.origin_id, others.get(row.pk, [])) for row in rows]


def _other_origins(rows: Sequence[TextChange], origin: int) -> dict[int, list[Origin]]:
    if not rows:
        return {}
    links = ChangeOrigin.objects.filter(change__in=rows).exclude(origin=origin)
    others: dict[int, list[Origin]] = {}
    for link in links.select_related("origin__point").order_by("pk"):
        others.setdefault(link.change_id, []).append(link.origin)
    return others


def _change(row: TextChange, origin: int, others: Sequence[Origin]) -> Change:
    old, new = row.old.text if row.old else "", row.new.text if row.new else ""
    runs = plan_queries.runs_value(row.new.runs) if row.new else ()
    own = [span.text.strip() for span in spans(new, runs) if span.origin == origin]
    return Change(row, word_diff(old, new), [words for words in own if words], others)


def decisions_on(point: Point) -> list[Decision]:
    """Return all decisions on a point, the latest first."""
    related = ("covered_by__plan", "resolution__agenda_item__sitting__body", "text_block")
    return list(point.decisions.select_related(*related).order_by("-pk"))


def is_taken_up(decision: Decision | None) -> bool:
    """Tell whether a point was taken up in one of the three ways."""
    return bool(decision and decision.outcome in UPTAKE)
