"""The rule that proposes which changes are merely editorial; a person confirms it."""

import re

from mitplan.core.text.recent import keep_recent
from mitplan.core.text.tokens import is_word, tokenize

_SLIP_LENGTH = 5  # in shorter words one letter makes another word: "wen" and "wenn"
_NUMBER = re.compile(r"(?:(?<!\w)[-–−+])?\d+(?:[.,:/–-]\d+)*")
_SIGNS = re.compile(r"[%‰§€$<>=≤≥~]")
_DOUBLED = re.compile(r"(.)\1")
_FIXED = frozenset(
    [
        "nicht",
        "nichts",
        "nie",
        "niemals",
        "niemand",
        "nirgends",
        "kein",
        "keine",
        "keinem",
        "keinen",
        "keiner",
        "keines",
        "keinerlei",
        "ohne",
        "weder",
        "noch",
        "nur",
        "kaum",
        "januar",
        "februar",
        "märz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "dezember",
        "sie",
        "ihnen",
        "ihr",
        "ihre",
        "ihrem",
        "ihren",
        "ihrer",
        "ihres",
    ]
)
"""Negations, months and words whose capital letter tells who is meant."""


@keep_recent(512)
def is_editorial(old: str, new: str) -> bool:
    """Tell whether a change may be called editorial: punctuation, blanks, slips inside single words.

    Changes of numbers, dates, negations and names are never editorial, nor is a word more or less.
    Other words may differ in spelling with ß or ss, in the case of a letter, and, where they are not
    capitalised, by two letters swapped or one doubled; any other letter can change the meaning.
    """
    if _NUMBER.findall(old) != _NUMBER.findall(new) or _SIGNS.findall(old) != _SIGNS.findall(new):
        return False
    before, after = _words(old), _words(new)
    return len(before) == len(after) and all(map(_is_slip, before, after))


def _words(text: str) -> list[str]:
    return [token for token in tokenize(text) if is_word(token)]


def _is_slip(old: str, new: str) -> bool:
    """Tell whether two words are the same but for a slip of the pen."""
    if old == new:
        return True
    if not {old.lower(), new.lower()}.isdisjoint(_FIXED):
        return False
    left, right = old.replace("ß", "ss"), new.replace("ß", "ss")
    if left.lower() == right.lower():
        return True
    if min(len(left), len(right)) < _SLIP_LENGTH or left[0].isupper() or right[0].isupper():
        return False
    return _is_swap(left, right) or _is_doubling(left, right)


def _is_swap(left: str, right: str) -> bool:
    """Tell whether two neighbouring letters have changed places."""
    differing = [at for at, pair in enumerate(zip(left, right, strict=False)) if len(set(pair)) > 1]
    if len(left) != len(right) or not differing:
        return False
    start, end = differing[0], differing[-1] + 1
    return end - start == len("ei") and left[start:end] == right[start:end][::-1]


def _is_doubling(left: str, right: str) -> bool:
    """Tell whether one of the words only has a letter twice where the other has it once."""
    return abs(len(left) - len(right)) == 1 and _single(left) == _single(right)


def _single(word: str) -> str:
    return _DOUBLED.sub(r"\1", word)
