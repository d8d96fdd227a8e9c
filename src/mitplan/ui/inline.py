"""Marks inside a sentence: bold, italic, code, links to the web, references to footnotes. Never HTML."""

import re
from functools import lru_cache
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

MARKS = re.compile(r"[*_`\\\[&~\n]")
FOOTNOTE = re.compile(r"\[\^([\w-]{1,20})\]")
WEB = re.compile(r"https?://", re.IGNORECASE)


@lru_cache(maxsize=4096)
def render_inline(text: str) -> SafeString:
    """Return the sentence as safe HTML; what is not one of the known marks stays plain text."""
    if not MARKS.search(text):
        return escape(text)
    return SafeString(PARSER.renderInline(text))


def plain_text(text: str) -> str:
    """Return the sentence without its marks, for titles and search results."""
    if not MARKS.search(text):
        return text
    return "".join(_texts(PARSER.parseInline(text)))


@lru_cache(maxsize=256)
def render_table(text: str) -> SafeString:
    """Return a table written in Markdown as HTML; text that is no table becomes a paragraph."""
    return SafeString(PARSER.render(text))


def _texts(tokens: list[Any]) -> list[str]:
    words = []
    for token in tokens:
        if token.children:
            words += _texts(token.children)
        elif token.type in ("text", "code_inline"):
            words.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            words.append(" ")
    return words


def _is_web_address(address: str) -> bool:
    return WEB.match(address) is not None


def _footnote_reference(state: Any, silent: bool) -> bool:  # noqa: ANN401, FBT001 - the parser's signature
    found = FOOTNOTE.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push("footnote_reference", "sup", 0).content = found[1]
    state.pos = found.end()
    return True


def _write_footnote_reference(tokens: list[Any], position: int, *_: object) -> str:
    label = escape(tokens[position].content)
    return f'<sup><a href="#fn-{label}">{label}</a></sup>'


def _write_column_head(*_: object) -> str:
    return '<th scope="col">'


def _write_cell(*_: object) -> str:
    return "<td>"


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False})
    parser.enable(["emphasis", "link", "escape", "backticks", "entity", "newline", "table"])
    parser.validateLink = _is_web_address
    parser.inline.ruler.before("link", "footnote_reference", _footnote_reference)
    parser.renderer.rules["footnote_reference"] = _write_footnote_reference
    # Alignment would come as inline style, which the content security policy forbids.
    parser.renderer.rules["th_open"] = _write_column_head
    parser.renderer.rules["td_open"] = _write_cell
    return parser


PARSER = _parser()
