"""Lines of Markdown: what begins a block, and how text that only looks like it is told apart."""

import re
from collections.abc import Sequence

_LETTERS = 26
_LAST_NUMBER = 999_999_999
_WIDTH = 4  # columns of a tab and of one list level

_END = r"(?=[ \t]|$)"
FENCE = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
HEADING = re.compile(rf"(#{{1,6}}){_END}(.*)$")
RULE = re.compile(r"(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
UNDERLINE = re.compile(r"(=+|-+)$")
BULLET = re.compile(rf"[-*+]{_END}")
NUMBER = re.compile(rf"(\d{{1,9}})([.)]){_END}|([a-z])(\)){_END}")
FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]:(.*)$")
TYPED = re.compile(
    r":{3,}[ \t]*(ziel|massnahme|maßnahme)[ \t]*(?:\{#([\w.:-]+)\})?$", re.IGNORECASE
)
TYPED_END = re.compile(r":{3,}$")
FIELD = re.compile(r"([^\W\d_][^:]*):(?:[ \t]+(.*))?$")
_DELIMITER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$")

_OPENERS = (FENCE, HEADING, RULE, UNDERLINE, BULLET, FOOTNOTE, _DELIMITER)
_ESCAPED_NUMBER = re.compile(rf"(\d{{1,9}}|[a-z](?=\\*\)))(\\*)(?=[.)]{_END})")
_ESCAPED_HASHES = re.compile(r"((?:^|[ \t])\\*)(#+)$")
_CLOSING_HASHES = re.compile(r"(?:^|[ \t]+)#+$")
_ID = re.compile(r"[ \t\n]+\{#([\w.:-]+)\}$")
_ESCAPED_ID = re.compile(r"([ \t\n]\\*)(\{#[\w.:-]+\})$")
_DECORATION = re.compile(r"(?:[ \t]*\\|[ \t]+\{#[\w.:-]+\}|[ \t])+$")
_CELL_BORDER = re.compile(r"(?<!\\)((?:\\\\)*)\|")


def split_indent(line: str) -> tuple[int, str]:
    """Return the columns a line is indented by, and the rest without blanks at its end."""
    rest = line.lstrip(" \t")
    blanks = line[: len(line) - len(rest)]
    return len(blanks.expandtabs(_WIDTH)), rest.rstrip(" \t")


def indented(text: str, level: int) -> str:
    """Return lines moved right by so many list levels; empty lines stay empty."""
    if not level:
        return text
    pad = " " * (_WIDTH * level)
    return "\n".join(pad + line if line else line for line in text.split("\n"))


def escape_line(line: str) -> str:
    """Return a line of text so that it is not taken for the beginning of a block."""
    if number := _ESCAPED_NUMBER.match(_DECORATION.sub("", line)):
        return f"{number[1]}\\{line[number.end(1) :]}"
    return "\\" + line if _opens(line.lstrip("\\")) else line


def unescape_line(line: str) -> str:
    """Undo `escape_line`."""
    number = _ESCAPED_NUMBER.match(_DECORATION.sub("", line))
    if number and number[2]:
        return number[1] + line[number.end(1) + 1 :]
    if line.startswith("\\") and _opens(line.lstrip("\\")):
        return line[1:]
    return line


def _opens(line: str) -> bool:
    """Tell whether a line begins a block, whether or not a break or an id stands at its end."""
    line = _DECORATION.sub("", line)
    return line.startswith((">", ":::")) or any(opener.match(line) for opener in _OPENERS)


def escape_end(text: str) -> str:
    """Return a text so that its end is not taken for an id."""
    return _ESCAPED_ID.sub(r"\1\\\2", " " + text)[1:]


def split_ids(text: str) -> tuple[str, str]:
    """Return a text without the ids at its end, and the last of them."""
    key = ""
    text = " " + text
    while found := _ID.search(text):
        key = key or found[1]
        text = text[: found.start()].rstrip(" \t")
    return text.strip(" \t\n"), key


