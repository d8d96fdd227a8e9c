"""What a proposal does with the text: its changes as values, and as operations of the core."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from mitplan.core.text import amendments as core
from mitplan.core.text.base import Base
from mitplan.core.text.operations import TAKES_WORDS
from mitplan.core.text.passages import Document, Kind
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.core.text.redivision import Redivision
from mitplan.core.text.review import check_against
from mitplan.participation.models import FurtherChange, Point
from mitplan.participation.models.submissions import OTHER_PASSAGE_MISSING
from mitplan.plan.models import Passage

BORDER = "\n\n"
"""A blank line: where one passage ends in what people write, and the next one begins."""

CAN_BE_SPLIT = TAKES_WORDS | {Kind.HEADING}
FIRST_HEADING = 2

WITH_CHANGES = Prefetch(
    "further",
    FurtherChange.objects.select_related("passage__plan", "target__plan").order_by("position"),
)
"""Reads what proposals change besides their first passage, for all points in one statement."""

NewKey = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a proposal: what happens to one passage.

    `target` is the passage behind which it moves, or the one it is joined with.
    """

    passage: Passage
    proposal: Point.Proposal
    text: str = ""
    target: Passage | None = None
    new_kind: str = ""
    quote: str = ""

    @property
    def inserts(self) -> bool:
        """Whether it leaves the passage alone and puts something behind it."""
        return self.proposal == Point.Proposal.INSERT_AFTER

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages it names."""
        return (self.passage, self.target) if self.target else (self.passage,)


def changes_of(point: Point) -> tuple[Change, ...]:
    """Return all changes of a point's proposal in their order."""
    if not point.proposal or point.passage is None:
        return ()
    further = sorted(point.further.all(), key=lambda each: each.position) if point.pk else []
    return (_change(point, point.passage), *(_change(each, each.passage) for each in further))


def at_passages(passages: Iterable[Passage]) -> Q:
    """Return the condition that points speak about passages, be it in a further change."""
    passages = list(passages)
    return Q(passage__in=passages) | further_at(Q(passage__in=passages))


def further_at(condition: Q) -> Q:
    """Return the condition that a further change of a point fits another one."""
    return Q(pk__in=FurtherChange.objects.filter(condition).values("point"))


IS_WIDE = Exists(FurtherChange.objects.filter(point=OuterRef("pk")))
"""The condition that a proposal changes more than one passage."""


def further_words(points: QuerySet[Point]) -> dict[str, str]:
    """Return what proposals change besides their first passage, in words, by number of the point."""
    chosen = points.order_by().values("pk")
    rows = FurtherChange.objects.filter(point__in=chosen).order_by("point_id", "position")
    columns = ("point__number", "passage__number", "proposal", "proposed_text", "target__number")
    words: dict[str, list[str]] = {}
    for number, *change in rows.values_list(*columns):
        words.setdefault(number, []).append(_said(*change))
    return {number: "\n".join(lines) for number, lines in words.items()}


def _said(passage: int, proposal: str, text: str, target: int | None) -> str:
    what = str(Point.Proposal(proposal).label)
    if target:
        what += f" ({target})"
    said = _("Textstelle %(number)s, %(what)s") % {"number": passage, "what": what}
    return f"{said}: {text}" if text else said


def _change(row: Point | FurtherChange, passage: Passage) -> Change:
    return Change(
        passage,
        Point.Proposal(row.proposal),
        row.proposed_text,
        row.target,
        row.new_kind,
        row.quote,
    )


