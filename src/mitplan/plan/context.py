"""What every page shows of the plan."""

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest

from mitplan.plan.queries import title_of_only_plan


def plan_name(request: HttpRequest) -> dict[str, Callable[[], str]]:  # noqa: ARG001 – Django's signature
    """Give the frame the name of the plan; pages that know it themselves spare the statement."""
    return {"plan_name": cache(title_of_only_plan)}
