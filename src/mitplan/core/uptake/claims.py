"""Cutting letters into blocks and texts into sentences; nothing is ever lost on the way."""

import re
from collections.abc import Iterable, Iterator


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ABBREVIATIONS = _words(
    """
    abb abs abt allg anl anm art aufl az bd bes betr bspw bzgl bzw ca dgl dr einschl ehem etc evtl
    ff gem ges ggf ggfs hbf hrsg hs inkl insb insbes jh kap lfd lit lt max min mind mio mrd mtl nr nrn
    pos prof rd rdnr rn rtg sog st std stellv str tab tel tsd usw vgl vorl vs zb zi ziff zw
    zit zzgl
    """
)
"""Words whose point ends no sentence, unless one clearly begins after it."""

_STARTERS = _words(
    """
    aber alle als am an auch auf aus außerdem bei bis bitte da dabei dadurch daher damit dann darum
    das dass dazu denn der deshalb die dies diese dieser dieses doch durch ein eine einen einer er
    es für gerade hier ich ihr im in ist jede jeder jedes kein keine leider man manche mehr mit nach
    nicht nun nur ob oder ohne sie so sollte sollten um und unser unsere viele vor warum was wegen
    weil weiterhin wenn wer wie wir wo zu zudem zum zur zusätzlich
    """
)
"""Words that follow neither an ordinal number nor an abbreviation, when written with a capital."""

_BULLET = r"[^\S\n]*(?:[-–—•*▪]|\(?\d{1,2}[.)]|[a-z]\))[^\S\n]"
_BREAK = rf"\n[^\S\n]*+\n\s*+|\n(?={_BULLET})"
_BLOCK = re.compile(_BREAK)
_SENTENCE = re.compile(
    rf"""
    (?: (?<!\w)(?P<word>\w++) | (?<![\w.!?…]) )
    (?P<stop>[.!?…]++) (?P<close>["“”‘’»«')\]]*+) (?P<gap>\s++)
    | {_BREAK}
    """,
    re.VERBOSE,
)
_LIST_ITEM = re.compile(_BULLET)
_NEXT_WORD = re.compile(r"\w+")
_LONGEST_ORDINAL = 2
_MARGIN = 20
"""How far a list number may be indented."""


def blocks(text: str) -> tuple[str, ...]:
    """Cut a letter at blank lines and list items; joined together the blocks are the letter."""
    return _cut(text, (match.end() for match in _BLOCK.finditer(text)))


def sentences(text: str) -> tuple[str, ...]:
    """Cut a German text into sentences; joined together they are the text."""
    return _cut(text, _sentence_ends(text))


def _cut(text: str, ends: Iterable[int]) -> tuple[str, ...]:
    """Cut at the ends that leave words on both sides."""
    pieces, start = [], 0
    for end in ends:
        if text[start:end].strip() and end < len(text):
            pieces.append(text[start:end])
            start = end
    return (*pieces, text[start:]) if text else ()


def _sentence_ends(text: str) -> Iterator[int]:
    for match in _SENTENCE.finditer(text):
        if match["stop"] is None or _begins_block(text, match) or _ends_sentence(text, match):
            yield match.end()


def _begins_block(text: str, match: re.Match[str]) -> bool:
    lines = match["gap"].count("\n")
    return lines > 1 or (lines == 1 and _LIST_ITEM.match(text, match.end()) is not None)


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    following = text[match.end() : match.end() + 1]
    if following.islower():
        return False
    if match["stop"] != "." or match["word"] is None:
        return True
    return not _carries_its_point(match["word"]) or _begins_sentence(text, match)


def _carries_its_point(word: str) -> bool:
    """Tell whether the point belongs to the word: an ordinal, an initial, an abbreviation."""
    if word.isdigit():
        return len(word) <= _LONGEST_ORDINAL
    return len(word) == 1 or word.lower() in ABBREVIATIONS or word.endswith("str")


def _begins_sentence(text: str, match: re.Match[str]) -> bool:
    """Tell whether a word that only begins sentences follows something else than a list number."""
    line = text[max(0, match.start() - _MARGIN) : match.start()].rpartition("\n")[2]
    word = _NEXT_WORD.match(text, match.end())
    if len(match["word"]) == 1 and not match["word"].isdigit():
        return False
    return bool(line.strip()) and word is not None and word[0].lower() in _STARTERS
