"""Reads the demonstration's content and works out what it leads to."""

import csv
import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parents[2] / "src/mitplan/demo/content"
ACCEPTED = {"taken_up", "taken_up_in_substance", "taken_up_partly"}
Point = dict[str, Any]


@dataclass(frozen=True)
class Edit:
    """One accepted change of the text: quote, words it becomes, words inserted behind."""

    find: str
    replace: str
    is_insertion: bool = False


def text(name: str) -> str:
    return (CONTENT / name).read_text(encoding="utf-8")


def rows(name: str) -> list[dict[str, str]]:
    with (CONTENT / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def data(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(text(name))
    return loaded


def points_of(name: str) -> list[tuple[str, Point]]:
    return [(s["organisation"], p) for s in data(name)["submissions"] for p in s["points"]]


PLAN_1 = text("plan-1-konferenzentwurf.md")
PLAN_2 = text("plan-2-kabinettsfassung.md")
DECIDED = points_of("consultation-1.json")


def passages(markdown: str) -> list[str]:
    """Heading, paragraph, list item, table, footnote or fenced block, in order."""
    found: list[list[str]] = [[]]
    in_block = False
    for line in markdown.split("\n"):
        fence = line.startswith(":::")
        opens = fence and not in_block
        if opens or (not in_block and (not line or line.startswith(("#", "- ")))):
            found.append([])
        in_block = in_block is not fence
        found[-1].append(line)
    return [joined for lines in found if (joined := "\n".join(lines).strip())]


def blocks(markdown: str, kind: str) -> list[dict[str, str]]:
    """The fields of every goal or measure, its sentence under `text`."""
    found = []
    for part in markdown.split(f":::{kind}\n")[1:]:
        head, _, body = part.split("\n:::")[0].partition("\n\n")
        fields = dict(line.split(": ", 1) for line in head.split("\n"))
        found.append({**fields, "text": body})
    return found


def edit_of(point: Point) -> Edit | None:
    decision = point.get("decision", {})
    if decision.get("outcome") not in ACCEPTED:
        return None
    if decision["outcome"] != "taken_up":
        return Edit(decision.get("find", point["find"]), decision["replace"])
    if "after" in point:
        return Edit(point["after"], point["insert"], is_insertion=True)
    return Edit(point["find"], point["replace"])


def accepted_edits() -> list[Edit]:
    edits = (edit_of(point) for _, point in DECIDED)
    return list(dict.fromkeys(edit for edit in edits if edit))


def later_edits() -> list[Edit]:
    changes = data("department-changes.json")["changes"]
    resolutions = [row for row in rows("resolutions.csv") if row["find"]]
    return [Edit(change["find"], change["replace"]) for change in (*resolutions, *changes)]


def apply(edit: Edit, markdown: str) -> str:
    if not edit.is_insertion:
        return markdown.replace(edit.find, edit.replace)
    end = markdown.index("\n", markdown.index(edit.find))
    return f"{markdown[:end]}\n\n{edit.replace}{markdown[end:]}"


def adopted() -> str:
    markdown = PLAN_2
    for edit in (*accepted_edits(), *later_edits()):
        markdown = apply(edit, markdown)
    return markdown


ADOPTED = adopted()


def prose(markdown: str) -> str:
    """The plan without the field lines of goals and measures."""
    kept = []
    in_fields = False
    for line in markdown.split("\n"):
        in_fields = (in_fields or line.startswith((":::ziel", ":::massnahme"))) and line != ""
        if not in_fields:
            kept.append(line)
    return "\n".join(kept)


def touches(one: str, other: str) -> bool:
    start, other_start = PLAN_2.index(one), PLAN_2.index(other)
    return start < other_start + len(other) and other_start < start + len(one)


def status_of(goal: dict[str, str], lag_days: int) -> str:
    """Method M-T of the design, for one goal with its yearly series."""
    series = {
        int(row["year"]): Decimal(row["value"])
        for row in rows("observations.csv")
        if row["indicator"] == goal["Indikator"] and row["value"]
    }
    if "Zielwert" not in goal:
        return "not_assessable"
    start, target = Decimal(goal["Ausgangswert"]), Decimal(goal["Zielwert"])
    first, last = int(goal["Ausgangsjahr"]), int(goal["Zieljahr"])
    if goal.get("Art") == "halten":
        return "maintained" if min(series.values()) >= target else "missed"
    if start == target:
        return "contradiction"
    if not series:
        return "no_data"
    assert series[first] == start
    year = max(series)
    if year < last <= 2025 and lag_days > 730:
        return "not_yet_due"
    return position(start, target, series[year], (first, min(year, last), last))


def position(start: Decimal, target: Decimal, value: Decimal, years: tuple[int, int, int]) -> str:
    first, year, last = years
    sign = 1 if target > start else -1
    span = abs(target - start)
    if sign * (value - target) >= 0:
        return "achieved" if year >= last else "achieved_early"
    if year >= last:
        return "missed"
    if sign * (value - start) < -span / 20:
        return "wrong_direction"
    expected = start + (target - start) * (year - first) / (last - first)
    deviation = sign * (value - expected)
    if deviation >= -span / 20:
        return "on_track"
    return "at_risk" if deviation >= -span / 5 else "off_track"
