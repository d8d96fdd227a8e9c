"""A reported barrier reaches somebody who can remove it."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import audit, mail
from mitplan.common.models import OutgoingMail
from mitplan.web.queries.operator import address_for_barriers

SUBJECT = "Barriere gemeldet"
"""The same in every language: the operator reads it, and the reports of an hour are counted by it."""

MOST_PER_HOUR = 20


@transaction.atomic
def report_barrier(
    *, text: str, page: str, reply_to: str, by: User | None, at: datetime
) -> OutgoingMail:
    """Write the report as a mail that is kept until it has left."""
    to = address_for_barriers()
    if not to:
        raise ValidationError(
            _(
                "Für diese Seite ist noch keine Adresse hinterlegt, an die Ihre Meldung gehen kann. "
                "Bitte wenden Sie sich an den Betreiber; er steht im Impressum."
            )
        )
    _require_calm(at)
    report = mail.queue(to=to, subject=SUBJECT, body=_body(text, page, reply_to), at=at)
    audit.record("web.barrier.reported", on=report, by=by, at=at, page=page)
    return report


def _require_calm(at: datetime) -> None:
    """Refuse a flood; counted in the database, so that all processes count together."""
    since = at - timedelta(hours=1)
    if OutgoingMail.objects.filter(subject=SUBJECT, queued_at__gte=since).count() >= MOST_PER_HOUR:
        raise ValidationError(
            _(
                "In der letzten Stunde kamen sehr viele Meldungen an. Bitte versuchen Sie es in einer "
                "Stunde noch einmal, oder rufen Sie an."
            )
        )


def _body(text: str, page: str, reply_to: str) -> str:
    return "\n\n".join(
        [
            text,
            f"Seite: {page or 'nicht angegeben'}",
            f"Antwort an: {reply_to or 'nicht gewünscht'}",
        ]
    )
