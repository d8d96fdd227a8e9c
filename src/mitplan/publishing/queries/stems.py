"""Words as the search compares them: folded, and cut down to their German stem."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"[^\W_]+")
_SPELLED_UMLAUTS = (("ae", "a"), ("oe", "o"), ("ue", "u"))
_ROUNDS = 3


def words(text: str) -> Iterator[re.Match[str]]:
    """Return the words of a text with their places."""
    return _WORD.finditer(text)


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return a word without capitals, umlauts, ß and accents."""
    lower = word.lower().replace("ß", "ss")
    return "".join(
        sign for sign in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(sign)
    )


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the German stem of a word, folded.

    Cut until nothing more comes off, else «Kurs» and «Kurse» would end up apart.
    """
    stemmer = snowballstemmer.stemmer("german")
    found = unicodedata.normalize("NFC", word.lower())
    for _round in range(_ROUNDS):
        shorter: str = stemmer.stemWord(found)
        if shorter == found:
            break
        found = shorter
    return fold(found)


def beginnings(word: str) -> tuple[str, ...]:
    """Return how a word may begin that starts like this one, with ä also typed as ae."""
    folded = fold(word)
    shortened = folded
    for spelled, umlaut in _SPELLED_UMLAUTS:
        shortened = shortened.replace(spelled, umlaut)
    return tuple(dict.fromkeys((folded, shortened)))


def stems_of(text: str) -> str:
    """Return what is searched for a text: each word folded, and its stem where that differs."""
    found: list[str] = []
    for match in words(text):
        folded, stemmed = fold(match[0]), stem(match[0])
        found += [folded] if folded == stemmed else [folded, stemmed]
    return " ".join(found)
