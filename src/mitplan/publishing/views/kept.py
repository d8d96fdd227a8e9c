"""Answers that need not be made again: the reader's browser, or a proxy, has this very page."""

import hashlib
from collections.abc import Callable
from importlib.metadata import version

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language

VERSION = version("mitplan")


def kept(request: HttpRequest, what: object, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer 304 where the page is known, else with the page.

    `what` names everything the page depends on. Pages for people who signed in or take the tour (they have
    a session), and pages that carry a message, are always made.
    """
    if {settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys():
        return answer()
    token = request.COOKIES.get("csrftoken", "")
    parts = (VERSION, get_language(), request.get_full_path(), token, what)
    etag = quote_etag(hashlib.sha256(repr(parts).encode()).hexdigest()[:32])
    response = get_conditional_response(request, etag=etag) or answer()
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    return response
