"""Work of publishing that is done beside the pages."""

from typing import IO

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from mitplan.common import large_files
from mitplan.common.models import Export
from mitplan.plan.models import Edition
from mitplan.publishing import actions
from mitplan.publishing.queries import synopsis_files


@task()  # type: ignore[untyped-decorator]  # django-tasks has no types
def refresh_search() -> int:
    """Bring the search up to what is public now; running it again changes nothing."""
    return actions.rebuild_search(at=timezone.now())


@task()  # type: ignore[untyped-decorator]  # django-tasks has no types
def make_synopsis(export: int) -> None:
    """Make a long synopsis as a Word file."""
    large_files.make(export, _write_synopsis)


def _write_synopsis(export: Export, target: IO[bytes], progress: large_files.Progress) -> None:
    wanted = export.parameters
    found = Edition.objects.select_related("plan").in_bulk(wanted["editions"])
    columns = [found[key] for key in wanted["editions"]]
    rows = synopsis_files.rows_of(columns, wanted["which"])
    synopsis_files.write_docx(
        target,
        columns=columns,
        rows=rows,
        facts=synopsis_files.facts_of(columns, wanted["shown"], rows),
        base=settings.PUBLIC_URL,
        note=progress,
    )
