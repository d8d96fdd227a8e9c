"""Reading Markdown: lines to passages, by the rules of docs/algorithms/markdown-normal-form.md."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mitplan.core.text.passages import Kind, Passage
from mitplan.core.text.tokens import normalise
from mitplan.formats import markdown_lines as md

_CODE_INDENT = 4
_NEST = 2  # columns behind a list mark from which on a line belongs to its item
_LONE_ID = re.compile(r"\{#([\w.:-]+)\}$")


@dataclass(frozen=True, slots=True)
class _Item:
    """An open list item: where its mark stands, and the kind and number of the mark."""

    indent: int
    mark: tuple[str, int]


def read_passages(text: str) -> tuple[Passage, ...]:
    """Read the passages of a Markdown text without front matter."""
    return tuple(_Reader(normalise(text).split("\n")).read())


class _Reader:
    """Goes through the lines from top to bottom; `_at` is the next one, cut into its indent and the rest.

    Each method that is named after a block takes its lines and returns True, if it begins here.
    """

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._at = 0
        self._indent, self._rest = 0, ""
        self._open: list[_Item] = []
        self._passages: list[Passage] = []

    def read(self) -> list[Passage]:
        blocks: tuple[Callable[[], bool], ...] = (
            self._code,
            self._typed,
            self._footnote,
            self._heading,
            self._rule,
            self._item,
            self._quote,
            self._table,
            self._indented_code,
            self._paragraph,
        )
        while self._at < len(self._lines):
            self._indent, self._rest = md.split_indent(self._lines[self._at])
            if not self._rest:
                self._at += 1
                continue
            lists, before = list(self._open), len(self._passages)
            any(block() for block in blocks)
            if len(self._passages) == before:
                self._open = lists  # what leaves no passage, like a rule, ends no list
        return self._passages

    def _add(self, kind: Kind, text: str, level: int = 0, **more: str) -> None:
        self._passages.append(Passage(more.get("id", ""), kind, text, level, more.get("label", "")))

    def _add_text(self, kind: Kind, lines: Iterable[str], level: int = 0, label: str = "") -> None:
        """Add a passage whose id may stand at the end of its text."""
        text, key = md.split_ids(md.join_lines(list(lines)))
        if text or kind not in {Kind.PARAGRAPH, Kind.QUOTE}:
            self._add(kind, md.unescape_end(text), level, id=key, label=label)

    def _level(self, indent: int) -> int:
        """Return in how many open list items a line with this indent stands."""
        level = 0
        while level < len(self._open) and indent >= self._open[level].indent + _NEST:
            level += 1
        return level

    def _close(self, indent: int) -> int:
        """Leave the list items a line no longer belongs to; return how many are still open."""
        level = self._level(indent)
        del self._open[level:]
        return level

    def _gather(self, first: str) -> list[str]:
        """Take the next line as `first`, and the lines that continue its paragraph."""
        lines = [first]
        self._at += 1
        while self._at < len(self._lines) and not self._interrupts():
            lines.append(self._lines[self._at])
            self._at += 1
        return lines

    def _interrupts(self) -> bool:
        """Tell whether the next line ends the paragraph before it."""
        return self._begins_block() or self._begins_table()

    def _begins_block(self) -> bool:
        """Tell whether the next line is empty or begins something other than a paragraph or table."""
        indent, rest = md.split_indent(self._lines[self._at])
        openers = (md.FENCE, md.TYPED, md.FOOTNOTE, md.HEADING, md.RULE, md.UNDERLINE)
        return (
            not rest
            or rest.startswith(">")
            or any(opener.match(rest) for opener in openers)
            or self._interrupts_as_item(indent, rest)
        )

    def _interrupts_as_item(self, indent: int, rest: str) -> bool:
        """Inside a paragraph only a bullet or the first number begins a list: a line may begin with "2. Juni"."""
        if self._level(indent) < len(self._open):
            return bool(md.BULLET.match(rest) or md.NUMBER.match(rest))
        number = md.NUMBER.match(rest)
        begins = md.BULLET.match(rest) or (number and (number[1] or number[3]) in {"1", "a"})
        return bool(begins) and " " in rest.replace("\t", " ")

    def _begins_table(self) -> bool:
        if self._at + 1 >= len(self._lines):
            return False
        head, delimiter = (
            md.split_indent(line)[1] for line in self._lines[self._at : self._at + 2]
        )
        return md.is_table(head, delimiter)

    def _code(self) -> bool:
        fence = md.FENCE.match(self._rest)
        if not fence:
            return False
        level = self._close(self._indent)
        mark = fence[1] or fence[3]
        end = re.compile(rf"{re.escape(mark[0])}{{{len(mark)},}}$")
        lines = []
        self._at += 1
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._at += 1
            if end.match(md.split_indent(line)[1]):
                break
            lines.append(line[min(self._indent, len(line) - len(line.lstrip(" "))) :])
        info, key = md.split_ids(fence[2] or fence[4] or "")
        self._add(Kind.CODE, "\n".join(lines), level, id=key, label=md.unescape_end(info))
        return True

    def _typed(self) -> bool:
        opener = md.TYPED.match(self._rest)
        if not opener:
            return False
        self._open.clear()
        lines = self._typed_lines()
        fields: list[tuple[str, str]] = []
        while lines and (field := md.FIELD.match(lines[0].strip(" \t"))):
            fields.append((field[1].strip(" \t"), (field[2] or "").strip(" \t")))
            del lines[0]
        kind = Kind.GOAL if opener[1].lower() == "ziel" else Kind.MEASURE
        text = _sentence(lines)
        self._passages.append(Passage(opener[2] or "", kind, text, fields=tuple(fields)))
        return True

    def _typed_lines(self) -> list[str]:
        """Take the lines of a goal or measure up to its end, or up to where it surely has ended."""
        lines: list[str] = []
        self._at += 1
        while self._at < len(self._lines):
            rest = md.split_indent(self._lines[self._at])[1]
            if md.HEADING.match(rest) or md.TYPED.match(rest):
                break
            self._at += 1
            if md.TYPED_END.match(rest):
                break
            lines.append(self._lines[self._at - 1])
        return lines

    def _footnote(self) -> bool:
        note = md.FOOTNOTE.match(self._rest)
        if not note:
            return False
        self._open.clear()
        lines = self._gather(_tail(self._lines[self._at], note[2]))
        while more := self._more_of_footnote():
            lines[-1] = lines[-1].rstrip(" \t") + "  "
            lines += more
        self._add_text(Kind.FOOTNOTE, lines, label=note[1])
        return True

    def _more_of_footnote(self) -> list[str]:
        """Take the next paragraph if it is indented, as a footnote's later paragraphs are."""
        at = self._at
        while at < len(self._lines) and not md.split_indent(self._lines[at])[1]:
            at += 1
        if at == len(self._lines):
            return []
        indent, rest = md.split_indent(self._lines[at])
        if indent < _CODE_INDENT or md.FENCE.match(rest) or md.TYPED.match(rest):
            return []
        self._at = at
        return self._gather(self._lines[at])

    def _heading(self) -> bool:
        heading = md.HEADING.match(self._rest)
        if not heading:
            return False
        self._at += 1
        self._add_heading(len(heading[1]), heading[2].strip(" \t"))
        return True

    def _add_heading(self, level: int, text: str) -> None:
        self._open.clear()
        text, key = md.split_ids(text)
        self._add(Kind.HEADING, md.unescape_end(md.unescape_hashes(text)), level, id=key)

    def _rule(self) -> bool:
        if not md.RULE.match(self._rest):
            return False
        self._at += 1
        return True

    def _item(self) -> bool:
        found = md.BULLET.match(self._rest) or md.NUMBER.match(self._rest)
        if not found:
            return False
        level, mark = self._level(self._indent), found[0]
        label = self._open_item(level, self._indent, mark)
        content = self._rest[len(mark) :].strip(" \t")
        if md.FENCE.match(content) or md.BULLET.match(content) or md.NUMBER.match(content):
            self._add(Kind.LIST_ITEM, "", level, label=label)
            self._lines[self._at] = " " * (self._indent + len(mark) + 1) + content
            return True
        lines = self._gather(_tail(self._lines[self._at], content))
        self._add_text(Kind.LIST_ITEM, lines, level, label)
        return True

    def _open_item(self, level: int, indent: int, mark: str) -> str:
        """Open a list item and return its label; numbers count on from the item before."""
        own = md.read_label(mark)
        if level < len(self._open):
            own = md.next_mark(self._open[level].mark, own)
        self._open[level:] = [_Item(indent, own)]
        return md.write_label(*own)

    def _quote(self) -> bool:
        if not self._rest.startswith(">"):
            return False
        level = self._close(self._indent)
        for lines in self._quoted_paragraphs():
            self._add_text(Kind.QUOTE, lines, level)
        return True

    def _quoted_paragraphs(self) -> list[list[str]]:
        """Take the lines of a quote; an empty one separates paragraphs, a list keeps its lines."""
        paragraphs: list[list[str]] = [[]]
        while self._at < len(self._lines):
            rest = md.split_indent(self._lines[self._at])[1]
            if not rest.startswith(">") and (not paragraphs[-1] or self._interrupts()):
                break
            content = _tail(self._lines[self._at], rest.lstrip("> \t"))
            if not content.strip(" \t"):
                paragraphs.append([])
            else:
                if paragraphs[-1] and (md.BULLET.match(content) or md.NUMBER.match(content)):
                    paragraphs[-1][-1] = paragraphs[-1][-1].rstrip(" \t") + "  "
                paragraphs[-1].append(content)
            self._at += 1
        return [lines for lines in paragraphs if lines]

    def _table(self) -> bool:
        if not self._begins_table():
            return False
        level = self._close(self._indent)
        rows = [self._rest, md.split_indent(self._lines[self._at + 1])[1]]
        self._at += 2
        key = ""
        while self._at < len(self._lines) and not self._begins_block():
            row = md.split_indent(self._lines[self._at])[1]
            self._at += 1
            if lone := _LONE_ID.match(row):
                key = lone[1]
                break
            rows.append(row)
        self._add(Kind.TABLE, md.normalise_table(rows), level, id=key)
        return True

    def _indented_code(self) -> bool:
        if self._indent < _CODE_INDENT or self._open:
            return False
        lines: list[str] = []
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._indent, self._rest = md.split_indent(line)
            if self._rest and self._indent < _CODE_INDENT:
                break
            lines.append(_without_indent(line) if self._rest else "")
            self._at += 1
        self._add(Kind.CODE, "\n".join(lines).rstrip("\n"))
        return True

    def _paragraph(self) -> bool:
        level = self._close(self._indent)
        lines = self._gather(self._lines[self._at])
        underline = None if level else self._underline()
        if underline:
            self._at += 1
            self._add_heading(
                1 if underline.startswith("=") else 2, _one_line(md.join_lines(lines))
            )
        else:
            self._add_text(Kind.PARAGRAPH, lines, level)
        return True

    def _underline(self) -> str | None:
        if self._at == len(self._lines):
            return None
        found = md.UNDERLINE.match(md.split_indent(self._lines[self._at])[1])
        return found[1] if found else None


def _one_line(text: str) -> str:
    return text.replace("\n", " ")


def _tail(line: str, content: str) -> str:
    """Return the content of a line with the blanks at its end, which may be a hard break."""
    return content + line[len(line.rstrip(" \t")) :]


def _sentence(lines: list[str]) -> str:
    """Join the lines of a goal's text; paragraphs become lines."""
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line.strip(" \t"):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([])
    return "\n".join(md.join_lines(paragraph) for paragraph in paragraphs if paragraph)


def _without_indent(line: str) -> str:
    """Return a line of indented code."""
    return re.sub(r"^(?: {4}| {0,3}\t)", "", line)
