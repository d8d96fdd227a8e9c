"""Text with its changes and comments written into it, in the marks of CriticMarkup."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from mitplan.formats.marks import Line, Piece, Trace
from mitplan.formats.reading import ChangeKind
from mitplan.formats.remarks import Remark

_MARKS = {True: ("{++", "++}"), False: ("{--", "--}")}
_MERGED = "{~~┼~>┼~~}"  # a border between cells that was taken away or set
_POINTS = {ChangeKind.SPLIT: "{++¶++}", ChangeKind.JOIN: "{--¶--}", ChangeKind.CELL_MERGE: _MERGED}


def shown(
    lines: Iterable[Line], traces: Sequence[Trace], remarks: Sequence[Remark]
) -> Iterator[str]:
    """Return each line with {++new++}, {--old--} and {==quoted==}{>>who: what<<} in place."""
    pending: dict[int, None] = {}
    everything = list(lines)
    for line, following in zip(everything, [*everything[1:], None], strict=False):
        text = ""
        for commented, group in groupby(line.pieces, key=lambda piece: piece.remarks):
            text += _said(pending, remarks, keep=commented)
            words = "".join(_runs(list(group), traces))
            text += f"{{=={words}==}}" if commented and words else words
            pending |= dict.fromkeys(sorted(commented))
        yield text + _said(pending, remarks, keep=_remarks_of(following))


def _remarks_of(line: Line | None) -> frozenset[int]:
    """Return the comments that reach into a line."""
    if line is None:
        return frozenset()
    return frozenset(number for piece in line.pieces for number in piece.remarks)


def _said(pending: dict[int, None], remarks: Sequence[Remark], keep: frozenset[int]) -> str:
    """Return the comments that have ended, and forget them."""
    ended = [number for number in pending if number not in keep]
    for number in ended:
        del pending[number]
    return "".join(_comment(remarks[number]) for number in ended)


def _comment(remark: Remark) -> str:
    answers = (f"{answer.author}: {answer.text}" for answer in remark.replies)
    return f"{{>>{' / '.join([f'{remark.author}: {remark.text}', *answers])}<<}}"


def _runs(pieces: list[Piece], traces: Sequence[Trace]) -> Iterator[str]:
    """Return the words of pieces, those of one change within one pair of marks."""

    def marks(piece: Piece) -> tuple[bool, ...]:
        return tuple(dict.fromkeys(traces[number].brings for number in piece.traces))

    for sides, group in groupby(pieces, key=lambda piece: (bool(piece.text), marks(piece))):
        is_text, brings = sides
        if not is_text:
            yield "".join(
                _POINTS.get(traces[number].kind, "") for piece in group for number in piece.traces
            )
            continue
        text = "".join(piece.text for piece in group)
        for side in reversed(brings):
            before, behind = _MARKS[side]
            text = f"{before}{text}{behind}"
        yield text
