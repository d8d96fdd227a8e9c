"""How the changes and comments of a file are shown: as data, or as lines to be read."""

from collections import Counter
from typing import Any

from mitplan.formats.reading import Change, ChangeKind, Comment, IgnoredKind, Reading, Reply

KINDS = {
    ChangeKind.INSERTION: "eingefügt",
    ChangeKind.DELETION: "gestrichen",
    ChangeKind.MOVE: "verschoben",
    ChangeKind.SPLIT: "Absatz geteilt",
    ChangeKind.JOIN: "Absätze verbunden",
    ChangeKind.ROW_INSERTION: "Zeile eingefügt",
    ChangeKind.ROW_DELETION: "Zeile gestrichen",
    ChangeKind.CELL_INSERTION: "Zelle eingefügt",
    ChangeKind.CELL_DELETION: "Zelle gestrichen",
    ChangeKind.CELL_MERGE: "Zellen verbunden",
}
IGNORED = {
    IgnoredKind.FORMAT_CHANGE: "Änderungen der Gestaltung",
    IgnoredKind.PICTURE: "Bilder",
    IgnoredKind.FIELD_CODE: "Feldfunktionen (ihr Ergebnis wird gelesen)",
    IgnoredKind.SYMBOL: "unbekannte Symbole",
    IgnoredKind.EMBEDDED: "eingebettete Dateien",
    IgnoredKind.EXTERNAL: "Verweise auf Dateien außerhalb",
    IgnoredKind.SHAPE: "Diagramme und Zeichnungen",
}


def reading_data(name: str, reading: Reading) -> dict[str, Any]:
    """Return what a file says as data."""
    return {
        "file": name,
        "changes": [_change(each) for each in reading.changes],
        "comments": [_comment(each) for each in reading.comments],
        "margins": [{"kind": each.kind, "text": each.text} for each in reading.margins],
        "ignored": [
            {"kind": each.kind, "count": each.count, "passage": each.passage}
            for each in reading.ignored
        ],
        "properties": dict(reading.properties),
    }


def _change(change: Change) -> dict[str, Any]:
    found = {
        "kind": change.kind,
        "author": change.author,
        "date": change.at and change.at.isoformat(),
        "passage": change.passage,
        "text": change.after or change.before,
        "before": change.before,
        "after": change.after,
        "context": {"left": change.left, "right": change.right},
    }
    return found | ({"target": change.target} if change.target else {})


def _comment(comment: Comment) -> dict[str, Any]:
    anchor = comment.anchor
    return {
        **_said(comment),
        "resolved": comment.resolved,
        "passage": anchor.passage if anchor else None,
        "until": anchor.until or anchor.passage if anchor else None,
        "start": anchor.start if anchor else None,
        "end": anchor.end if anchor else None,
        "quote": anchor.quote if anchor else None,
        "replies": [_said(reply) for reply in comment.replies],
    }


def _said(remark: Comment | Reply) -> dict[str, Any]:
    return {
        "author": remark.author,
        "date": remark.at and remark.at.isoformat(),
        "text": remark.text,
    }


def reading_as_text(reading: Reading) -> str:
    """Return the changes and comments line by line, with counts first."""
    counts = Counter(change.kind for change in reading.changes)
    total = ", ".join(f"{counts[kind]} {name}" for kind, name in KINDS.items() if counts[kind])
    lines = [
        f"Änderungen: {total or 'keine'}. Kommentare: {len(reading.comments) or 'keine'}.",
        *map(_change_line, reading.changes),
        *(line for comment in reading.comments for line in _comment_lines(comment)),
        *(f"nicht gelesen: {IGNORED[each.kind]} ({each.count})" for each in reading.ignored),
    ]
    return "\n".join(lines)


def _change_line(change: Change) -> str:
    words = {
        (True, True): f"[-{change.before}-] → {{+{change.after}+}} ({change.target})",
        (True, False): f"{change.left}[-{change.before}-]{change.right}",
        (False, True): f"{change.left}{{+{change.after}+}}{change.right}",
        (False, False): f"{change.left}|{change.right}",
    }[bool(change.before), bool(change.after)]
    return f"{_head(change.passage, change)} {KINDS[change.kind]}: {words}"


def _comment_lines(comment: Comment) -> list[str]:
    anchor = comment.anchor
    quote = f" zu „{anchor.quote}“" if anchor and anchor.quote else ""
    done = " (erledigt)" if comment.resolved else ""
    place = anchor.passage if anchor else "Datei"
    first = f"{_head(place, comment)} Kommentar{quote}{done}: {comment.text}"
    return [first, *(f"  {_head('Antwort', each)} {each.text}" for each in comment.replies)]


def _head(place: str, by: Change | Comment | Reply) -> str:
    day = f", {by.at:%d.%m.%Y}" if by.at else ""
    return f"{place} · {by.author or 'unbekannt'}{day} ·"
