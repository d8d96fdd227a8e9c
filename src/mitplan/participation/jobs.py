"""Work of participation that is done beside the pages."""

from django.utils import timezone
from django_tasks import task

from mitplan.participation import actions
from mitplan.plan.models import Plan


@task()  # type: ignore[untyped-decorator]  # django-tasks has no types
def carry_proposals(plan: int) -> int:
    """Carry the open proposals on a plan to its newest edition; running it again changes nothing."""
    return actions.carry_proposals(plan=Plan.objects.get(pk=plan), at=timezone.now())
