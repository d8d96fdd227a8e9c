"""Work of publishing that is done beside the pages."""

from django.utils import timezone
from django_tasks import task

from mitplan.publishing import actions


@task()  # type: ignore[untyped-decorator]  # django-tasks has no types
def refresh_search() -> int:
    """Bring the search up to what is public now; running it again changes nothing."""
    return actions.rebuild_search(at=timezone.now())
