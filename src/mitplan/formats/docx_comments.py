"""Comments of a Word file: threads of a remark and its answers, open or done."""

from collections import defaultdict
from datetime import datetime

from lxml import etree

from mitplan.core.text.tokens import normalise
from mitplan.formats.docx_cleaning import choose_alternatives
from mitplan.formats.docx_marks import moment
from mitplan.formats.docx_package import Parts, W
from mitplan.formats.docx_revisions import all_of, settle
from mitplan.formats.reading import Reply
from mitplan.formats.remarks import Remark

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_SHOWN = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}
_DEEPEST = 100  # answers to answers; Word knows one level
_OFF = frozenset(["", "0", "false", "off"])


class Threads:
    """The comments of a file, and which remark each id in the text belongs to."""

    def __init__(self, package: Parts) -> None:
        """Read the comments; answers go below the remark they answer."""
        self.numbers: dict[str, int] = {}
        root = package.related("comments")
        comments = [] if root is None else list(root.iter(f"{W}comment"))
        parents, done = _extended(package)
        if root is not None:
            choose_alternatives(root)
            settle(root, all_of("accept"))
        keys = [_paragraph_keys(comment) for comment in comments]
        owners = {key: place for place, own in enumerate(keys) for key in own}
        roots = [_root(place, keys, parents, owners) for place in range(len(comments))]
        replies = defaultdict(list)
        for place, comment in enumerate(comments):
            if roots[place] != place:
                replies[roots[place]].append(comment)
        self.remarks: list[Remark] = []
        for place, comment in enumerate(comments):
            if roots[place] == place:
                self.numbers[comment.get(f"{W}id", "")] = len(self.remarks)
                is_done = bool(keys[place] & done)
                self.remarks.append(_remark(comment, replies[place], resolved=is_done))


def _extended(package: Parts) -> tuple[dict[str, str], set[str]]:
    """Return which paragraph of a comment answers which, and those that are done."""
    root = package.related("commentsExtended")
    parents, done = {}, set()
    for element in root.iter(f"{_W15}commentEx") if root is not None else ():
        key = element.get(f"{_W15}paraId", "")
        if parent := element.get(f"{_W15}paraIdParent", ""):
            parents[key] = parent
        if element.get(f"{_W15}done", "") not in _OFF:
            done.add(key)
    return parents, done


def _paragraph_keys(comment: etree._Element) -> set[str]:
    return {key for each in comment.iter(f"{W}p") if (key := each.get(f"{_W14}paraId", ""))}


def _root(place: int, keys: list[set[str]], parents: dict[str, str], owners: dict[str, int]) -> int:
    """Return the remark that a comment answers, over any answers in between; a circle is broken."""
    seen = {place}
    while len(seen) < _DEEPEST:
        above = next((parents[key] for key in keys[place] if key in parents), "")
        if above not in owners:
            return place
        place = owners[above]
        if place in seen:
            return min(seen)
        seen.add(place)
    return place


def _remark(comment: etree._Element, replies: list[etree._Element], *, resolved: bool) -> Remark:
    return Remark(
        *_head(comment), resolved=resolved, replies=tuple(Reply(*_head(each)) for each in replies)
    )


def _head(comment: etree._Element) -> tuple[str, datetime | None, str]:
    author, at = str(comment.get(f"{W}author", "")), moment(comment.get(f"{W}date"))
    return author, at, plain_text(comment)


def plain_text(container: etree._Element) -> str:
    """Return the paragraphs of a comment, header or footer as plain lines."""
    lines = (
        "".join(_characters(element) for element in paragraph.iter(f"{W}t", *_SHOWN))
        for paragraph in container.iter(f"{W}p")
    )
    return "\n".join(filter(None, (normalise(line).strip() for line in lines)))


def _characters(element: etree._Element) -> str:
    if element.tag == f"{W}t":
        return str(element.text or "")
    return _SHOWN[element.tag] if element.getparent().tag == f"{W}r" else ""
