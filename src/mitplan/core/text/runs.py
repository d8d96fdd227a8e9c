"""Origin runs: who brought which tokens of a wording, as pairs of count and origin."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from mitplan.core.text.tokens import is_word, tokenize


@dataclass(frozen=True, slots=True)
class Run:
    """So many tokens in a row with the same origin."""

    count: int
    origin: int


Runs = tuple[Run, ...]
"""The origins of all tokens of one wording; the counts add up to its number of tokens."""


@dataclass(frozen=True, slots=True)
class OriginSpan:
    """A stretch of text with one origin."""

    text: str
    origin: int


def uniform(count: int, origin: int) -> Runs:
    """Return the runs of a wording whose tokens all have the same origin."""
    return (Run(count, origin),) if count else ()


def compact(origins: Sequence[int]) -> Runs:
    """Return the origins of the single tokens as runs."""
    return tuple(Run(len(list(group)), origin) for origin, group in groupby(origins))


def expand(runs: Runs) -> list[int]:
    """Return the origin of every single token."""
    return [run.origin for run in runs for _ in range(run.count)]


def words_by_origin(text: str, runs: Runs) -> dict[int, int]:
    """Count the words of a text by origin; blanks and punctuation do not count."""
    words = (
        origin for token, origin in zip(tokenize(text), expand(runs), strict=True) if is_word(token)
    )
    return dict(Counter(words))


def spans(text: str, runs: Runs) -> tuple[OriginSpan, ...]:
    """Cut a text where its origin changes; the spans joined are the text.

    Raises ValueError where the runs were made for another text.
    """
    return tuple(_spans(tokenize(text), runs))


def _spans(tokens: tuple[str, ...], runs: Runs) -> Iterator[OriginSpan]:
    total = sum(run.count for run in runs)
    if total != len(tokens):
        message = f"runs cover {total} tokens, the text has {len(tokens)}"
        raise ValueError(message)
    start = 0
    for run in runs:
        yield OriginSpan("".join(tokens[start : start + run.count]), run.origin)
        start += run.count
