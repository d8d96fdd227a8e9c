"""A stranger runs the script on the published points and gets the rates of the product."""

import csv
import io
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

import mitplan
from mitplan.core.uptake import (
    DecidedPoint,
    Outcome,
    breakdown,
    by_field,
    by_organisation_type,
    coarsen,
    uptake,
)

SCRIPT = Path(mitplan.__file__).parent / "publishing" / "recompute.py"
HEADER = ("number", "outcome", "organisation_type", "field", "state", "group")


def some_points(seed):
    random = Random(seed)  # noqa: S311 -- repeatable, not secret
    types = ["Verband", "Kommune", "Verein; e. V.", "Kirche, Hessen", ""]
    return [
        DecidedPoint(
            f"A-{number}",
            random.choice([None, *Outcome]),
            random.choices(types, [60, 20, 9, 5, 3])[0],
            random.choice(["Sprache", "Arbeit", 'Bildung "früh"', ""]),
            withdrawn=random.random() < 0.1,
            merged=random.random() < 0.25,
            group=random.choice(["", "", "", "G-1", "G-2"]),
        )
        for number in range(random.choice([0, 40, 90, 200]))
    ]


def published(points, delimiter):
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(HEADER)
    for point in points:
        state = "withdrawn" if point.withdrawn else "merged" if point.merged else "open"
        kept = (point.organisation_type, point.field, state, point.group)
        writer.writerow([point.number, point.outcome or "", *kept])
    return text.getvalue()


def recomputed(path):
    command = [sys.executable, "-I", SCRIPT, path]
    output = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    return list(csv.DictReader(io.StringIO(output, newline="")))


def expected(points):
    yield "overall", "", uptake(points)
    for name, key in (("organisation_type", by_organisation_type), ("field", by_field)):
        for row in breakdown(points, key):
            yield name, row.label, row.uptake


def rates(strict, broad, whole):
    return (Fraction(strict, whole), Fraction(broad, whole)) if whole else (None, None)


@pytest.mark.parametrize(("seed", "delimiter"), [(2, ","), (3, ";"), (4, ";"), (5, ","), (7, ";")])
@pytest.mark.parametrize("prepare", [list, coarsen])
def test_recompute_gives_every_rate_and_count_of_the_product(tmp_path, seed, delimiter, prepare):
    points = prepare(some_points(seed))
    path = tmp_path / "anliegen.csv"
    path.write_text(published(points, delimiter), encoding="utf-8-sig", newline="")

    lines = recomputed(path)

    assert len(lines) == len(list(expected(points)))
    for line, (kind, label, found) in zip(lines, expected(points), strict=True):
        assert (line["breakdown"], line["label"]) == (kind, label)
        if found is None:
            assert (line["strict"], line["broad"]) == ("hidden", None)
            continue
        parts = [int(line[name]) for name in ("n_strict", "n_broad", "denominator")]
        assert rates(*parts) == (found.strict, found.broad)
        assert {outcome: int(line[outcome]) for outcome in Outcome} == found.counts
        outside = [int(line[name]) for name in ("undecided", "withdrawn", "merged")]
        assert outside == [found.undecided, found.withdrawn, found.merged]


def test_recompute_works_without_groups_and_rounds_half_up(tmp_path):
    path = tmp_path / "anliegen.csv"
    rows = ["taken_up", *["declined"] * 15]
    body = "".join(f"{n},{outcome},Verband,Sprache,open\n" for n, outcome in enumerate(rows))
    path.write_text("number,outcome,organisation_type,field,state\n" + body, encoding="utf-8")

    assert [line["strict"] for line in recomputed(path)] == ["6.3 %"] * 3
