"""Letters in files: JSON, tables of points or of labelled sentences, and plain letters with lists."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mitplan.core.text.passages import Kind
from mitplan.web.commands.files import decoded, read_text
from mitplan.web.commands.reporting import Refusal
from mitplan.web.commands.tables import read_rows

TABLES = (".csv", ".tsv")
TEXTS = (".md", ".txt", ".docx", ".odt", ".pdf")
ROLES = ("point", "reason", "letter")
"""What a sentence of a letter is: a demand, a reason for one, or neither."""


@dataclass(slots=True)
class PointDraft:
    """One demand as it stands in a file; `where` names the place for messages."""

    where: str
    text: str = ""
    reason: str = ""
    kind: str = ""
    passage: str = ""
    quote: str = ""
    proposal: str = ""
    proposed_text: str = ""
    target: str = ""


@dataclass(slots=True)
class LetterDraft:
    """One letter as it stands in a file."""

    where: str
    organisation: str
    letter: str = ""
    route: str = ""
    points: list[PointDraft] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Mapped:
    """How a foreign table is read: our names for its columns, our roles for its labels."""

    columns: Mapping[str, str]
    roles: Mapping[str, str]


def read_letters(paths: Iterable[Path], mapped: Mapped) -> list[LetterDraft]:
    """Read all letters of files and folders, in the order of their names."""
    letters = [letter for path in paths for letter in _letters_in(path, mapped)]
    if not letters:
        message = "In den Dateien steht keine Stellungnahme."
        raise Refusal(message)
    return letters


def _letters_in(path: Path, mapped: Mapped) -> Iterator[LetterDraft]:
    suffix = path.suffix.lower()
    if path.is_dir():
        known = (".json", *TABLES, *TEXTS)
        for each in sorted(path.iterdir()):
            if each.suffix.lower() in known:
                yield from _letters_in(each, mapped)
    elif suffix == ".json":
        yield from _from_json(path)
    elif suffix in TABLES:
        yield from _from_table(path, mapped)
    elif suffix in TEXTS:
        yield _from_text(path)
    else:
        message = (
            f"{path}: Gelesen werden Ordner, .json, .csv, .tsv, .md, .txt, .docx, .odt und .pdf."
        )
        raise Refusal(message)


def _from_json(path: Path) -> Iterator[LetterDraft]:
    try:
        data = json.loads(decoded(path))
    except json.JSONDecodeError as problem:
        message = f"{path}, Zeile {problem.lineno}: Das ist kein lesbares JSON ({problem.msg})."
        raise Refusal(message) from problem
    for number, letter in enumerate(data if isinstance(data, list) else [data], start=1):
        where = f"{path}, Stellungnahme {number}"
        values = _checked(letter, where, ("organisation", "letter", "route"), ("points",))
        yield LetterDraft(
            where,
            values["organisation"],
            values["letter"],
            values["route"],
            [
                _point_from_json(point, f"{where}, Anliegen {place}")
                for place, point in enumerate(letter.get("points", []), start=1)
            ],
        )


def _point_from_json(point: object, where: str) -> PointDraft:
    names = ("text", "reason", "kind", "passage", "quote", "proposal", "proposed_text", "target")
    return PointDraft(where, **_checked(point, where, names))


def _checked(
    data: object, where: str, texts: tuple[str, ...], lists: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return the texts of a JSON object; an unknown name is a slip and not passed over."""
    if not isinstance(data, dict):
        message = f"{where}: Erwartet wird ein Objekt mit den Angaben {', '.join(texts + lists)}."
        raise Refusal(message)
    for name, value in data.items():
        wanted = str if name in texts else list if name in lists else None
        if wanted is None or not isinstance(value, wanted):
            message = f"{where}: Die Angabe «{name}» ist unbekannt oder hat die falsche Form."
            raise Refusal(message)
    return {name: data.get(name, "") for name in texts}


def _from_table(path: Path, mapped: Mapped) -> Iterator[LetterDraft]:
    rows = read_rows(path, ("letter", "text"), mapped.columns)
    by_letter: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for number, row in rows:
        by_letter.setdefault(row["letter"], []).append((number, row))
    for name, group in by_letter.items():
        letter = LetterDraft(f"{path}, Zeile {group[0][0]}", name)
        if "role" in group[0][1]:
            _fill_from_sentences(letter, path, group, mapped.roles)
        else:
            letter.points = [_point_from_row(f"{path}, Zeile {at}", row) for at, row in group]
        yield letter


def _point_from_row(where: str, row: dict[str, str]) -> PointDraft:
    names = ("text", "reason", "kind", "passage", "quote", "proposal", "proposed_text", "target")
    return PointDraft(where, **{name: row.get(name, "") for name in names})


def _fill_from_sentences(
    letter: LetterDraft,
    path: Path,
    rows: list[tuple[int, dict[str, str]]],
    roles: Mapping[str, str],
) -> None:
    """Make demands of labelled sentences; a reason belongs to the demand before it, or else to the first."""
    early: list[str] = []
    for number, row in rows:
        where = f"{path}, Zeile {number}"
        role = roles.get(row["role"], row["role"])
        if role not in ROLES:
            message = (
                f"{where}: Die Rolle «{row['role']}» ist unbekannt. Möglich sind "
                f"{', '.join(ROLES)}; andere Namen mit --roles zuordnen."
            )
            raise Refusal(message)
        if role == "point":
            letter.points.append(_point_from_row(where, row | {"reason": " ".join(early)}))
            early = []
        elif role == "reason" and letter.points:
            letter.points[-1].reason = f"{letter.points[-1].reason} {row['text']}".strip()
        elif role == "reason":
            early.append(row["text"])
    letter.letter = " ".join(row["text"] for _number, row in rows)


def _from_text(path: Path) -> LetterDraft:
    """Read a written letter: the first heading names the organisation, each item of a list is a demand."""
    letter = LetterDraft(str(path), path.stem)
    passages = list(read_text(path))
    if passages[0].kind is Kind.HEADING:
        letter.organisation = passages.pop(0).text
    items = (each for each in passages if each.kind is Kind.LIST_ITEM)
    letter.points = [
        PointDraft(f"{path}, Anliegen {number}", each.text)
        for number, each in enumerate(items, start=1)
    ]
    letter.letter = "\n\n".join(each.text for each in passages if each.kind is not Kind.LIST_ITEM)
    return letter
