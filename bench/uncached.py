"""Mitplan's settings without any cache: every page is made anew."""

from mitplan.config.settings import *  # noqa: F403 – all of them, but one

CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
