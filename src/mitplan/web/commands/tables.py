"""Tables that commands read: CSV or TSV with a header, each row with its number in the file."""

import csv
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from mitplan.formats.sheets import STARTS_A_FORMULA
from mitplan.web.commands.files import decoded
from mitplan.web.commands.reporting import Refusal

Row = tuple[int, dict[str, str]]


def read_rows(
    path: Path, required: Collection[str], renamed: Mapping[str, str] | None = None
) -> Iterator[Row]:
    """Yield the rows of a table with their line numbers; `renamed` gives our names for its columns."""
    lines = decoded(path).splitlines()
    header = lines[0] if lines else ""
    reader = csv.DictReader(lines, delimiter=max("\t;,", key=header.count), strict=True)
    names = {name: (renamed or {}).get(name, name) for name in reader.fieldnames or ()}
    missing = [name for name in required if name not in names.values()]
    if missing:
        message = (
            f"{path}: In der ersten Zeile fehlen die Spalten {', '.join(missing)}. "
            f"Vorhanden sind: {', '.join(names) or 'keine'}."
        )
        raise Refusal(message)
    try:
        for row in reader:
            yield reader.line_num, {ours: as_text(row[theirs]) for theirs, ours in names.items()}
    except csv.Error as problem:
        message = f"{path}, Zeile {reader.line_num}: Die Tabelle ist nicht lesbar ({problem})."
        raise Refusal(message) from problem


def as_text(cell: str | None) -> str:
    """Return a cell as it was before an export made a formula harmless."""
    text = (cell or "").strip()
    return text[1:] if text[:1] == "'" and text[1:].startswith(STARTS_A_FORMULA) else text
