"""Review of operations: refuses what cannot be applied to a base."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from mitplan.core.text.base import Base
from mitplan.core.text.operations import (
    DeletePassage,
    InsertPassage,
    MovePassage,
    Operation,
    Placement,
    SetField,
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
    _check_insertions(base, inserts)
    _check_known(base, [each for each in operations if not isinstance(each, InsertPassage)])
    _check_once(operations)
    placements = [each for each in operations if isinstance(each, InsertPassage | MovePassage)]
    if placements:
        _check_anchors(base, inserts, placements)
    _check_hunks(base, [each for each in operations if isinstance(each, TextHunk)])


def _check_insertions(base: Base, inserts: Sequence[InsertPassage]) -> None:
    seen: set[str] = set()
    for each in inserts:
        if not each.id or each.id in base or each.id in seen:
            message = f"the new passage {each.id!r} needs an id that nobody else has"
            raise ValueError(message)
        if each.text != normalise(each.text):
            message = f"the text of the new passage {each.id!r} is not normalised"
            raise ValueError(message)
        seen.add(each.id)


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
            name = each.name if isinstance(each, SetField) else ""
            unique[type(each), each.passage, name] += 1
    for (_, passage, name), count in unique.items():
        if count > 1:
            what = f"field {name!r} of passage {passage!r}" if name else f"passage {passage!r}"
            message = f"{what} is changed twice in the same way"
            raise ValueError(message)


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
