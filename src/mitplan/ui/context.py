"""What every page shows around its content: the product, the ways through it, the demonstration."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_bidi, gettext_lazy

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


@dataclass(frozen=True, slots=True)
class Way:
    """One link of a navigation."""

    label: str
    url: str
    current: bool = False


def page(request: HttpRequest) -> dict[str, object]:
    """Give every page its frame."""
    return {
        "product": PRODUCT,
        "navigation": _ways(WAYS, request.path),
        "legal_navigation": _ways(LEGAL_WAYS, request.path),
        "languages": settings.LANGUAGES,
        "text_direction": "rtl" if get_language_bidi() else "ltr",
        "demonstration": settings.DEMONSTRATION,
        "here": request.get_full_path(),
    }


def _ways(ways: tuple[tuple[object, str], ...], path: str) -> list[Way]:
    return [Way(str(label), url, path.startswith(url)) for label, url in ways]
