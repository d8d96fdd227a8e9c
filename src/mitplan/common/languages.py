"""Which language is spoken: to a person at a page, and to everybody in what is kept or sent."""

from contextlib import AbstractContextManager

from django.conf import settings
from django.utils.translation import override


def in_plan_language() -> AbstractContextManager[None]:
    """Speak the language of the plan, whichever the person who acts reads the pages in.

    For words that stay on record and for mails to others.
    """
    return override(settings.LANGUAGE_CODE)
