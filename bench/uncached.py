"""Mitplan's settings without any cache: every page is made anew."""

from mitplan.config.settings import *  # noqa: F403 – all of them, but one
from mitplan.config.settings import CACHES as USUAL

CACHES = USUAL | {"pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
