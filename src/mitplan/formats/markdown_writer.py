"""Writing Markdown: passages to lines in the normal form of docs/algorithms/markdown-normal-form.md."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from mitplan.core.text.passages import Kind, Passage
from mitplan.formats import markdown_lines as md

_NAMES = {Kind.GOAL: "ziel", Kind.MEASURE: "massnahme"}
_IN_LISTS = frozenset([Kind.PARAGRAPH, Kind.QUOTE, Kind.TABLE, Kind.CODE])
_NEEDS_TEXT = frozenset([Kind.PARAGRAPH, Kind.QUOTE, Kind.TABLE])
_DEEPEST_HEADING = 6
_BLANKS = " \t\n"
_ID = re.compile(r"[\w.:-]+")


def write_passages(passages: Iterable[Passage], *, with_ids: bool) -> str:
    """Return the passages as Markdown in normal form.

    Raises ValueError for an id or a field name that could not be read again.
    """
    text = ""
    previous: Passage | None = None
    for passage in _placed(passages):
        if previous:
            text += "\n" if _stays_tight(previous, passage) else "\n\n"
        text += _write(passage, _mark(passage.id) if with_ids and passage.id else "")
        previous = passage
    return text + "\n" if text else ""


def _placed(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Leave out what has no text; give each passage the level its place in the lists allows, items a mark."""
    lists: list[tuple[str, int]] = []
    for passage in passages:
        if passage.kind in _NEEDS_TEXT and not passage.text.strip(_BLANKS):
            continue
        if passage.kind is Kind.LIST_ITEM:
            level = min(max(passage.level, 0), len(lists))
            mark = md.read_label(passage.label)
            if level < len(lists):
                mark = md.next_mark(lists[level], mark)
            lists[level:] = [mark]
            yield replace(passage, level=level, label=md.write_label(*mark))
        elif passage.kind is Kind.HEADING:
            lists.clear()
            yield replace(passage, level=min(max(passage.level, 1), _DEEPEST_HEADING))
        else:
            del lists[passage.level if passage.kind in _IN_LISTS else 0 :]
            yield replace(passage, level=len(lists))


def _stays_tight(previous: Passage, passage: Passage) -> bool:
    """Tell whether two items can stand without an empty line between them and still be two."""
    if not previous.kind is passage.kind is Kind.LIST_ITEM:
        return False
    begins = passage.label in {"-", "1.", "1)", "a)"} and passage.text.strip(_BLANKS)
    return bool(begins) or passage.level <= previous.level


def _write(passage: Passage, mark: str) -> str:
    text = _WRITERS[passage.kind](passage, mark)
    return text if passage.kind is Kind.HEADING else md.indented(text, passage.level)


def _paragraph(passage: Passage, mark: str) -> str:
    return "\n".join(_lines(passage.text, mark))


def _quote(passage: Passage, mark: str) -> str:
    return "\n".join(f"> {line}" for line in _lines(passage.text, mark))


def _item(passage: Passage, mark: str) -> str:
    return _hanging(passage.label, passage.text, mark)


def _footnote(passage: Passage, mark: str) -> str:
    label = re.sub(r"[\]\s]+", "-", passage.label) or "0"
    return _hanging(f"[^{label}]:", passage.text, mark)


def _table(passage: Passage, mark: str) -> str:
    return md.normalise_table(passage.text.split("\n")) + mark.replace(" ", "\n")


def _mark(key: str) -> str:
    if not _ID.fullmatch(key):
        message = f"{key!r} cannot be written as an id"
        raise ValueError(message)
    return f" {{#{key}}}"


def _lines(text: str, mark: str) -> list[str]:
    """Return the lines of a text with the id behind the last."""
    lines = md.split_lines(md.escape_end(text.strip(_BLANKS))) or [""]
    return [*lines[:-1], lines[-1] + mark]


def _hanging(label: str, text: str, mark: str) -> str:
    """Return a text behind its label, with further lines indented."""
    first, *rest = _lines(text, mark)
    head = f"{label} {first.lstrip(' ')}" if first else label
    return "\n".join([head, *(md.indented(line, 1) for line in rest)])


def _heading(passage: Passage, mark: str) -> str:
    text = " ".join(line.strip(_BLANKS) for line in passage.text.split("\n"))
    text = md.escape_end(md.escape_hashes(text.strip(_BLANKS)))
    return f"{'#' * passage.level} {text}{mark}".rstrip(" ")


def _code(passage: Passage, mark: str) -> str:
    label = " ".join(passage.label.split("\n")).strip(_BLANKS)
    sign = "~" if "`" in label else "`"
    runs = re.findall(rf"^[ \t]*({sign}{{3,}})", passage.text, re.MULTILINE)
    fence = sign * max([3, *(len(run) + 1 for run in runs)])
    blank = " " if label.startswith(sign) else ""
    return f"{fence}{blank}{md.escape_end(label)}{mark}\n{passage.text}\n{fence}"


def _typed(passage: Passage, mark: str) -> str:
    lines = [f":::{_NAMES[passage.kind]}{mark}"]
    for name, value in passage.fields:
        line = f"{name}: {value}".replace("\n", " ").rstrip(_BLANKS)
        if not md.FIELD.match(line) or ":" in name:
            message = f"{name!r} cannot be written as the name of a field"
            raise ValueError(message)
        lines.append(line)
    if passage.text.strip(_BLANKS):
        lines += ["", *md.split_lines(passage.text)]
    return "\n".join([*lines, ":::"])


_WRITERS: dict[Kind, Callable[[Passage, str], str]] = {
    Kind.HEADING: _heading,
    Kind.PARAGRAPH: _paragraph,
    Kind.LIST_ITEM: _item,
    Kind.QUOTE: _quote,
    Kind.TABLE: _table,
    Kind.FOOTNOTE: _footnote,
    Kind.CODE: _code,
    Kind.GOAL: _typed,
    Kind.MEASURE: _typed,
}
