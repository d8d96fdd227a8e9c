"""How comparisons, histories and merges of texts are shown: as text, as HTML, as data."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

from mitplan.core.text.attribution import Attributed, History
from mitplan.core.text.compare import Row, RowKind, compare
from mitplan.core.text.diff import Segment, SegmentKind
from mitplan.core.text.passages import Document, Passage
from mitplan.core.text.runs import spans

Traced = tuple[Attributed, ...]

KINDS = {
    RowKind.UNCHANGED: "unverändert",
    RowKind.CHANGED: "geändert",
    RowKind.INSERTED: "neu",
    RowKind.DELETED: "gestrichen",
    RowKind.MOVED: "verschoben",
}
MARKS = {SegmentKind.INSERTED: ("{+", "+}"), SegmentKind.DELETED: ("[-", "-]")}
TAGS = {SegmentKind.INSERTED: "ins", SegmentKind.DELETED: "del"}


def compared(old: Document, new: Document) -> tuple[Row, ...]:
    """Compare two texts whose passages are found by their words."""
    history = History()
    before = history.next(old, 0)
    after = history.next(new, 1)
    return compare(tuple(each.passage for each in before), tuple(each.passage for each in after))


def comparison_data(rows: Sequence[Row], old: str, new: str) -> dict[str, Any]:
    """Return a comparison as data; the segments of a row joined are its old or new text."""
    counts = Counter(row.kind for row in rows)
    return {
        "old": old,
        "new": new,
        "counts": {str(kind): counts[kind] for kind in RowKind},
        "passages": [
            {
                "id": _shown(row).id,
                "change": str(row.kind),
                "kind": str(_shown(row).kind),
                "segments": [
                    {"kind": str(segment.kind), "text": segment.text} for segment in row.segments
                ],
            }
            for row in rows
        ],
    }


def as_text(rows: Sequence[Row], *, everything: bool) -> str:
    """Return a comparison to be read in a terminal: [-gestrichen-]{+neu+}."""
    counts = Counter(row.kind for row in rows)
    total = ", ".join(f"{counts[kind]} {name}" for kind, name in KINDS.items())
    blocks = [f"{KINDS[row.kind]}: {_marked(row.segments)}" for row in _wanted(rows, everything)]
    return "\n\n".join([f"Textstellen: {total}.", *blocks])


def as_html(rows: Sequence[Row], old: str, new: str, *, everything: bool) -> str:
    """Return a comparison as a page of its own, with ins and del."""
    title = escape(f"{old} – {new}")
    blocks = "\n".join(
        f'<p class="{row.kind}"><small>{KINDS[row.kind]}</small> {_tagged(row.segments)}</p>'
        for row in _wanted(rows, everything)
    )
    return (
        f'<!doctype html>\n<html lang="de">\n<head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body>\n<h1>{title}</h1>\n{blocks}\n</body>\n</html>"
    )


def _wanted(rows: Iterable[Row], everything: bool) -> Iterator[Row]:  # noqa: FBT001 – private
    return (row for row in rows if everything or row.kind != RowKind.UNCHANGED)


def _shown(row: Row) -> Passage:
    shown = row.new or row.old
    if shown is None:
        message = "a row without a passage"
        raise ValueError(message)
    return shown


def _marked(segments: Iterable[Segment]) -> str:
    parts = ((MARKS.get(segment.kind, ("", "")), segment.text) for segment in segments)
    return "".join(f"{before}{text}{after}" for (before, after), text in parts)


def _tagged(segments: Iterable[Segment]) -> str:
    return "".join(
        f"<{TAGS[segment.kind]}>{escape(segment.text)}</{TAGS[segment.kind]}>"
        if segment.kind in TAGS
        else escape(segment.text)
        for segment in segments
    )


def history_data(names: Sequence[str], states: Iterable[Traced]) -> dict[str, Any]:
    """Return every state with the edition that first brought each stretch of words."""
    return {
        "editions": list(names),
        "states": [
            {"edition": number, "passages": [_traced(each) for each in state]}
            for number, state in enumerate(states)
        ],
    }


def _traced(each: Attributed) -> dict[str, Any]:
    runs = spans(each.passage.text, each.runs)
    return {
        "id": each.passage.id,
        "kind": str(each.passage.kind),
        "runs": [{"text": span.text, "origin": span.origin} for span in runs],
    }


def history_as_text(data: dict[str, Any]) -> str:
    """Return the newest state with the edition behind each stretch of words: Wörter⟨2⟩."""
    legend = [f"{number}: {name}" for number, name in enumerate(data["editions"])]
    passages = [
        "".join(f"{run['text']}⟨{run['origin']}⟩" for run in passage["runs"])
        for passage in data["states"][-1]["passages"]
    ]
    return "\n\n".join(["\n".join(legend), *passages])


def merge_as_text(data: dict[str, Any]) -> str:
    """Return the merged text, and below it what could not be merged and what to read again."""
    conflicts = [
        f"Konflikt ({each['class']}) zwischen {', '.join(each['variants'])} an {each['passage']}: "
        + " | ".join(each["excerpts"])
        for each in data["conflicts"]
    ]
    warnings = [
        f"Bitte lesen ({each['class']}): {', '.join(each['variants'])} an {each['passage']}"
        for each in data["warnings"]
    ]
    return "\n".join(
        [data["text"].rstrip("\n"), *([""] if conflicts or warnings else []), *conflicts, *warnings]
    )
