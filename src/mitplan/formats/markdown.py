"""Markdown: plan texts in and out. The dialect and its normal form: docs/algorithms/markdown-normal-form.md."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mitplan.core.text.passages import Passage
from mitplan.formats.markdown_reader import read_passages
from mitplan.formats.markdown_writer import write_passages
from mitplan.formats.plaintext import decode

__all__ = ["MarkdownFile", "decode", "normalise_markdown", "read", "read_file", "write"]

_FRONT_MATTER = re.compile(
    r"---[ \t]*\n((?:(?:[\w-]+:|[ \t#-]).*\n|[ \t]*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|$)"
)
_ENTRY = re.compile(r"^([\w-]+):[ \t]*(.*?)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class MarkdownFile:
    """A file: what its front matter says in plain "key: value" lines, and its passages."""

    metadata: Mapping[str, str]
    passages: tuple[Passage, ...]


def read(text: str) -> tuple[Passage, ...]:
    """Read the passages of a text; ids are empty unless the text carries them."""
    return read_file(text).passages


def read_file(text: str) -> MarkdownFile:
    """Read a text with its front matter."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT_MATTER.match(text)
    if not front or not _ENTRY.search(front[1]):
        return MarkdownFile({}, read_passages(text))
    metadata = {key: _unquoted(value) for key, value in _ENTRY.findall(front[1])}
    return MarkdownFile(metadata, read_passages(text[front.end() :]))


def write(passages: Iterable[Passage], *, with_ids: bool = False) -> str:
    """Write passages in normal form, on demand with their ids, so that they survive a round trip."""
    return write_passages(passages, with_ids=with_ids)


def normalise_markdown(text: str) -> str:
    """Return a text in normal form, without front matter and ids."""
    return write(read(text))


def _unquoted(value: str) -> str:
    quoted = re.fullmatch(r"(['\"])(.*)\1", value)
    return quoted[2] if quoted else value
