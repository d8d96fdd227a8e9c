"""Letters and how far they are cut into points: no part of one may be lost."""

from dataclasses import dataclass
from math import ceil

from mitplan.core.text.tokens import count_words
from mitplan.participation.models import LetterBlock, LetterSplit, Submission, Upload
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


def wait_to_be_split(submission: Submission) -> bool:
    """Tell whether a letter came without points, and nobody has finished cutting it."""
    if not submission.letter:
        return False
    split = LetterSplit.objects.filter(submission=submission).first()
    if split is not None:
        return split.closed_at is None
    return not submission.points.exists()


def files_in(submission: Submission) -> list[Upload]:
    """Return the files a submission came with, without their bytes."""
    return list(submission.files.defer("content").order_by("pk"))
