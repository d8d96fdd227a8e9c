"""Letters and how far they are cut into points: no part of one may be lost."""

import re
from dataclasses import dataclass
from math import ceil

from django.db.models import Exists, OuterRef, Q

from mitplan.common.immutable import ImmutableQuerySet
from mitplan.core.text.tokens import count_words
from mitplan.participation import queries
from mitplan.participation.models import (
    Consultation,
    LetterBlock,
    LetterSplit,
    Point,
    Submission,
    Upload,
)
from mitplan.participation.queries.proposals import parts_of


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a letter, and what became of it."""

    position: int
    text: str
    point: str = ""
    is_without_demand: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether it is known what becomes of it."""
        return self.is_without_demand or bool(self.point)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in blocks."""

    blocks: tuple[Block, ...]
    is_closed: bool = False

    @property
    def left(self) -> list[Block]:
        """The blocks nobody has looked at yet."""
        return [each for each in self.blocks if not each.is_settled]

    @property
    def share_left(self) -> float:
        """Which share of the words is not yet a point or declared to hold no demand."""
        total = sum(count_words(each.text) for each in self.blocks)
        left = sum(count_words(each.text) for each in self.left)
        return left / total if total else 0.0

    @property
    def percent_left(self) -> int:
        """The same in whole per cent, rounded up, so that a rest is never nothing."""
        return ceil(100 * self.share_left)


def letter_of(submission: Submission) -> Letter:
    """Return the letter of a submission in blocks, as far as somebody has cut it."""
    split = LetterSplit.objects.filter(submission=submission).first()
    if split is None:
        cut = enumerate(cut_in_blocks(submission.letter), start=1)
        return Letter(tuple(Block(position, text) for position, text in cut))
    rows = LetterBlock.objects.filter(split=split).order_by("position")
    columns = ("position", "text", "point__number", "is_without_demand")
    return Letter(
        tuple(
            Block(position, text, point or "", is_without)
            for position, text, point, is_without in rows.values_list(*columns)
        ),
        is_closed=split.closed_at is not None,
    )


def cut_in_blocks(letter: str) -> list[str]:
    """Cut a letter where a blank line stands; one that has none is cut at its lines."""
    blocks = parts_of(letter)
    return (
        blocks if len(blocks) > 1 else [each.strip() for each in letter.split("\n") if each.strip()]
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a block that was cut; one of them holds the words that were wanted."""

    text: str
    is_wanted: bool = False


def cut_around(text: str, excerpt: str) -> list[Piece]:
    """Cut a text around some of its words, however blank they stand; nothing where it has them not."""
    wanted = (
        re.search(r"\s+".join(map(re.escape, excerpt.split())), text) if excerpt.split() else None
    )
    if wanted is None:
        return []
    before, after = text[: wanted.start()].strip(), text[wanted.end() :].strip()
    pieces = [Piece(before), Piece(wanted.group(), is_wanted=True), Piece(after)]
    return [piece for piece in pieces if piece.text]


def waiting_letters(consultation: Consultation) -> list[str]:
    """Return the numbers of letters that nobody has cut, or finished cutting.

    One that came as a file has to be cut; one that was typed in is cut if points were typed in with it, and
    what a program read in from prepared data was cut before.
    """
    waiting = uncut(queries.handed_in(consultation)).order_by("number")
    return list(waiting.values_list("number", flat=True))


def uncut(received: ImmutableQuerySet) -> ImmutableQuerySet:
    """Narrow submissions down to those that nobody has cut, or finished cutting."""
    written = received.filter(has_no_remarks=False).exclude(letter="")
    came_as_file = Exists(Upload.objects.filter(submission=OuterRef("pk")))
    with_points = Exists(Point.objects.filter(submission=OuterRef("pk")))
    was_typed = ~Q(route=Submission.Route.IMPORT) & ~with_points
    untouched = Q(letter_split__isnull=True) & (came_as_file | was_typed)
    unfinished = Q(letter_split__isnull=False, letter_split__closed_at__isnull=True)
    return written.filter(untouched | unfinished)


def files_in(submission: Submission) -> list[Upload]:
    """Return the files a submission came with, without their bytes."""
    return list(submission.files.defer("content").order_by("pk"))
