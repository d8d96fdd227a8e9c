"""Signs that a reader sets into a text to find changes and comments again once the text is made."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

_FIRST_DIGIT = 0xF0010  # the plane for private use, so that no text has these characters by chance
_STOP = chr(0xF0020)
_DIGITS = {ord("0") + digit: chr(_FIRST_DIGIT + digit) for digit in range(10)}
_PLAIN = {ord(sign): chr(digit) for digit, sign in _DIGITS.items()}


class Sign(StrEnum):
    """What begins, ends or stands at a place."""

    OPEN = chr(0xF0100)
    CLOSE = chr(0xF0101)
    POINT = chr(0xF0102)
    REMARK = chr(0xF0103)
    REMARK_END = chr(0xF0104)


_KINDS = "".join(Sign)
_DIGIT_RANGE = "".join(_DIGITS.values())
_SIGN = re.compile(f"([{_KINDS}])([{_DIGIT_RANGE}]+){_STOP}")
_ANY = re.compile(f"[{_KINDS}{_DIGIT_RANGE}{_STOP}]")


class Stretch(NamedTuple):
    """A sign with its number, or words without any."""

    sign: Sign | None
    number: int
    text: str


def sign(kind: Sign, number: int) -> str:
    """Return the characters that stand for a numbered change or comment."""
    return kind + str(number).translate(_DIGITS) + _STOP


def without_signs(text: str) -> str:
    """Return a text without the characters that signs are made of."""
    return text if text.isascii() else _ANY.sub("", text)


def has_words(text: str) -> bool:
    """Tell whether there is more than signs and blanks."""
    return bool(_ANY.sub("", text).strip())


def stretches(text: str) -> Iterator[Stretch]:
    """Cut a text at its signs."""
    at = 0
    for found in _SIGN.finditer(text):
        if found.start() > at:
            yield Stretch(None, 0, without_signs(text[at : found.start()]))
        yield Stretch(Sign(found[1]), int(found[2].translate(_PLAIN)), "")
        at = found.end()
    if at < len(text):
        yield Stretch(None, 0, without_signs(text[at:]))
