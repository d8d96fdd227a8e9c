"""What a draft says at a passage, and what somebody's words there would change."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import assert_never

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from mitplan.core.text.base import Base
from mitplan.core.text.passages import Kind
from mitplan.core.text.tokens import normalise
from mitplan.participation.models import Point, Submission
from mitplan.participation.queries.effects import Effect, effects_on
from mitplan.participation.queries.proposals import (
    BORDER,
    CAN_BE_SPLIT,
    WITH_CHANGES,
    Change,
    changes_of,
    operations_of,
    parts_of,
    require_fitting,
)
from mitplan.participation.queries.texts import TextPassage, passages_of
from mitplan.plan.models import Edition, Entry, Passage


@dataclass(frozen=True, slots=True)
class Standing:
    """What a draft says at a passage: a mere comment, or one of the changes of a proposal."""

    point: Point
    changes: tuple[Change, ...] = ()
    index: int = 0

    @property
    def change(self) -> Change | None:
        """The change that stands here."""
        return self.changes[self.index] if self.changes else None

    @property
    def others(self) -> tuple[Change, ...]:
        """The other changes of the same proposal."""
        return self.changes[: self.index] + self.changes[self.index + 1 :]

    def with_change(self, change: Change) -> tuple[Change, ...]:
        """Return the changes of the proposal with another one in this place."""
        return (*self.changes[: self.index], change, *self.changes[self.index + 1 :])


def proposals_in(submission: Submission) -> QuerySet[Point]:
    """Return the points of a draft that change the text."""
    found = submission.points.exclude(proposal=Point.Proposal.NONE)
    related = found.select_related("submission", "passage__plan", "target__plan")
    return related.prefetch_related(WITH_CHANGES).order_by("position")


def standing_at(submission: Submission, passage: int, *, inserts: bool) -> Standing | None:
    """Return what a draft says at a passage (by row id), or wants to stand behind it."""
    named = Q(passage_id=passage) | Q(pk__in=_with_further_at(submission, passage))
    found = submission.points.filter(named, question__isnull=True)
    related = found.select_related("submission", "passage__plan", "target__plan")
    for point in related.prefetch_related(WITH_CHANGES).order_by("position"):
        changes = changes_of(point)
        for index, change in enumerate(changes):
            if change.passage.pk == passage and change.inserts == inserts:
                return Standing(point, changes, index)
        if not changes and not inserts:
            return Standing(point)
    return None


def _with_further_at(submission: Submission, passage: int) -> QuerySet[Point]:
    return submission.points.filter(further__passage_id=passage).order_by()


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody chose and wrote for a passage."""

    proposal: Point.Proposal
    text: str = ""
    target: Passage | None = None
    new_kind: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A passage where somebody writes: the text around it, what stands there, what it may belong to."""

    passage: TextPassage
    passages: Sequence[TextPassage]
    standing: Standing | None = None
    proposals: Sequence[Point] = ()


def place_at(edition: Edition, draft: Submission | None, number: int, *, inserts: bool) -> Place:
    """Return a passage of an edition as somebody writes there; 404 is the caller's."""
    passages = passages_of(edition)
    passage = next((each for each in passages if each.number == number), None)
    if passage is None:
        raise Passage.DoesNotExist
    if draft is None:
        return Place(passage, passages)
    standing = standing_at(draft, passage.pk, inserts=inserts)
    return Place(passage, passages, standing, _may_belong_to(draft, standing))


def _may_belong_to(draft: Submission, standing: Standing | None) -> list[Point]:
    """Return the proposals a change may be part of; the first change of one stays where it is."""
    if standing and standing.others and not standing.index:
        return []
    mine = standing.point.pk if standing and not standing.index else None
    return [each for each in proposals_in(draft) if each.pk != mine]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a wish would change, or what it still lacks."""

    effects: tuple[Effect, ...] = ()
    problem: str = ""


def preview_of(edition: Edition, place: Place, wish: Wish) -> Preview:
    """Return what somebody's wish would change in the text."""
    passage = Passage.objects.get(pk=place.passage.pk)
    return preview_of_wishes(edition, place.passages, [(passage, wish)])


def preview_of_wishes(
    edition: Edition, passages: Iterable[TextPassage], wishes: Iterable[tuple[Passage, Wish]]
) -> Preview:
    """Return what several wishes together would change in the text."""
    document = tuple(each.value for each in passages)
    keys = map("neu{}".format, count(1))
    try:
        written = [written_change(edition, passage, wish) for passage, wish in wishes]
        changes = [change for change in written if change]
        operations = operations_of(changes, document, keys.__next__)
        require_fitting(changes, operations, Base(document))
    except ValidationError as problem:
        return Preview(problem=" ".join(problem.messages))
    return Preview(tuple(effects_on(document, operations)))


def wording_in(edition: Edition, passage: Passage) -> str:
    """Return how an edition words a passage; it must stand there."""
    return _entry(edition, passage).wording.text


def _entry(edition: Edition, passage: Passage) -> Entry:
    entry = edition.entries.filter(passage=passage).select_related("wording").first()
    if entry is None:
        raise ValidationError(
            _("Die Textstelle %(number)s steht nicht in der Fassung, um die es geht."),
            params={"number": passage.number},
        )
    return entry


def written_change(edition: Edition, passage: Passage, wish: Wish) -> Change | None:
    """Return the change that somebody's words make of a passage; nothing if all stays as it is."""
    entry = _entry(edition, passage)
    old = entry.wording.text
    text = normalise(wish.text).replace("\r\n", "\n").strip()
    is_same = text in ("", old.strip())
    text_or_nothing = "" if is_same else text
    found: Change | None = Change(passage, wish.proposal, quote=old)
    match wish.proposal:
        case Point.Proposal.NONE:
            found = None
        case Point.Proposal.REWORD:
            kind = reworded(Kind(entry.kind), old, text)
            found = None if is_same else Change(passage, kind, text, quote=old)
        case Point.Proposal.INSERT_AFTER:
            new = Change(passage, wish.proposal, text, new_kind=wish.new_kind, quote=old)
            found = new if text else None
        case Point.Proposal.DELETE:
            pass
        case Point.Proposal.MOVE:
            found = Change(passage, wish.proposal, text_or_nothing, wish.target, quote=old)
        case Point.Proposal.SPLIT:
            found = Change(passage, wish.proposal, _with_borders(old, text), quote=old)
        case Point.Proposal.JOIN:
            target = _following(edition, entry)
            found = Change(passage, wish.proposal, target=target, quote=old)
        case _:
            assert_never(wish.proposal)
    return found


def reworded(kind: Kind, old: str, text: str) -> Point.Proposal:
    """Tell whether new words are one passage or, with a blank line among them, several."""
    is_split = kind in CAN_BE_SPLIT and len(parts_of(text)) > 1 >= len(parts_of(old))
    return Point.Proposal.SPLIT if is_split else Point.Proposal.REWORD


def _with_borders(old: str, text: str) -> str:
    """Let a line break alone divide a passage that had none."""
    return text if "\n" in old else re.sub(r"\s*\n\s*", BORDER, text)


def _following(edition: Edition, entry: Entry) -> Passage | None:
    following = edition.entries.filter(position__gt=entry.position).order_by("position")
    found = following.select_related("passage__plan").first()
    return found.passage if found else None