def parts_of(text: str) -> list[str]:
    """Cut what somebody wrote where a blank line stands."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def new_passages(change: Change) -> int:
    """Return how many passages a change brings that need a number of their own."""
    if change.proposal == Point.Proposal.INSERT_AFTER:
        return len(parts_of(change.text))
    if change.proposal == Point.Proposal.SPLIT:
        return max(len(parts_of(change.text)) - 1, 0)
    return 0


def operations_for(
    passage: PassageValue,
    proposal: Point.Proposal,
    text: str,
    new_key: NewKey,
    *,
    other: PassageValue | None = None,
    new_kind: str = "",
    level: int = FIRST_HEADING,
) -> tuple[core.Operation, ...]:
    """Return the operations of one change; `new_key` gives out the keys of passages it brings.

    `other` is the passage behind which it moves or with which it is joined, `level` the depth of headings
    that stand here.
    """
    found: tuple[core.Operation, ...] = ()
    match proposal:
        case Point.Proposal.NONE:
            pass
        case Point.Proposal.REWORD:
            found = core.rewording(passage, text)
        case Point.Proposal.INSERT_AFTER:
            found = tuple(_insertions(passage, _shape(passage, new_kind, level), text, new_key))
        case Point.Proposal.DELETE:
            found = (core.DeletePassage(passage.id),)
        case Point.Proposal.MOVE:
            found = (_move(passage, other), *(core.rewording(passage, text) if text else ()))
        case Point.Proposal.SPLIT:
            found = _split(passage, text, new_key)
        case Point.Proposal.JOIN:
            found = _join(passage, other)
        case _:
            assert_never(proposal)
    return found


def _shape(passage: PassageValue, new_kind: str, level: int) -> PassageValue:
    """Return what a new passage behind this one is like, as a passage without words."""
    kind = Kind(new_kind) if new_kind else Kind.PARAGRAPH
    if kind == Kind.HEADING:
        return PassageValue("", kind, "", level)
    if passage.kind == Kind.LIST_ITEM and (kind == Kind.LIST_ITEM or not new_kind):
        return PassageValue("", Kind.LIST_ITEM, "", passage.level, passage.label)
    return PassageValue("", kind, "", label="-" if kind == Kind.LIST_ITEM else "")


def _insertions(
    passage: PassageValue, shape: PassageValue, text: str, new_key: NewKey
) -> Iterator[core.InsertPassage]:
    after = passage.id
    for part in parts_of(text):
        key = new_key()
        yield core.InsertPassage(key, after, shape.kind, part, shape.level, shape.label)
        after = key


def _move(passage: PassageValue, behind: PassageValue | None) -> core.MovePassage:
    if behind is None:
        raise ValidationError(OTHER_PASSAGE_MISSING)
    if behind.id == passage.id:
        raise ValidationError(_("Eine Textstelle kann nicht hinter sich selbst stehen."))
    return core.MovePassage(passage.id, behind.id)


def _split(passage: PassageValue, text: str, new_key: NewKey) -> tuple[core.Operation, ...]:
    if passage.kind not in CAN_BE_SPLIT:
        raise ValidationError(
            _("Teilen lassen sich nur Absätze, Aufzählungspunkte, Zitate und Überschriften.")
        )
    first, *rest = parts_of(text) or [""]
    if not rest:
        raise ValidationError(
            _("Bitte setzen Sie eine Leerzeile dort, wo die neue Textstelle beginnen soll.")
        )
    kind = passage.kind if passage.kind in TAKES_WORDS else Kind.PARAGRAPH
    level = passage.level if kind == Kind.LIST_ITEM else 0
    new = [PassageValue(new_key(), kind, part, level) for part in rest]
    return tuple(Redivision((passage,), (replace(passage, text=first), *new)).operations())


def _join(left: PassageValue, right: PassageValue | None) -> tuple[core.Operation, ...]:
    if right is None:
        raise ValidationError(OTHER_PASSAGE_MISSING)
    if not {left.kind, right.kind} <= TAKES_WORDS or right.fields:
        raise ValidationError(
            _("Zusammenführen lassen sich nur Absätze, Aufzählungspunkte und Zitate.")
        )
    joined = replace(left, text=f"{left.text.rstrip()} {right.text.lstrip()}")
    return tuple(Redivision((left, right), (joined,)).operations())


def operations_of(
    changes: Sequence[Change], document: Document, new_key: NewKey
) -> tuple[core.Operation, ...]:
    """Return the operations of all changes of a proposal on a text, or on the part of it they name."""
    values = {value.id: value for value in document}
    return tuple(
        operation for change in changes for operation in _of(change, values, document, new_key)
    )


def _of(
    change: Change, values: Mapping[str, PassageValue], document: Document, new_key: NewKey
) -> tuple[core.Operation, ...]:
    for each in change.passages:
        if each.key not in values:
            raise ValidationError(
                _(
                    "Ein Vorschlag nennt eine Textstelle, die nicht in der Fassung steht: "
                    "%(passage)s."
                ),
                params={"passage": each},
            )
    operations = operations_for(
        values[change.passage.key],
        change.proposal,
        change.text,
        new_key,
        other=values[change.target.key] if change.target else None,
        new_kind=change.new_kind,
        level=_heading_level(document, change.passage.key),
    )
    if not operations:
        raise ValidationError(
            _(
                "Zu Textstelle %(passage)s gleicht der vorgeschlagene Wortlaut dem bisherigen. "
                "Bitte ändern oder als Anregung schreiben."
            ),
            params={"passage": change.passage},
        )
    return operations


def _heading_level(document: Document, key: str) -> int:
    """Return the depth of the heading under which a passage stands, or of itself if it is one."""
    level = 0
    for value in document:
        if value.kind == Kind.HEADING:
            level = value.level
        if value.id == key:
            break
    return max(level, FIRST_HEADING)


def require_fitting(
    changes: Sequence[Change], operations: Sequence[core.Operation], base: Base
) -> None:
    """Refuse changes that the text does not allow, or that contradict each other."""
    for change in changes:
        _require_place(change, base)
    try:
        check_against(base, operations)
    except ValueError as problem:
        raise ValidationError(
            _(
                "Die Änderungen dieses Vorschlags widersprechen einander. Bitte jede Textstelle nur "
                "einmal verschieben, streichen oder zusammenführen, oder einen zweiten Vorschlag "
                "daraus machen."
            )
        ) from problem


def _require_place(change: Change, base: Base) -> None:
    if change.target is None:
        return
    here, there = base.place[change.passage.key], base.place[change.target.key]
    if change.proposal == Point.Proposal.MOVE and here == there + 1:
        raise ValidationError(
            _("Die Textstelle %(passage)s steht schon hinter Textstelle %(target)s."),
            params={"passage": change.passage.number, "target": change.target.number},
        )
    if change.proposal == Point.Proposal.JOIN and there != here + 1:
        raise ValidationError(
            _("Zusammenführen lassen sich nur Textstellen, die aufeinander folgen.")
        )
