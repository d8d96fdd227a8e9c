"""Tokens: the unit in which every change, origin and conflict is counted."""

import re
import unicodedata

from mitplan.core.text.recent import keep_recent

TOKENIZER = 1
"""Version of the rules below; stored beside whatever depends on token offsets."""

_SOFT_HYPHEN = "\u00ad"
_MARK = "[\u0300-\u036f\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff]"
_TOKEN = re.compile(
    rf"[^\W_]+(?:{_MARK}+[^\W_]*)*"  # a run of letters and digits, with the marks that sit on them
    rf"|\s+"
    rf"|.{_MARK}*(?:\u200d.{_MARK}*)*",  # one other character; a joined emoji is one
    re.DOTALL,
)


def normalise(text: str) -> str:
    """Return the text as it is stored: Unicode NFC, without soft hyphens."""
    return unicodedata.normalize("NFC", text.replace(_SOFT_HYPHEN, ""))


@keep_recent(1024)
def tokenize(text: str) -> tuple[str, ...]:
    """Cut a normalised text into tokens; joined together they are the text again."""
    return tuple(_TOKEN.findall(text))


def is_word(token: str) -> bool:
    """Tell a word or number from spaces and punctuation; only words are counted as shares."""
    return token[0].isalnum()


def count_words(text: str) -> int:
    """Return how many words and numbers a text has."""
    return sum(map(is_word, tokenize(text)))
