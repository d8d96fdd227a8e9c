"""Files that were asked for and wait to be fetched."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common.models import Export
from mitplan.web.queries.due import Task

MOST = 10


def files_to_fetch(user: User) -> Iterator[Task]:
    """Yield the files that became ready, or failed, since somebody asked for them."""
    waiting = Export.objects.filter(
        asked_by=user,
        fetched_at__isnull=True,
        state__in=[Export.State.DONE, Export.State.FAILED],
    )
    for each in waiting.order_by("-moved_at")[:MOST]:
        title = (
            _("Herunterladen: %(title)s") if each.is_done else _("Nicht erstellt: %(title)s")
        ) % {"title": each.title}
        yield Task(title, each.get_absolute_url(), each.problem)
