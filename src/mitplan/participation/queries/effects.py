"""What the operations of a proposal do to a text, passage by passage, to be read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from typing import assert_never

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mitplan.core.text import amendments as core
from mitplan.core.text.diff import Segment, SegmentKind, word_diff
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.core.text.tokens import tokenize
from mitplan.participation.models import Point
from mitplan.participation.queries.proposals import Change, changes_of, operations_of
from mitplan.plan import queries as plan_queries
from mitplan.plan.models import Amendment

LONGEST_EXCERPT = 90


class EffectKind(StrEnum):
    """What becomes of a passage."""

    CHANGED = "changed"
    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED = "moved"
    DIVIDED = "divided"
    JOINED = "joined"


@dataclass(frozen=True, slots=True)
class Place:
    """The passage behind which something stands; without a number it is new itself."""

    number: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What a proposal does with one passage, and the operations that do it.

    `pieces` are the passages it becomes: several where it is divided. `joined` are the numbers of those
    that are added to it.
    """

    kind: EffectKind
    number: str
    pieces: tuple[tuple[Segment, ...], ...]
    behind: Place | None = None
    joined: tuple[str, ...] = ()
    fields: tuple[tuple[str, str, str], ...] = ()
    operations: tuple[core.Operation, ...] = ()

    @property
    def words(self) -> str:
        """What stands there afterwards; a blank line divides it."""
        texts = (
            "".join(each.text for each in piece if each.kind != SegmentKind.DELETED)
            for piece in self.pieces
        )
        return "\n\n".join(text.strip() for text in texts)


def effects_of(amendment: Amendment | None) -> list[Effect]:
    """Return what a version of a proposal does to the edition it speaks of, passage by passage."""
    if amendment is None:
        return []
    document = plan_queries.document_of(amendment.base)
    return effects_on(document, core.operations_from_json(amendment.operations))


def effects_of_changes(
    changes: Sequence[Change], passages: Iterable[PassageValue]
) -> tuple[Effect, ...]:
    """Return what changes do to the passages they name; nothing where one of them is not finished."""
    document = tuple(passages)
    keys = map("neu{}".format, count(1))
    try:
        operations = operations_of(changes, document, keys.__next__)
    except ValidationError:
        return ()
    return tuple(effects_on(document, operations))


def effects_of_point(point: Point, values: Mapping[str, PassageValue]) -> tuple[Effect, ...]:
    """Return what a point's proposal does to a text whose passages are known by key."""
    changes = changes_of(point)
    keys = dict.fromkeys(each.key for change in changes for each in change.passages)
    return effects_of_changes(changes, (values[key] for key in keys if key in values))


def effects_on(
    document: Iterable[PassageValue], operations: Sequence[core.Operation]
) -> list[Effect]:
    """Return what operations do to a text, in the order in which they were proposed."""
    values = {value.id: value for value in document}
    return [_effect(group, values) for group in _groups(operations)]


@dataclass(slots=True)
class _Group:
    """The operations on one passage, or on those that are joined to it."""

    passages: list[str]
    operations: list[core.Operation] = field(default_factory=list)


def _groups(operations: Sequence[core.Operation]) -> list[_Group]:
    right_of = {each.left: each.right for each in operations if isinstance(each, core.JoinPassages)}
    first_of: dict[str, str] = {}
    for left in right_of:
        if left not in right_of.values():
            right = right_of.get(left)
            while right is not None and right not in first_of:
                first_of[right] = left
                right = right_of.get(right)
    groups: dict[str, _Group] = {}
    for each in operations:
        owner = first_of.get(each.passage, each.passage)
        chain = [owner, *(right for right, left in first_of.items() if left == owner)]
        groups.setdefault(owner, _Group(chain)).operations.append(each)
    return list(groups.values())


def _effect(group: _Group, values: Mapping[str, PassageValue]) -> Effect:
    kinds = [kind for each in group.operations if (kind := _kind_of(each))]
    kind = kinds[-1] if kinds else EffectKind.CHANGED
    placed = [
        each for each in group.operations if isinstance(each, core.InsertPassage | core.MovePassage)
    ]
    number, *joined = (each.removeprefix("t") for each in group.passages)
    return Effect(
        kind,
        number,
        _pieces(group, values, kind),
        _place(placed[0].after, values) if placed else None,
        tuple(joined),
        tuple(_field(each, values) for each in group.operations if isinstance(each, core.SetField)),
        tuple(group.operations),
    )


def _kind_of(operation: core.Operation) -> EffectKind | None:
    """Return what an operation makes of its passage, if it is more than other words in it."""
    match operation:
        case core.TextHunk() | core.SetField() | core.SetKind():
            return None
        case core.InsertPassage():
            return EffectKind.INSERTED
        case core.DeletePassage():
            return EffectKind.DELETED
        case core.MovePassage():
            return EffectKind.MOVED
        case core.SplitPassage():
            return EffectKind.DIVIDED
        case core.JoinPassages():
            return EffectKind.JOINED
        case _:
            assert_never(operation)


