"""Work of participation that is done beside the pages."""

import hashlib
import logging
import zipfile
from typing import IO

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django_tasks import task

from mitplan.common import large_files
from mitplan.common.models import Export
from mitplan.participation import actions
from mitplan.participation.actions.reminders import remind
from mitplan.participation.forms.points_table import asked
from mitplan.participation.models import BulkLetter, Consultation
from mitplan.participation.queries import points_table_files, replies, reply_templates
from mitplan.plan.models import Plan

LOG = logging.getLogger(__name__)


@task()  # type: ignore[untyped-decorator]  # django-tasks has no types
def carry_proposals(plan: int) -> int:
    """Carry the open proposals on a plan to its newest edition; running it again changes nothing."""
    return actions.carry_proposals(plan=Plan.objects.get(pk=plan), at=timezone.now())


@task()  # type: ignore[untyped-decorator]  # django-tasks has no types
def send_reminders() -> int:
    """Remind whoever is due; running it again writes nothing twice."""
    return remind(at=timezone.now())


@task()  # type: ignore[untyped-decorator]  # django-tasks has no types
def take_bulk_letter(letter: int) -> None:
    """Take in one letter of a bulk; running it again changes nothing."""
    row = BulkLetter.objects.get(pk=letter)
    try:
        actions.take_bulk_letter(letter=row, at=timezone.now())
    except Exception:
        LOG.exception("letter %s of a bulk could not be read", letter)
        actions.give_up_bulk_letter(letter=row, at=timezone.now())


def resume_letters() -> int:
    """Have the letters taken in that a killed worker left waiting; one that is done already stays as it is."""
    waiting = BulkLetter.objects.filter(state=BulkLetter.State.WAITING).order_by("pk")
    keys = list(waiting.values_list("pk", flat=True))
    for key in keys:
        take_bulk_letter.enqueue(key)
    return len(keys)


@task()  # type: ignore[untyped-decorator]  # django-tasks has no types
def make_points_table(export: int) -> None:
    """Make a points table as a Word file; it holds what its orderer might see."""
    large_files.make(export, _write_points_table)


def _write_points_table(export: Export, target: IO[bytes], progress: large_files.Progress) -> None:
    wanted = export.parameters
    consultation = Consultation.objects.select_related("edition__plan").get(
        number=wanted["consultation"]
    )
    query = QueryDict(wanted["query"])
    table = asked(consultation, query, timezone.localdate(), may_see_inside=wanted["is_internal"])
    total = table.points.count()
    progress(0, total)
    points_table_files.write_docx(
        target,
        consultation=consultation,
        variant=table.variant,
        found=table.lines(),
        facts=table.facts(total),
        base=settings.PUBLIC_URL,
        note=progress,
    )


@task()  # type: ignore[untyped-decorator]  # django-tasks has no types
def make_reply_letters(export: int) -> None:
    """Make the letters to all submitters of a round as one ZIP file."""
    large_files.make(export, _write_reply_letters)


def _write_reply_letters(export: Export, target: IO[bytes], progress: large_files.Progress) -> None:
    found = Consultation.objects.select_related("edition__plan")
    consultation = found.get(number=export.parameters["consultation"])
    content = reply_templates.content_of(reply_templates.template_of(consultation))
    template = reply_templates.opened(content)
    points, day = replies.points_to_answer(consultation), timezone.localdate()
    total, done = len(replies.submitters(consultation)), 0
    archive = zipfile.ZipFile(target, "w", zipfile.ZIP_STORED)
    with archive, replies.in_the_language_of_letters():
        for reply in replies.replies(points, consultation, replies.EVERYTHING):
            archive.writestr(reply.filename, replies.letter(reply, template, day))
            done += 1
            progress(done, total)
    actions.note_replies_made(
        consultation=consultation,
        letters=done,
        template_sha256=hashlib.sha256(content).hexdigest(),
        by=export.asked_by,
        at=timezone.now(),
    )


@task()  # type: ignore[untyped-decorator]  # django-tasks has no types
def discard_unconfirmed_suggestions() -> int:
    """Delete suggestions nobody confirmed in time; running it again changes nothing."""
    return actions.discard_unconfirmed(at=timezone.now())
