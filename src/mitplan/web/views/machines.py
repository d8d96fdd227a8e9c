"""Answers for machines: is the site up, what may be crawled, whom to tell about a hole."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mitplan.conference.permissions import allow_everyone
from mitplan.web.queries.health import problem_of_database
from mitplan.web.queries.operator import operator

PERSONAL = ("/aufgaben/", "/konto/", "/mitmachen/", "/neu/", "/rolle/")


@require_safe
@allow_everyone
@never_cache
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 – Django's signature
    """Does the process answer?"""
    return JsonResponse({"status": "ok"})


@require_safe
@allow_everyone
@never_cache
def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 – Django's signature
    """Can the site do its work: is the database reached, and is it up to date?"""
    problem = problem_of_database()
    answer = {"status": "unavailable", "problem": problem} if problem else {"status": "ok"}
    return JsonResponse(answer, status=503 if problem else 200)


@require_safe
@allow_everyone
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 – Django's signature
    """What may search engines read?"""
    closed = ("/",) if settings.DEMONSTRATION else PERSONAL
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@allow_everyone
def security(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 – Django's signature
    """Whom does one tell about a security hole?"""
    email = operator().email
    if not email:
        raise Http404
    expires = (timezone.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    text = f"Contact: mailto:{email}\nExpires: {expires}\nPreferred-Languages: de, en\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