def _place(after: str | None, values: Mapping[str, PassageValue]) -> Place | None:
    if after is None:
        return None
    if after not in values:
        return Place("", "")
    words = " ".join(values[after].text.split())
    short = words
    if len(words) > LONGEST_EXCERPT:
        short = f"{words[:LONGEST_EXCERPT].rsplit(' ', 1)[0]} …"
    return Place(after.removeprefix("t"), short)


def _field(each: core.SetField, values: Mapping[str, PassageValue]) -> tuple[str, str, str]:
    known = dict(values[each.passage].fields) if each.passage in values else {}
    return each.name, known.get(each.name, ""), each.value or ""


def _pieces(
    group: _Group, values: Mapping[str, PassageValue], kind: EffectKind
) -> tuple[tuple[Segment, ...], ...]:
    if kind == EffectKind.INSERTED:
        new = "".join(
            each.text for each in group.operations if isinstance(each, core.InsertPassage)
        )
        return (word_diff("", new),)
    olds = "".join(values[each].text for each in group.passages if each in values)
    if kind == EffectKind.DELETED:
        return (word_diff(olds, ""),)
    news = _woven(group, values)
    return tuple(_cut(word_diff(olds, "".join(news)), news))


def _woven(group: _Group, values: Mapping[str, PassageValue]) -> list[str]:
    """Return the passages that come of a group, as the operations leave them."""
    news = [""]
    for passage in group.passages:
        tokens = tokenize(values[passage].text) if passage in values else ()
        done = 0
        for hunk, cut in _in_order(passage, group.operations):
            at = cut if hunk is None else hunk.start
            news[-1] += "".join(tokens[done:at])
            done = max(done, at)
            if hunk is None:
                news.append("")
            else:
                news[-1] += "".join(hunk.new)
                done = hunk.end
        news[-1] += "".join(tokens[done:])
    return news


def _in_order(
    passage: str, operations: Iterable[core.Operation]
) -> list[tuple[core.TextHunk | None, int]]:
    """Return hunks and cuts of a passage as they follow; what is inserted right at a cut stays at its left."""
    found: list[tuple[tuple[int, int, int], core.TextHunk | None, int]] = []
    for each in operations:
        if isinstance(each, core.TextHunk) and each.passage == passage:
            side = 0 if each.is_insertion else 2
            found.append(((each.start, side, each.ordinal), each, each.start))
        elif isinstance(each, core.SplitPassage) and each.passage == passage:
            found.append(((each.at, 1, 0), None, each.at))
    found.sort(key=lambda each: each[0])
    return [(hunk, at) for _order, hunk, at in found]


def _cut(segments: Sequence[Segment], news: Sequence[str]) -> Iterator[tuple[Segment, ...]]:
    """Cut a difference where one new passage ends and the next begins; blanks that go there go unsaid."""
    rest = list(segments)
    for number, new in enumerate(news, start=1):
        piece: list[Segment] = []
        left = len(new)
        while rest and (left or number == len(news) or rest[0].kind == SegmentKind.DELETED):
            segment = rest.pop(0)
            if segment.kind != SegmentKind.DELETED:
                segment, over = _divided(segment, left)
                rest[:0] = over
                left -= len(segment.text)
            elif not left and number < len(news) and not segment.text.strip():
                continue
            piece.append(segment)
        yield tuple(piece)


def _divided(segment: Segment, at: int) -> tuple[Segment, list[Segment]]:
    here, over = segment.text[:at], segment.text[at:]
    return Segment(segment.kind, here), [Segment(segment.kind, over)] if over else []


def lines_of(effect: Effect) -> list[str]:
    """Return what an effect is, what stood there, and what is to stand there, as lines of plain text."""
    where = title_of(effect)
    old = "".join(
        each.text for piece in effect.pieces for each in piece if each.kind != SegmentKind.INSERTED
    )
    lines = [_("Bisher: %(text)s") % {"text": old}] if old else []
    if effect.kind == EffectKind.DELETED or effect.words == old:
        return [*lines, where]
    return [*lines, f"{where}: {effect.words}"]


def title_of(effect: Effect) -> str:
    """Say what becomes of a passage, and where."""
    where = _heading(effect)
    if effect.behind and effect.behind.number:
        where += " " + _("hinter Textstelle %(number)s") % {"number": effect.behind.number}
    return where


def _heading(effect: Effect) -> str:
    """Say what becomes of a passage."""
    number = {"number": effect.number, "others": ", ".join(effect.joined)}
    match effect.kind:
        case EffectKind.CHANGED:
            found = _("Textstelle %(number)s, neuer Wortlaut") % number
        case EffectKind.INSERTED:
            found = _("Neue Textstelle")
        case EffectKind.DELETED:
            found = _("Textstelle %(number)s, gestrichen") % number
        case EffectKind.MOVED:
            found = _("Textstelle %(number)s, verschoben") % number
        case EffectKind.DIVIDED:
            found = _("Textstelle %(number)s, geteilt") % number
        case EffectKind.JOINED:
            found = _("Textstellen %(number)s und %(others)s, zusammengeführt") % number
        case _:
            assert_never(effect.kind)
    return found