def unescape_end(text: str) -> str:
    """Undo `escape_end`."""
    text = " " + text
    found = _ESCAPED_ID.search(text)
    if found and found[1].endswith("\\"):
        text = text[: found.end(1) - 1] + found[2]
    return text[1:]


def escape_hashes(text: str) -> str:
    """Return the text of a heading so that hashes at its end are not taken for decoration."""
    return _ESCAPED_HASHES.sub(r"\1\\\2", text)


def unescape_hashes(text: str) -> str:
    """Return the text of a heading without decoration; escaped hashes become plain."""
    text = _CLOSING_HASHES.sub("", text)
    found = _ESCAPED_HASHES.search(text)
    return text[: found.end(1) - 1] + found[2] if found else text


def join_lines(lines: Sequence[str]) -> str:
    """Join the lines of one passage: a soft break becomes a blank, a hard one stays a line break."""
    text = ""
    for index, line in enumerate(lines):
        content = unescape_line(line.strip(" \t"))
        if index + 1 == len(lines):
            return text + content
        hard = line.endswith("  ")
        if not hard and (len(content) - len(content.rstrip("\\"))) % 2:
            content, hard = content[:-1].rstrip(" \t"), True
        if content:
            text += content + ("\n" if hard else " ")
    return text


def read_label(label: str) -> tuple[str, int]:
    """Return the kind of a list mark ("-", "1.", "1)" or "a)") and its number."""
    number = NUMBER.match(label)
    if not number:
        return "-", 0
    if number[1]:
        return "1" + number[2], int(number[1])
    return "a)", ord(number[3]) - ord("a") + 1


def next_mark(previous: tuple[str, int], own: tuple[str, int]) -> tuple[str, int]:
    """Return the mark of an item that follows another at its level: one list counts on."""
    kind, number = previous
    return (kind, min(number + 1, _LAST_NUMBER)) if own[0] == kind else own


def write_label(kind: str, number: int) -> str:
    """Return the mark of a list item; letters are counted up to z, then numbers go on."""
    if kind == "-":
        return kind
    if kind == "a)" and number <= _LETTERS:
        return chr(ord("a") + number - 1) + ")"
    return f"{number}{kind[-1]}"


def split_lines(text: str) -> list[str]:
    """Return the lines that `join_lines` joins to the text; blanks at their ends and empty lines go."""
    lines = [line.strip(" \t") for line in text.split("\n")]
    lines = [escape_line(line) for line in lines if line]
    return [line + ("  " if line.endswith("\\") else "\\") for line in lines[:-1]] + lines[-1:]


def is_table(head: str, delimiter: str) -> bool:
    """Tell whether two lines begin a table."""
    return (
        "|" in head
        and "|" in delimiter
        and _DELIMITER.match(delimiter) is not None
        and len(split_row(head)) == len(split_row(delimiter))
    )


def normalise_table(lines: Sequence[str]) -> str:
    """Return the rows of a table with one blank around each cell and borders on both sides."""
    rows = [split_row(line) for line in lines if line.strip(" \t")]
    if rows and not (len(rows) > 1 and is_table(_row(rows[0]), _row(rows[1]))):
        rows.insert(1, ["---"] * len(rows[0]))
    rows[1:2] = [[_delimiter(cell) for cell in row] for row in rows[1:2]]
    return "\n".join(map(_row, rows))


def split_row(line: str) -> list[str]:
    """Cut a table row at its borders; an escaped border belongs to the cell."""
    cells = [""]
    for index, part in enumerate(_CELL_BORDER.split(line.strip(" \t"))):
        if index % 2:  # the backslashes before a border belong to the cell that ends
            cells[-1] += part
            cells.append("")
        else:
            cells[-1] += part
    cells = [cell.strip(" \t") for cell in cells]
    first = 1 if len(cells) > 1 and not cells[0] else 0
    last = -1 if len(cells) > first + 1 and not cells[-1] else None
    return cells[first:last]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _delimiter(cell: str) -> str:
    return (":" if cell.startswith(":") else "") + "---" + (":" if cell.endswith(":") else "")
