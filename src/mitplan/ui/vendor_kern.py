"""Cut the style sheet of KERN down to what the pages use: `python -m mitplan.ui.vendor_kern PACKAGE`."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

STATIC = Path(__file__).parent / "static" / "ui"
TARGET = STATIC / "vendor" / "kern" / "kern.css"

KEPT_PARTS = (
    "accordion",
    "alert",
    "badge",
    "body",
    "btn",
    "card",
    "dark",
    "description-list",
    "divider",
    "error",
    "fieldset",
    "form-check",
    "form-input",
    "heading",
    "hint",
    "icon",
    "label",
    "light",
    "link",
    "list",
    "preline",
    "progress",
    "sr-only",
    "subline",
    "table",
    "title",
)
KEPT_ICONS = (
    "add",
    "check",
    "close",
    "danger",
    "default",
    "download",
    "draft",
    "info",
    "large",
    "search",
    "small",
    "success",
    "warning",
)
NOTICE = (
    "/* KERN UX (@kern-ux/native {version}), EUPL-1.2, see LICENSE.md. Changed by Mitplan: parts not used\n"
    "   are left out, left and right became start and end. Made by mitplan.ui.vendor_kern. */\n"
)
DIRECTIONS = (
    (re.compile(r"\b(padding|margin|border)-left\b"), r"\1-inline-start"),
    (re.compile(r"\b(padding|margin|border)-right\b"), r"\1-inline-end"),
    (re.compile(r"^left:"), "inset-inline-start:"),
    (re.compile(r"^right:"), "inset-inline-end:"),
    (re.compile(r"^(float|clear): left"), r"\1: inline-start"),
    (re.compile(r"^text-align: left"), "text-align: start"),
    (re.compile(r"^text-align: right"), "text-align: end"),
)

Rule = tuple[str, str]


def cut(css: str, used_elsewhere: str) -> str:
    """Return the rules that concern kept parts, without custom properties nobody reads."""
    rules = [rule for rule in _rules(_without_comments(css)) if rule[1]]
    kept = [(selector, body) for selector, body in map(_kept, rules) if selector and body]
    return _without_unused_properties("\n".join(_written(kept)) + "\n", used_elsewhere)


def _without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL).replace('@charset "UTF-8";', "")


def _rules(css: str) -> Iterator[Rule]:
    """Yield head and body of each outermost rule."""
    head_from = depth = body_from = 0
    for brace in re.finditer(r"\"[^\"]*\"|[{}]", css):
        if brace[0] == "{":
            depth += 1
            body_from = brace.end() if depth == 1 else body_from
        elif brace[0] == "}":
            depth -= 1
            if not depth:
                head = " ".join(css[head_from : body_from - 1].split())
                yield head, css[body_from : brace.start()].strip()
                head_from = brace.end()


def _kept(rule: Rule) -> Rule:
    head, body = rule
    if head.startswith("@"):
        return head, "\n".join(_written(list(map(_kept, _rules(body)))))
    selectors = [selector for selector in re.split(r", ?(?![^(]*\))", head) if _is_kept(selector)]
    return ", ".join(selectors), body


def _is_kept(selector: str) -> bool:
    return all(_is_kept_class(name) for name in re.findall(r"\.kern-([\w-]+)", selector))


def _is_kept_class(name: str) -> bool:
    icon = re.fullmatch(r"icon--(.+)", name)
    if icon:
        return icon[1] in KEPT_ICONS
    return any(name == part or name.startswith((f"{part}-", f"{part}_")) for part in KEPT_PARTS)


def _written(rules: list[Rule]) -> Iterator[str]:
    for head, body in rules:
        if head and body:
            lines = body if head.startswith("@") else _logical(body)
            yield f"{head} {{\n{lines}\n}}"


def _logical(body: str) -> str:
    """Replace directions of the page by directions of the writing, for right-to-left languages."""
    lines = [line.strip() for line in body.splitlines()]
    for pattern, replacement in DIRECTIONS:
        lines = [pattern.sub(replacement, line) for line in lines]
    return "\n".join(f"  {line}" for line in lines if line and not line.startswith("-webkit-mask"))


def _without_unused_properties(css: str, used_elsewhere: str) -> str:
    """Leave out properties nobody reads, then those only they have read, until none is left."""
    used = set(re.findall(r"var\((--[\w-]+)", css + used_elsewhere))
    declared = set(re.findall(r"^\s*(--[\w-]+):", css, flags=re.MULTILINE))
    if declared <= used:
        return re.sub(r"[^{}\n]+ \{\n+\}\n", "", css)
    unused = "|".join(re.escape(name) for name in sorted(declared - used))
    shorter = re.sub(rf"^\s*(?:{unused}):[^;]+;\n", "", css, flags=re.MULTILINE)
    return _without_unused_properties(shorter, used_elsewhere)


def main(package: Path) -> None:
    """Write the style sheet from an unpacked npm package."""
    version = re.search(r'"version": "([^"]+)"', (package / "package.json").read_text())
    css = (package / "dist" / "kern.css").read_text()
    own = "".join(path.read_text() for path in STATIC.glob("*.css"))
    notice = NOTICE.format(version=version[1] if version else "?")
    TARGET.write_text(notice + cut(css, own))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
