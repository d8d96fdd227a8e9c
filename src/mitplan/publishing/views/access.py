"""What a visitor may reach: plans by their name, editions that are public or in one's own work."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from mitplan.accounts.models import User
from mitplan.plan.models import Edition, Plan
from mitplan.plan.permissions import may_read_draft
from mitplan.plan.queries import current_edition


def plan_or_404(slug: str) -> Plan:
    """Return a plan by its short name."""
    return get_object_or_404(Plan, slug=slug)


def edition_or_404(request: HttpRequest, slug: str, number: int) -> Edition:
    """Return an edition; those not released are there only for people who work on the draft."""
    edition: Edition = get_object_or_404(
        Edition.objects.select_related("plan"), plan__slug=slug, number=number
    )
    if edition.released_at is None and not may_read_draft(request.user):
        raise Http404
    return edition


def current_edition_of(plan: Plan) -> Edition | None:
    """Return what holds, with its plan at hand."""
    edition = current_edition(plan)
    if edition:
        edition.plan = plan
    return edition


def person(request: HttpRequest) -> User:
    """Return who acts; a page for everybody may be asked to act by nobody."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
