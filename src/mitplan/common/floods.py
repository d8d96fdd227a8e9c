"""A limit against floods: how often something may come from one place, counted by all processes together."""

from datetime import timedelta

from django.core.cache import cache


def is_flood(scope: str, whom: str, *, most: int, within: timedelta) -> bool:
    """Count one more from a place, and tell whether that is more than is allowed within a time.

    The cache stores keys sealed, so that nobody reads from it who wrote.
    """
    key = f"{scope}:{whom}"
    cache.add(key, 0, within.total_seconds())
    try:
        return cache.incr(key) > most
    except ValueError:  # the time ended between the two lines
        return False
