"""What an organisation handed in, as plain text: the copy that goes with the receipt."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mitplan.participation.models import Point, Submission
from mitplan.participation.queries.effects import Effect, lines_of

Told = tuple[Point, Sequence[Effect]]
"""A point, and what it changes."""


def copy_of(submission: Submission, points: Iterable[Told]) -> str:
    """Return a submission with its letter and its points as plain text."""
    return "\n".join(_lines(submission, points)) + "\n"


def _lines(submission: Submission, points: Iterable[Told]) -> Iterator[str]:
    received = timezone.localtime(submission.received_at)
    yield _("Kopie der Stellungnahme %(number)s") % {"number": submission.number}
    yield submission.organisation_name
    yield submission.consultation.title
    yield _("Eingegangen: %(moment)s") % {"moment": date_format(received, "DATETIME_FORMAT")}
    yield _("Prüfsumme: %(hash)s") % {"hash": submission.sha256}
    if submission.has_no_remarks:
        yield from ("", _("Keine Anmerkungen."))
    if submission.letter:
        yield from ("", submission.letter)
    for point, effects in points:
        yield ""
        yield from _point(point, effects)


def _point(point: Point, effects: Sequence[Effect]) -> Iterator[str]:
    where = ""
    if point.passage and not effects:
        where = " · " + _("Textstelle %(number)s") % {"number": point.passage.number}
    yield f"{point.number} · {point.get_kind_display()}{where}"
    if point.question:
        yield _("Frage: %(text)s") % {"text": point.question.text}
    for effect in effects:
        yield from lines_of(effect)
    if point.text:
        yield point.text
    if point.reason:
        yield _("Begründung: %(text)s") % {"text": point.reason}
