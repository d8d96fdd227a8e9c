"""What every page shows while the site is a demonstration: the change of roles, and the tour."""

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from mitplan.demo.queries import tour
from mitplan.demo.roles import DemoRole, role_of

TOUR = "tour"
"""Where the session remembers the step, and the word for it in addresses."""


def role_switch(request: HttpRequest) -> dict[str, str]:
    """Offer the roles and say where the tour stands; nothing where real people decide."""
    if not settings.DEMONSTRATION:
        return {}
    context = {
        "roles": DemoRole.choices,
        "current": role_of(request.user),
        "here": request.get_full_path(),
        "steps": len(tour.steps()),
        "step": current_step(request),
    }
    return {"role_switch": render_to_string("demo/role_switch.html", context)}


def current_step(request: HttpRequest) -> tour.Step | None:
    """Return the step of the tour the visitor is at: by the address, or else by the session.

    The pages of the tour themselves say so anyway.
    """
    if request.path.startswith(reverse("demo:tour")):
        return None
    number = str(request.GET.get(TOUR) or request.session.get(TOUR, ""))
    return next((step for step in tour.steps() if str(step.number) == number), None)
