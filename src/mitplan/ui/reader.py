"""The one reader: passages of a plan in reading order, as the pages show them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mitplan.ui.inline import render_inline, render_table
from mitplan.ui.values import Link, cell, language_of_page, language_of_plan

LIST, FOOTNOTES, SINGLE = "list", "footnotes", "single"
GROUPS = {"list_item": LIST, "footnote": FOOTNOTES}
NUMBERED = re.compile(r"(\d{1,6})[.)]")
BULLETS = frozenset(("", "-", "–", "*", "•", "+"))
DEEPEST_HEADING = 6
TONES = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a wording and the number of its origin (`core.text.runs.OriginSpan` fits too)."""

    text: str
    origin: int


@dataclass(frozen=True, slots=True)
class OriginLabel:
    """How an origin is named in the reader: a small number, a sentence, the address of its page."""

    number: int
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class ReaderPassage:
    """A passage with what the reader shows around it; other objects with these names fit too.

    `id` becomes the id in the page, `url` the permanent address, `number` what the address is called by.
    `marks` replace the text in the view of origins. `note` says that work goes on here; `extra` is ready
    HTML below the passage.
    """

    kind: str
    text: str
    level: int = 0
    label: str = ""
    id: str = ""
    number: str = ""
    url: str = ""
    fields: Sequence[tuple[str, object]] = ()
    marks: Sequence[Mark] = ()
    note: str = ""
    note_url: str = ""
    actions: Sequence[Link] = ()
    extra: SafeString | str = ""


Origins = Mapping[int, OriginLabel]


def render_passages(
    passages: Iterable[Any], *, shift: int = 0, origins: Origins | None = None
) -> SafeString:
    """Return the passages as HTML."""
    layout = _Layout(shift, origins or {})
    groups = groupby(passages, key=lambda passage: GROUPS.get(str(passage.kind), SINGLE))
    parts = [part for kind, members in groups for part in layout.group(kind, list(members))]
    opened = f'<div class="ui-reader" {language_of_plan()}>'
    return SafeString("\n".join([opened, *parts, "</div>"]))


