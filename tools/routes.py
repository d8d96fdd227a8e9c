"""Every address of the site with the roles that may reach it, read from the views themselves."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from mitplan.accounts.models import Role

FOREIGN = ("account", "mfa", "socialaccount")
"""Name prefixes of routes that a library serves and guards."""


@dataclass(frozen=True, slots=True)
class Route:
    """One address: its name, its pattern, and who may reach it; None where the view does not say."""

    name: str
    pattern: str
    roles: frozenset[Role] | None


def every_route() -> list[Route]:
    """Return our own routes, sorted by name."""
    found = _walk(get_resolver(), prefix="/", namespace="")
    return sorted(found, key=lambda route: route.name)


def _walk(resolver: URLResolver, *, prefix: str, namespace: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, prefix=pattern, namespace=inner)
        elif not (entry.name or "").startswith(FOREIGN):
            yield _route(entry, pattern, namespace)


def _route(entry: URLPattern, pattern: str, namespace: str) -> Route:
    roles = getattr(entry.callback, "roles", None)
    if roles and Role.PERSON in roles:
        roles |= set(Role) - {Role.VISITOR}  # everybody who signs in is a person with an account
    return Route(f"{namespace}{entry.name}", pattern, roles)
