"""The one way in which the pages show what changed in a text."""

from collections.abc import Iterable
from typing import Protocol

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mitplan.ui.values import language_of_plan


class Segment(Protocol):
    """A piece of text that stayed, came or went."""

    @property
    def kind(self) -> str:
        """Return equal, inserted or deleted."""

    @property
    def text(self) -> str:
        """Return the words."""


def render_diff(segments: Iterable[Segment]) -> SafeString:
    """Mark what was inserted and deleted, for the eye, in print and for screen readers."""
    words = {"inserted": ("ins", _("eingefügt:")), "deleted": ("del", _("gestrichen:"))}
    pieces = [_piece(segment, words) for segment in segments]
    return format_html(
        '<div class="ui-diff" {}>{}</div>', language_of_plan(), format_html_join("", "{}", pieces)
    )


def marked(segments: Iterable[Segment]) -> str:
    """Write what was inserted and deleted between marks, where there is only plain text, as in a table file."""
    marks = {"inserted": ("{++", "++}"), "deleted": ("{--", "--}")}
    pieces = ((*marks.get(each.kind, ("", "")), each.text) for each in segments)
    return "".join(f"{before}{text}{after}" for before, after, text in pieces)


def _piece(segment: Segment, words: dict[str, tuple[str, str]]) -> tuple[SafeString]:
    if segment.kind not in words:
        return (format_html("{}", segment.text),)
    tag, spoken = words[segment.kind]
    return (
        format_html(
            '<{tag}><span class="kern-sr-only">{spoken} </span>{text}</{tag}>',
            tag=tag,
            spoken=spoken,
            text=segment.text,
        ),
    )
