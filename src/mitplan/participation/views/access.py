"""Who acts on a page, and how the page was asked for."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from mitplan.accounts.models import User


def person(request: HttpRequest) -> User:
    """Return who acts; a page for everybody may be asked to act by nobody."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def asks_for_part(request: HttpRequest) -> bool:
    """Tell whether htmx asks for a part of the page."""
    return request.headers.get("HX-Request") == "true"


def saves_itself(request: HttpRequest) -> bool:
    """Tell whether the page saves by itself, with nobody waiting for an answer."""
    return request.headers.get("X-Requested-With") == "autosave"
