"""What an organisation handed in, as plain text: the copy that goes with the receipt."""

from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mitplan.participation.models import Submission
from mitplan.participation.queries.drafts import PointCard


def copy_of(submission: Submission, cards: Iterable[PointCard]) -> str:
    """Return a submission with its letter and its points as plain text."""
    return "\n".join(_lines(submission, cards)) + "\n"


def _lines(submission: Submission, cards: Iterable[PointCard]) -> Iterator[str]:
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
    for card in cards:
        yield ""
        yield from _point(card)


def _point(card: PointCard) -> Iterator[str]:
    point = card.point
    where = ""
    if card.passage and not card.effects:
        where = " · " + _("Textstelle %(number)s") % {"number": card.passage.number}
    yield f"{point.number} · {point.get_kind_display()}{where}"
    if point.question:
        yield _("Frage: %(text)s") % {"text": point.question.text}
    yield from card.lines
    if point.text:
        yield point.text
    if point.reason:
        yield _("Begründung: %(text)s") % {"text": point.reason}
