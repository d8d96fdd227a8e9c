"""Answers that need not be made again: the reader's browser, a proxy, or this process has this very page."""

import hashlib
from collections.abc import Callable
from importlib.metadata import version

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import get_language

VERSION = version("mitplan")


def kept(
    request: HttpRequest,
    what: object,
    answer: Callable[[], HttpResponse],
    *,
    in_process: bool = False,
) -> HttpResponse:
    """Answer 304 where the page is known, else with the page.

    `what` names everything the page depends on. Pages for people who signed in or take the tour (they have
    a session), and pages that carry a message, are always made. With `in_process` the bare address is made
    once for everybody: for few pages that are large and read often.
    """
    if {settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys():
        return answer()
    token = request.COOKIES.get("csrftoken", "")
    parts = (VERSION, get_language(), request.get_full_path(), token, settings.DEMONSTRATION, what)
    etag = quote_etag(hashlib.sha256(repr(parts).encode()).hexdigest()[:32])
    response = get_conditional_response(request, etag=etag)
    if response is None and in_process and not token and not request.GET:
        response = _made_once(etag, answer)
    response = response or answer()
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response


def _made_once(etag: str, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Return the page as it was made for this very tag; what no tag names any more makes room."""
    content: bytes | None = caches["pages"].get(etag)
    if content is not None:
        return HttpResponse(content)
    response = answer()
    if response.status_code == HttpResponse.status_code:
        caches["pages"].set(etag, response.content)
    return response
