"""Recent results: what was worked out lately from short texts is not worked out again."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar, cast

_LONGEST = 4000
"""Of longer texts nothing is kept, so that all that is kept stays within a few megabytes."""

Function = TypeVar("Function", bound=Callable[..., object])


def keep_recent(size: int) -> Callable[[Function], Function]:
    """Keep the latest results of a function that depends on nothing but the texts or tokens it is given."""

    def keeping(function: Function) -> Function:
        known = lru_cache(maxsize=size)(function)

        @wraps(function)
        def answer(*texts: str | tuple[str, ...]) -> object:
            is_short = sum(map(len, texts)) <= _LONGEST
            return known(*texts) if is_short else function(*texts)

        return cast("Function", answer)

    return keeping
