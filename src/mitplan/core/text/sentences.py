"""Sentences: where they begin in a wording, with the abbreviations German official texts use."""

import re
from collections.abc import Iterator, Sequence

from mitplan.core.text.recent import keep_recent
from mitplan.core.text.tokens import is_word

_ENDS = frozenset(".!?…")
_CLOSERS = frozenset("\"'“”‘’»«)]*_")
_ABBREVIATIONS = frozenset(
    re.findall(
        r"\w+",
        "abs abschn allg anl art aufl az bd betr bspw bzgl bzw ca dr ebd einschl etc evtl ff gem ggf ggü "
        "hg hrsg hs inkl insb insbes kap lit lt max mind mio mrd nr nrn prof rd rn sog std stellv str "
        "tab tel tsd usf usw vgl vs zzgl ziff",
    )
)
_ORDINAL_DIGITS = 2


@keep_recent(512)
def sentence_starts(tokens: tuple[str, ...]) -> tuple[int, ...]:
    """Return the index of the first token of every sentence; a line break starts one too."""
    return tuple(_starts(tokens))


def _starts(tokens: Sequence[str]) -> Iterator[int]:
    if tokens:
        yield 0
    for at in range(1, len(tokens) - 1):
        if tokens[at].isspace() and ("\n" in tokens[at] or _ends_before(tokens, at)):
            yield at + 1


def _ends_before(tokens: Sequence[str], blank: int) -> bool:
    """Tell whether the blank at this place parts two sentences."""
    end = blank - 1
    while end > 0 and tokens[end] in _CLOSERS:
        end -= 1
    if tokens[end] not in _ENDS or tokens[blank + 1][0].islower():
        return False
    return tokens[end] != "." or end == 0 or not _is_abbreviated(tokens[end - 1])


def _is_abbreviated(word: str) -> bool:
    if not is_word(word):
        return False
    if word.isdigit():
        return len(word) <= _ORDINAL_DIGITS  # "am 1. Januar"
    return len(word) == 1 or word.lower() in _ABBREVIATIONS
