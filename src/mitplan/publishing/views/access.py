"""What a visitor may reach: plans by their name, editions that are public or in one's own work."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.forms import BaseForm
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from mitplan.accounts.models import User
from mitplan.plan.models import Edition, Plan
from mitplan.plan.permissions import may_read_draft


def plan_or_404(slug: str) -> Plan:
    """Return a plan by its short name."""
    return get_object_or_404(Plan, slug=slug)


def edition_or_404(request: HttpRequest, slug: str, number: int) -> Edition:
    """Return an edition; those not released are there only for people who work on the draft."""
    return editions_or_404(request, slug, number)[0]


def editions_or_404(request: HttpRequest, slug: str, *numbers: int) -> list[Edition]:
    """Return several editions of a plan in the order asked for, each public or in one's own work."""
    wanted = Q(number=numbers[0]) | Q(number=numbers[-1])  # unlike `in`, bears numbers of any size
    rows = Edition.objects.filter(wanted, plan__slug=slug).select_related("plan")
    found = {edition.number: edition for edition in rows}
    if not found.keys() >= set(numbers):
        raise Http404
    hidden = any(edition.released_at is None for edition in found.values())
    if hidden and not may_read_draft(request.user):
        raise Http404
    return [found[number] for number in numbers]


def put_back(form: BaseForm, problem: ValidationError) -> None:
    """Show in a form what an action refused, whichever field of a model it was about."""
    form.add_error(None, ValidationError(problem.messages))


def person(request: HttpRequest) -> User:
    """Return who acts; a page for everybody may be asked to act by nobody."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