@dataclass(slots=True)
class _Layout:
    """How deep the headings are just now, and the words that repeat on each passage."""

    shift: int
    origins: Origins
    depth: int = 0
    permanent: str = field(
        default_factory=lambda: escape(_("Dauerhafte Adresse dieser Textstelle"))
    )

    def group(self, kind: str, passages: list[Any]) -> Iterator[str]:
        if kind == LIST:
            yield from self.lists(passages)
        elif kind == FOOTNOTES:
            yield self.footnotes(passages)
        else:
            yield from map(self.single, passages)

    def single(self, passage: Any) -> str:  # noqa: ANN401 - anything with the names of a passage
        draw = DRAWINGS.get(str(passage.kind), _Layout.paragraph)
        return draw(self, passage)

    def heading(self, passage: Any) -> str:  # noqa: ANN401
        wanted = passage.level + self.shift
        self.depth = max(1, min(wanted, self.depth + 1 if self.depth else wanted, DEEPEST_HEADING))
        tag = f"h{self.depth}"
        return self.block(passage, f"<{tag}>{self.text(passage)}</{tag}>")

    def paragraph(self, passage: Any) -> str:  # noqa: ANN401
        return self.block(passage, f"<p>{self.text(passage)}</p>")

    def quote(self, passage: Any) -> str:  # noqa: ANN401
        return self.block(passage, f"<blockquote><p>{self.text(passage)}</p></blockquote>")

    def code(self, passage: Any) -> str:  # noqa: ANN401
        return self.block(passage, f'<pre tabindex="0"><code>{escape(passage.text)}</code></pre>')

    def table(self, passage: Any) -> str:  # noqa: ANN401
        table = render_table(passage.text)
        return self.block(passage, f'<div class="ui-scroll" tabindex="0">{table}</div>')

    def box(self, passage: Any) -> str:  # noqa: ANN401
        """Draw a goal or measure as a calm box: what it is, its sentence, its facts."""
        word = passage.label or (_("Ziel") if str(passage.kind) == "goal" else _("Maßnahme"))
        pairs = getattr(passage, "fields", ())
        facts = "".join(f"<div><dt>{escape(k)}</dt><dd>{cell(v)}</dd></div>" for k, v in pairs)
        inner = f'<p class="ui-box__label">{escape(word)}</p><p>{self.text(passage)}</p>'
        listed = f'<dl class="ui-facts">{facts}</dl>' if facts else ""
        return self.block(passage, inner + listed, f" ui-box ui-box--{escape(passage.kind)}")

    def lists(self, items: list[Any]) -> Iterator[str]:
        """Nest deeper items in the item before them; a change of counting begins a new list."""
        branches = _branches(items)
        for is_numbered, members in groupby(branches, key=lambda branch: _is_numbered(branch[0])):
            tag = "ol" if is_numbered else "ul"
            lines = "".join(self.item(item, children) for item, children in members)
            yield f'<{tag} class="ui-list">{lines}</{tag}>'

    def item(self, item: Any, children: list[Any]) -> str:  # noqa: ANN401
        below = "".join(self.lists(children)) if children else ""
        number = NUMBERED.fullmatch(item.label)
        value = f' value="{number[1]}"' if number else ""
        label = "" if number or item.label in BULLETS else _list_label(item.label)
        opened = f'<li{_id(item)} class="ui-passage{" ui-list__labelled" if label else ""}"{value}>'
        return f"{opened}{label}{self.text(item)}{self.permalink(item)}{_around(item)}{below}</li>"

    def footnotes(self, notes: list[Any]) -> str:
        lines = "".join(
            f'<li class="ui-passage" id="fn-{escape(note.label)}">'
            f'<span class="ui-list__label">{escape(note.label)}</span> '
            f"{self.text(note)}{self.permalink(note)}{_around(note)}</li>"
            for note in notes
        )
        label = escape(_("Fußnoten"))
        return f'<ul class="ui-footnotes" aria-label="{label}">{lines}</ul>'

    def block(self, passage: Any, inner: str, classes: str = "") -> str:  # noqa: ANN401
        opened = f'<div{_id(passage)} class="ui-passage{classes}">'
        return f"{opened}{self.permalink(passage)}{inner}{_around(passage)}</div>"

    def permalink(self, passage: Any) -> str:  # noqa: ANN401
        url = getattr(passage, "url", "")
        if not url:
            return ""
        number = escape(getattr(passage, "number", "") or "¶")
        return f'<a class="ui-permalink" href="{escape(url)}" title="{self.permanent}">{number}</a>'

    def text(self, passage: Any) -> str:  # noqa: ANN401
        marks = getattr(passage, "marks", ())
        return "".join(map(self.mark, marks)) if marks else render_inline(passage.text)

    def mark(self, mark: Any) -> str:  # noqa: ANN401
        origin = self.origins.get(mark.origin)
        if origin is None:
            return escape(mark.text)
        tone, number, label = origin.number % TONES, origin.number, escape(origin.label)
        link = (
            f'<a href="{escape(origin.url)}" title="{label}">{number}</a>' if origin.url else number
        )
        return (
            f'<span class="ui-origin ui-origin--{tone}">{escape(mark.text)}<sup>{link}</sup></span>'
        )


DRAWINGS = {
    "heading": _Layout.heading,
    "quote": _Layout.quote,
    "code": _Layout.code,
    "table": _Layout.table,
    "goal": _Layout.box,
    "measure": _Layout.box,
}


def _branches(items: list[Any]) -> list[tuple[Any, list[Any]]]:
    """Pair each item with the deeper items that follow it."""
    branches: list[tuple[Any, list[Any]]] = []
    for item in items:
        if branches and item.level > branches[-1][0].level:
            branches[-1][1].append(item)
        else:
            branches.append((item, []))
    return branches


def _is_numbered(item: Any) -> bool:  # noqa: ANN401
    return NUMBERED.fullmatch(item.label) is not None


def _list_label(label: str) -> str:
    return f'<span class="ui-list__label">{escape(label)}</span> '


def _id(passage: Any) -> str:  # noqa: ANN401
    name = getattr(passage, "id", "")
    return f' id="{escape(name)}"' if name else ""


def _around(passage: Any) -> str:  # noqa: ANN401
    """Return what stands below a passage: the note that work goes on, what can be done, a page's own part."""
    note, actions = getattr(passage, "note", ""), getattr(passage, "actions", ())
    return _note(note, getattr(passage, "note_url", "")) + _actions(actions) + _extra(passage)


def _note(note: str, url: str) -> str:
    if not note:
        return ""
    words = Link(note, url).__html__() if url else escape(note)
    return f'<p class="ui-note"{language_of_page()}>{words}</p>'


def _actions(actions: Sequence[Link]) -> str:
    if not actions:
        return ""
    return f'<p class="ui-actions"{language_of_page()}>{" ".join(action.__html__() for action in actions)}</p>'


def _extra(passage: Any) -> str:  # noqa: ANN401
    extra = getattr(passage, "extra", "")
    return conditional_escape(extra) if extra else ""
