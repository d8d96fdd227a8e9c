"""What every page shows around its content: the product, the ways through it, the demonstration."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, gettext_lazy

PRODUCT = "Mitplan"

WAYS = (
    (gettext_lazy("Plan"), "/plan/"),
    (gettext_lazy("Beteiligung"), "/beteiligung/"),
    (gettext_lazy("Anliegen"), "/anliegen/"),
    (gettext_lazy("Was wurde daraus"), "/ergebnis/"),
    (gettext_lazy("Ziele"), "/ziele/"),
    (gettext_lazy("Projekte"), "/projekte/"),
    (gettext_lazy("Konferenz"), "/konferenz/"),
    (gettext_lazy("Suche"), "/suche/"),
)
LEGAL_WAYS = (
    (gettext_lazy("Impressum"), "/impressum/"),
    (gettext_lazy("Datenschutz"), "/datenschutz/"),
    (gettext_lazy("Barrierefreiheit"), "/barrierefreiheit/"),
    (gettext_lazy("Leichte Sprache"), "/leichte-sprache/"),
    (gettext_lazy("Barriere melden"), "/barriere-melden/"),
)
NAVIGATIONS = {"main": WAYS, "legal": LEGAL_WAYS}


def page(request: HttpRequest) -> dict[str, object]:
    """Give every page its frame."""
    language = get_language()
    return {
        "product": PRODUCT,
        "navigation": _links("main", _current("main", request.path), language),
        "legal_navigation": _links("legal", _current("legal", request.path), language),
        "languages": settings.LANGUAGES,
        "text_direction": "rtl" if get_language_bidi() else "ltr",
        "demonstration": settings.DEMONSTRATION,
        "here": request.get_full_path(),
    }


def _current(name: str, path: str) -> str:
    return next((url for _label, url in NAVIGATIONS[name] if path.startswith(url)), "")


@lru_cache(maxsize=64)
def _links(name: str, current: str, _language: str | None) -> SafeString:
    """Write a navigation, which is the same on every page of a room, once in each language."""
    items = (
        (url, SafeString(' aria-current="page"' if url == current else ""), label)
        for label, url in NAVIGATIONS[name]
    )
    lines = format_html_join("", '<li><a href="{}"{}>{}</a></li>', items)
    return format_html("<ul>{}</ul>", lines)
