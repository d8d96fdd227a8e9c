"""Templates stay in their room and hold neither style nor script."""

import re

import pytest

from tests.architecture.house import PACKAGE, relative, room_of

TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
USES = re.compile(r"{%\s*(?:extends|include)\s+(\S+)")
FORBIDDEN = {
    "inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "inline script": re.compile(
        r"<script\b(?![^>]*\ssrc=)(?![^>]*type=\"application/(?:ld\+)?json\")", re.IGNORECASE
    ),
    "event attribute": re.compile(r"\s(?:on[a-z]+|hx-on[\w:-]*)\s*=\s*[\"']", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
    "foreign host": re.compile(r"<(?:script|link|img|iframe)\b[^>]*\s(?:src|href)=\"https?://"),
}


def namespaces(room):
    """The first folders of a room's templates: its own name and the library pages it replaces."""
    return {path.name for path in (PACKAGE / room / "templates").iterdir() if path.is_dir()}


def strangers(path, text):
    """Templates of other rooms that a template uses; `ui` belongs to all."""
    room = room_of(path)
    allowed = {"ui", *namespaces(room)}
    literal = [used.strip("\"'") for used in USES.findall(text) if used[0] in "\"'"]
    return [used for used in literal if used.split("/")[0] not in allowed]


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_template_uses_only_its_own_room_or_ui(path):
    assert strangers(path, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_template_holds_no_inline_style_or_script(path):
    text = path.read_text(encoding="utf-8")

    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<p style="color: red">', ["inline style"]),
        ("<script>alert(1)</script>", ["inline script"]),
        ('<script src="/a.js"></script>', []),
        ('<script id="data" type="application/json">{}</script>', []),
        ("<a onclick='go()'>", ["event attribute"]),
        ('<a href="javascript:go()">', ["script address"]),
        ('<img src="https://example.org/a.png">', ["foreign host"]),
        ('<option value="1">one = "x"', []),
    ],
)
def test_forbidden_patterns_find_what_a_strict_policy_blocks(text, expected):
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(text)] == expected
