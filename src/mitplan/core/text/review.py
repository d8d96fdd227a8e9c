"""Review of operations: refuses what cannot be applied to a base."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from mitplan.core.text.base import Base
from mitplan.core.text.operations import (
    TAKES_WORDS,
    DeletePassage,
    InsertPassage,
    JoinPassages,
    MovePassage,
    Operation,
    Placement,
    SetField,
    SetKind,
    SplitPassage,
    TextHunk,
)
from mitplan.core.text.passages import Document
from mitplan.core.text.placement import sequences
from mitplan.core.text.tokens import normalise, tokenize


def check(base: Document, operations: Sequence[Operation]) -> None:
    """Raise ValueError with a sentence when the operations of one amendment do not fit the base."""
    check_against(Base(base), operations)


def check_against(base: Base, operations: Sequence[Operation]) -> None:
    """Do the same for a base that is indexed already."""
    inserts = [each for each in operations if isinstance(each, InsertPassage)]
    splits = [each for each in operations if isinstance(each, SplitPassage)]
    _check_new_ids(base, [*inserts, *splits])
    _check_insertions(inserts)
    _check_known(base, [each for each in operations if not isinstance(each, InsertPassage)])
    _check_once(operations)
    placements = [each for each in operations if isinstance(each, InsertPassage | MovePassage)]
    if placements:
        _check_anchors(base, inserts, placements)
    _check_hunks(base, [each for each in operations if isinstance(each, TextHunk)])
    for split in splits:
        _check_split(base, split)
    for join in operations:
        if isinstance(join, JoinPassages):
            _check_join(base, join, operations)


def _check_new_ids(base: Base, new: Sequence[InsertPassage | SplitPassage]) -> None:
    seen: set[str] = set()
    for each in new:
        if not each.id or each.id in base or each.id in seen:
            message = f"the new passage {each.id!r} needs an id that nobody else has"
            raise ValueError(message)
        seen.add(each.id)


def _check_insertions(inserts: Sequence[InsertPassage]) -> None:
    for each in inserts:
        if each.text != normalise(each.text):
            message = f"the text of the new passage {each.id!r} is not normalised"
            raise ValueError(message)


def _check_split(base: Base, split: SplitPassage) -> None:
    length = len(base.tokens(split.passage))
    if not 0 <= split.at <= length:
        message = f"passage {split.passage!r} cannot be split at token {split.at} of {length}"
        raise ValueError(message)
    if split.kind not in TAKES_WORDS:
        message = f"a split cannot bring a passage of the kind {split.kind.value!r}"
        raise ValueError(message)


def _check_join(base: Base, join: JoinPassages, operations: Iterable[Operation]) -> None:
    if join.right not in base or base.place[join.right] != base.place[join.left] + 1:
        message = f"passage {join.right!r} does not stand directly behind {join.left!r}"
        raise ValueError(message)
    right = base.passage(join.right)
    if right.kind not in TAKES_WORDS or right.fields:
        message = f"passage {join.right!r} is more than words and cannot be joined to another"
        raise ValueError(message)
    for each in operations:
        is_moved = isinstance(each, MovePassage) and each.passage in {join.left, join.right}
        is_set = isinstance(each, SetField | SetKind) and each.passage == join.right
        is_between = isinstance(each, InsertPassage | MovePassage) and each.after == join.left
        if is_moved or is_set or is_between or each == DeletePassage(join.right):
            message = f"passages {join.left!r} and {join.right!r} are joined and torn apart"
            raise ValueError(message)


def _check_known(base: Base, operations: Iterable[Operation]) -> None:
    for each in operations:
        if each.passage not in base:
            message = f"the base has no passage {each.passage!r}"
            raise ValueError(message)


def _check_once(operations: Sequence[Operation]) -> None:
    deleted = {each.passage for each in operations if isinstance(each, DeletePassage)}
    unique: Counter[tuple[type[Operation], str, str]] = Counter()
    for each in operations:
        if each.passage in deleted and not isinstance(each, DeletePassage):
            message = f"passage {each.passage!r} is both deleted and changed"
            raise ValueError(message)
        if not isinstance(each, TextHunk):
            unique[type(each), each.passage, _part(each)] += 1
    for (_, passage, part), count in unique.items():
        if count > 1:
            message = f"{part}passage {passage!r} is changed twice in the same way"
            raise ValueError(message)


def _part(operation: Operation) -> str:
    """Return what tells apart changes of one kind that a passage can have several of."""
    match operation:
        case SetField(_, name):
            return f"field {name!r} of "
        case SplitPassage(_, at):
            return f"token {at} of "
        case _:
            return ""


def _check_anchors(
    base: Base, inserts: Sequence[InsertPassage], placements: Sequence[Placement]
) -> None:
    own = {each.id for each in inserts}
    for each in placements:
        if each.after is not None and each.after not in base and each.after not in own:
            message = f"passage {each.passage!r} stands behind the unknown passage {each.after!r}"
            raise ValueError(message)
    if sum(map(len, sequences(placements).values())) != len(placements):
        message = "passages stand behind each other in a circle"
        raise ValueError(message)


def _check_hunks(base: Base, hunks: Sequence[TextHunk]) -> None:
    by_passage: defaultdict[str, list[TextHunk]] = defaultdict(list)
    for hunk in hunks:
        _check_hunk(base, hunk)
        by_passage[hunk.passage].append(hunk)
    for group in by_passage.values():
        group.sort(key=lambda hunk: (hunk.start, hunk.end, hunk.ordinal))
        for left, right in pairwise(group):
            _check_neighbours(left, right)


def _check_hunk(base: Base, hunk: TextHunk) -> None:
    length = len(base.tokens(hunk.passage))
    if not 0 <= hunk.start <= hunk.end <= length:
        message = (
            f"passage {hunk.passage!r} has no tokens {hunk.start} to {hunk.end}, only {length}"
        )
        raise ValueError(message)
    if hunk.is_insertion and hunk.is_deletion:
        message = f"a hunk of passage {hunk.passage!r} changes nothing"
        raise ValueError(message)
    text = "".join(hunk.new)
    if hunk.new != tokenize(normalise(text)):
        message = f"the new words {text!r} are not cut as the tokenizer cuts them"
        raise ValueError(message)


def _check_neighbours(left: TextHunk, right: TextHunk) -> None:
    if left.end > right.start:
        message = f"hunks of passage {left.passage!r} overlap at token {right.start}"
        raise ValueError(message)
    same_point = left.is_insertion and right.is_insertion and left.start == right.start
    if same_point and left.ordinal == right.ordinal:
        message = f"insertions into passage {left.passage!r} at token {left.start} need ordinals"
        raise ValueError(message)
