"""Cutting letters into points: every block becomes a point or is declared to hold no demand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import audit
from mitplan.conference.permissions import require
from mitplan.core.text.tokens import normalise
from mitplan.participation import permissions, policies, queries
from mitplan.participation.actions.late import treat_late
from mitplan.participation.actions.receiving import make_amendments
from mitplan.participation.models import LetterBlock, LetterSplit, Point, Submission
from mitplan.participation.policies import ConsultationState, SubmissionState
from mitplan.participation.queries.letters import cut_around, cut_in_blocks
from mitplan.plan.models import FieldOfAction, Passage


@dataclass(frozen=True, slots=True)
class BlockValues:
    """What blocks of a letter demand, and where; their words are the letter's own."""

    kind: Point.Kind
    passage: Passage | None = None
    quote: str = ""
    field: FieldOfAction | None = None
    proposed_text: str = ""


@transaction.atomic
def make_point_of_blocks(
    *,
    submission: Submission,
    positions: Collection[int],
    values: BlockValues,
    excerpt: str = "",
    by: User,
    at: datetime,
) -> Point:
    """Make one point of blocks of a letter; it gets the next number and is frozen at once.

    With an `excerpt` only those words of the one block are meant; the block is cut around them.
    """
    split = _open_split(submission, by, at)
    blocks = _chosen(split, positions, excerpt)
    policies.require_consulted(split.submission.consultation, [values.passage])
    point = _new_point(split.submission, blocks, values, at)
    keys = [each.pk for each in blocks]
    LetterBlock.objects.filter(pk__in=keys).update(point=point, is_without_demand=False)
    treat_late(split.submission, [point], by=by, at=at)
    audit.record(
        "participation.letter.point_made",
        on=point,
        by=by,
        at=at,
        number=point.number,
        blocks=[each.position for each in blocks],
    )
    return point


@transaction.atomic
def mark_blocks(
    *,
    submission: Submission,
    positions: Collection[int],
    is_without_demand: bool,
    excerpt: str = "",
    by: User,
    at: datetime,
) -> None:
    """Declare that blocks hold no demand, or take that back; an `excerpt` means only those words."""
    split = _open_split(submission, by, at)
    blocks = _chosen(split, positions, excerpt)
    keys = [each.pk for each in blocks]
    LetterBlock.objects.filter(pk__in=keys).update(is_without_demand=is_without_demand)
    audit.record(
        "participation.letter.blocks_marked",
        on=split,
        by=by,
        at=at,
        number=split.submission.number,
        blocks=[each.position for each in blocks],
        is_without_demand=is_without_demand,
    )


@transaction.atomic
def close_split(*, submission: Submission, by: User, at: datetime) -> None:
    """Close a letter; that is possible only when nothing of it is left."""
    split = _open_split(submission, by, at)
    left = split.blocks.filter(point__isnull=True, is_without_demand=False).count()
    if left:
        raise ValidationError(
            _(
                "%(left)s Blöcke sind noch nicht aufgeteilt. Bitte jeden zu einem Anliegen machen oder "
                "als «ohne Anliegen» kennzeichnen."
            ),
            params={"left": left},
        )
    split.closed_at = at
    split.save(update_fields=["closed_at"])
    audit.record(
        "participation.letter.closed", on=split, by=by, at=at, number=split.submission.number
    )


def _open_split(submission: Submission, by: User, at: datetime) -> LetterSplit:
    """Return the split of a received letter, begun if need be; submission and round are locked."""
    require(allowed=permissions.may_run_consultations(by))
    locked = Submission.objects.select_for_update(of=("self", "consultation"), no_key=True)
    submission = locked.select_related("consultation__edition__plan").get(pk=submission.pk)
    if policies.submission_state(submission) != SubmissionState.RECEIVED or not submission.letter:
        raise ValidationError(_("Hier gibt es kein Schreiben, das aufzuteilen wäre."))
    if queries.state_of(submission.consultation, at) == ConsultationState.PUBLISHED:
        raise ValidationError(
            _("Die Ergebnisse sind schon veröffentlicht; neue Anliegen kommen nicht mehr dazu.")
        )
    split, is_new = LetterSplit.objects.get_or_create(
        submission=submission, defaults={"begun_at": at}
    )
    if is_new:
        cut = enumerate(cut_in_blocks(submission.letter), start=1)
        LetterBlock.objects.bulk_create(
            LetterBlock(split=split, position=position, text=text) for position, text in cut
        )
    if split.closed_at:
        raise ValidationError(_("Das Schreiben ist schon fertig aufgeteilt."))
    split.submission = submission
    return split


def _chosen(split: LetterSplit, positions: Collection[int], excerpt: str) -> list[LetterBlock]:
    found = split.blocks.filter(position__in=positions, point__isnull=True).order_by("position")
    blocks = list(found)
    if not blocks:
        raise ValidationError(
            _("Bitte mindestens einen Block ankreuzen, der noch kein Anliegen ist.")
        )
    return [_cut_out(blocks, excerpt)] if excerpt.strip() else blocks


def _cut_out(blocks: Sequence[LetterBlock], excerpt: str) -> LetterBlock:
    """Cut a block around some of its words and return the piece that holds them."""
    if len(blocks) != 1:
        raise ValidationError(
            _("Ein Ausschnitt gehört zu genau einem Block. Bitte nur diesen ankreuzen.")
        )
    [block] = blocks
    pieces = cut_around(block.text, excerpt)
    if not pieces:
        raise ValidationError(_("Dieser Ausschnitt steht nicht im angekreuzten Block."))
    first, *further = pieces
    _make_room(block, len(further))
    LetterBlock.objects.filter(pk=block.pk).update(text=first.text)
    LetterBlock.objects.bulk_create(
        LetterBlock(
            split=block.split,
            position=block.position + step,
            text=piece.text,
            is_without_demand=block.is_without_demand,
        )
        for step, piece in enumerate(further, start=1)
    )
    place = next(step for step, piece in enumerate(pieces) if piece.is_wanted)
    return block.split.blocks.get(position=block.position + place)


def _make_room(block: LetterBlock, count: int) -> None:
    """Move the blocks behind one further down, the last first, for each place is taken once."""
    behind = block.split.blocks.filter(position__gt=block.position).order_by("-position")
    for each in behind if count else ():
        each.position += count
        each.save(update_fields=["position"])


def _new_point(
    submission: Submission, blocks: Sequence[LetterBlock], values: BlockValues, at: datetime
) -> Point:
    last = submission.points.aggregate(last=Max("position"))["last"] or 0
    proposed = normalise(values.proposed_text).strip()
    point = Point(
        submission=submission,
        position=last + 1,
        edition_id=submission.consultation.edition_id,
        kind=Point.Kind.AMENDMENT if proposed else values.kind,
        passage=values.passage,
        quote=values.quote,
        field=values.field,
        text="\n\n".join(each.text for each in blocks),
        proposal=Point.Proposal.REWORD if proposed else Point.Proposal.NONE,
        proposed_text=proposed,
    )
    point.full_clean(exclude=["submission", "edition", "field", "target"])
    point.save()
    if proposed:
        make_amendments(submission, [point], at)
    point.number, point.handed_in_at = f"{submission.number}-{last + 1:02d}", at
    point.save()
    return point
