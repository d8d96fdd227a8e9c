"""Recompute every uptake rate from the published points.

    python3 recompute.py anliegen.csv > quoten.csv

Needs nothing but Python. Reads the columns number, outcome, organisation_type, field, state and,
where it is there, group (points decided in one act, which count once).
"""

import csv
import io
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

Point = dict[str, str]
Line = list[str | int]

BROAD = ["taken_up", "taken_up_in_substance", "taken_up_partly"]
COUNTS = [*BROAD, "already_covered", "declined", "deferred", "referred", "noted"]
COUNTS += ["undecided", "withdrawn", "merged"]
SMALLEST = 5  # rows with fewer points are hidden


def count(points: list[Point]) -> Counter[str]:
    """Count by outcome: a group once, withdrawn and merged points each for itself."""
    units = {}
    for point in points:
        left = point["state"] in {"withdrawn", "merged"}
        key = point["number"] if left else point.get("group") or point["number"]
        units[key, left] = point["state"] if left else point["outcome"] or "undecided"
    return Counter(units.values())


def line(kind: str, label: str, points: list[Point]) -> Line:
    """Write one row; the rates are n_strict / denominator and n_broad / denominator."""
    counts = count(points)
    strict, broad = counts["taken_up"], sum(counts[outcome] for outcome in BROAD)
    whole = broad + counts["already_covered"] + counts["declined"]
    rates = [share(strict, whole), share(broad, whole)]
    return [kind, label, *rates, strict, broad, whole, *(counts[name] for name in COUNTS)]


def share(part: int, whole: int) -> str:
    """Write a share in per cent, rounded half up; of nothing there is no share."""
    return f"{(2000 * part + whole) // (2 * whole) / 10:.1f} %" if whole else ""


def hidden(rows: dict[str, list[Point]]) -> list[str]:
    """Choose the small rows, and the next larger ones until none can be told from the total."""
    sizes = {label: count(part).total() for label, part in rows.items()}
    chosen: list[str] = []
    for label in sorted(sizes, key=lambda it: (sizes[it] >= SMALLEST, it != "", sizes[it], it)):
        together = count([point for it in chosen for point in rows[it]]).total()
        covered = not chosen or (len(chosen) > 1 and together >= SMALLEST)
        if sizes[label] >= SMALLEST and covered:
            break
        chosen.append(label)
    return chosen


def table(points: list[Point]) -> Iterator[Line]:
    """Yield a row for all points, then one per organisation type and per field of action."""
    yield ["breakdown", "label", "strict", "broad", "n_strict", "n_broad", "denominator", *COUNTS]
    yield line("overall", "", points)
    for column in ("organisation_type", "field"):
        labels = sorted({point[column] for point in points})
        rows = {label: [point for point in points if point[column] == label] for label in labels}
        unseen = hidden(rows)
        for label, part in rows.items():
            yield [column, label, "hidden"] if label in unseen else line(column, label, part)


def read(path: str) -> list[Point]:
    """Read a table separated by commas or semicolons."""
    text = Path(path).read_text(encoding="utf-8-sig")
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


if __name__ == "__main__":
    csv.writer(sys.stdout).writerows(table(read(sys.argv[1])))
