"""Pieces of pages that depend on nothing but the values they show, so that they are made once for all.

Of a draft hundreds of pieces stay as they were when one thing changes. The latest few hundred are kept.
"""

from collections.abc import Hashable
from functools import lru_cache
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language


class Address(NamedTuple):
    """What a piece needs to know of the plan."""

    slug: str


def piece(template: str, **values: Hashable) -> SafeString:
    """Return a piece in the language of the page."""
    return _made(template, get_language(), **values)


@lru_cache(maxsize=512)
def _made(template: str, _language: str | None, **values: Hashable) -> SafeString:
    return render_to_string(template, values)
