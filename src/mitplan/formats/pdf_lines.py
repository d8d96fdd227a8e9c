"""From the lines of printed pages to paragraphs: without page numbers, running heads and hyphens at line ends."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_EDGE = 3  # lines at the top and bottom of a page that may be repeated on the next
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:(?:seite|page|s\.)\s*)?\d{1,4}(?:\s*(?:von|of|/)\s*\d{1,4})?[-–—\s]*",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?:[-–•▪◦*]|\(?\d{1,3}[.)]|\(?[a-z]\))\s")
_HYPHEN = re.compile(r"(?<=\w)[-\u00ad\u2010]$")
_JOINED = re.compile(r"(?:und|oder|bzw\.|sowie|bis)\b")
_ENDS = (".", "!", "?", ":", "“", '"')
_FEW = 4  # lines; with no more nobody can tell spacing from gaps
_HEADING = 0.6  # of the usual width; so short a line stands for itself
_SHORT = 0.8  # of the usual width; a shorter line that ends a sentence ends a paragraph
_FULL = 0.9  # the share of lines that are no longer than the usual width

Lines = Sequence[str]


def paragraphs_of(pages: Sequence[Lines]) -> Iterator[str]:
    """Return the paragraphs; one that goes on over the end of a page is not cut there."""
    repeated = _repeated(pages)
    cleaned = [_without_edges(page, repeated) for page in pages]
    width = _usual_width([line for page in cleaned for line in page])
    current, is_open = "", False
    for page in cleaned:
        for line in _gaps_even(page):
            words = " ".join(line.split())
            if current and not (is_open and _goes_on(current, words, width)):
                yield current
                current = ""
            current = _joined(current, words)
            is_open = len(line) >= width * _SHORT or not words.endswith(_ENDS)
        if current.endswith(_ENDS):
            yield current
            current = ""
    if current:
        yield current


def _goes_on(current: str, words: str, width: int) -> bool:
    """Tell whether a line belongs to the paragraph before it; a heading has nothing behind it."""
    if not words or _ITEM.match(words):
        return False
    is_heading = len(current) < width * _HEADING and not words[0].islower()
    return not is_heading


def _repeated(pages: Sequence[Lines]) -> frozenset[str]:
    """Return what stands at the edge of at least two pages and of half of them."""
    counts = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    return frozenset(key for key, count in counts.items() if count > 1 and count * 2 >= len(pages))


def _edges(page: Lines) -> list[str]:
    words = [line for line in page if line.strip()]
    return words[:_EDGE] + words[-_EDGE:]


def _key(line: str) -> str:
    """Return a line without its numbers and blanks, which differ from page to page."""
    return _NUMBER.sub("#", " ".join(line.split()))


def _without_edges(page: Lines, repeated: frozenset[str]) -> list[str]:
    """Return a page without what only says which page it is."""
    lines = list(page)
    for place in (0, -1):
        for _ in range(_EDGE):
            while lines and not lines[place].strip():
                lines.pop(place)
            if lines and (
                _key(lines[place]) in repeated or _PAGE_NUMBER.fullmatch(lines[place].strip())
            ):
                lines.pop(place)
    return lines


def _usual_width(lines: Lines) -> int:
    widths = sorted(len(line) for line in lines if line.strip())
    return widths[int(len(widths) * _FULL)] if widths else 0


def _gaps_even(page: Lines) -> Iterator[str]:
    """Return the lines of a page; where every other line is blank, that is its spacing and no gap."""
    runs = [0]
    for line in page:
        if line.strip():
            runs.append(0)
        else:
            runs[-1] += 1
    usual = min(runs[1:-1]) if len(runs) > _FEW else 0
    blanks = 0
    for line in page:
        blanks = 0 if line.strip() else blanks + 1
        if line.strip() or blanks > usual:
            yield line


def _joined(current: str, words: str) -> str:
    """Put a line behind another; a word cut at the line's end is whole again."""
    if not current or not words:
        return current or words
    if _HYPHEN.search(current) and not _JOINED.match(words):
        is_whole = not words[0].islower()
        return (current if is_whole else current[:-1]) + words
    return f"{current} {words}"
