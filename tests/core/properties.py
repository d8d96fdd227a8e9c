"""Properties: statements about generated cases, tried a few times in the suite and many times by command."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis.strategies import SearchStrategy

Property = tuple[Callable[..., None], SearchStrategy]


def name_of(value: object) -> str | None:
    """Return the name of a property's statement for the name of its test."""
    return value.__name__.removeprefix("assert_") if callable(value) else ""


FEW = 6


def attempt(statement: Callable[..., None], cases: SearchStrategy, number: int = FEW) -> None:
    """Try a statement with so many generated cases; each run of the suite takes others."""
    settings(max_examples=number, deadline=None, database=None)(given(cases)(statement))()
