"""What has become of the words somebody quoted, in the edition that holds now."""

from dataclasses import dataclass

from mitplan.core.text.anchors import Status, locate, make_anchor
from mitplan.core.text.passages import Kind
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.participation.models import Point
from mitplan.plan.models import Edition
from mitplan.plan.queries import current_editions


@dataclass(frozen=True, slots=True)
class QuoteNow:
    """A quote, whether it still stands in the text, and the words that stand there now."""

    edition: Edition
    status: Status
    words: str

    @property
    def is_carried(self) -> bool:
        return self.status == Status.CARRIED

    @property
    def is_lost(self) -> bool:
        return self.status == Status.LOST


def quote_now(point: Point) -> QuoteNow | None:
    """Return what has become of a remark's quote; None without one, or while its edition still holds.

    A proposal needs none: it is carried to newer editions as a whole.
    """
    if not point.quote or point.amendment_id or point.passage_id is None:
        return None
    newest = current_editions().get(point.edition.plan_id)
    if newest is None or newest.number <= point.edition.number:
        return None
    before, now = _wording(point, point.edition), _wording(point, newest)
    start = before.find(point.quote)
    if start < 0:
        return None
    value = PassageValue("", Kind.PARAGRAPH, before)
    found = locate(make_anchor(value, start, start + len(point.quote)), now)
    return QuoteNow(newest, found.status, now[found.start : found.end])


def _wording(point: Point, edition: Edition) -> str:
    """Return the wording of the point's passage in an edition; nothing where it does not stand there."""
    entries = edition.entries.filter(passage=point.passage_id)
    return entries.values_list("wording__text", flat=True).first() or ""
