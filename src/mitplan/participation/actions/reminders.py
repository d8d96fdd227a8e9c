"""Reminding: whoever is due gets one mail, however often this runs and whatever the clock says."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from mitplan.accounts.models import User
from mitplan.common import audit, mail
from mitplan.participation.models import MailChoice, ReminderSent
from mitplan.participation.queries.reminder_texts import subject_and_body
from mitplan.participation.queries.reminders import (
    Recipient,
    Reminder,
    items_of_digests,
    reminders_of_deadlines,
)

LOG = logging.getLogger(__name__)


def remind(*, at: datetime) -> int:
    """Write the mails that are due and not written yet; return how many.

    Each person gets at most one mail a day and one digest a week; what did not fit today is still due
    tomorrow. The keys are written in the transaction of the mail: both stand, or neither.
    """
    reminders, digests = _by_person(reminders_of_deadlines(at)), _by_person(items_of_digests(at))
    written = 0
    for person in dict.fromkeys([*reminders, *digests]):
        try:
            written += _remind(person, reminders[person], digests[person], at)
        except IntegrityError:  # another process reminds this person right now
            LOG.info("reminded by another process")
    return written


def _by_person(found: Iterable[Reminder]) -> defaultdict[Recipient, list[Reminder]]:
    grouped: defaultdict[Recipient, list[Reminder]] = defaultdict(list)
    for each in found:
        grouped[each.recipient].append(each)
    return grouped


@transaction.atomic
def _remind(
    person: Recipient, reminders: Sequence[Reminder], digest: Sequence[Reminder], at: datetime
) -> bool:
    today = timezone.localdate(at)
    day, week = _day_key(person, today), _week_key(person, today)
    known = _known([day, week, *(each.key for each in reminders)])
    new = [each for each in reminders if each.key not in known]
    weekly = list(digest) if person.wants_digest and week not in known else []
    if day in known or not (new or weekly):
        return False
    subject, body = subject_and_body(person, new, weekly)
    sent = mail.queue(to=person.email, subject=subject, body=body, at=at)
    keys = [day, *([week] if weekly else []), *dict.fromkeys(each.key for each in new)]
    ReminderSent.objects.bulk_create(
        ReminderSent(key=key, mail=sent, written_at=at) for key in keys
    )
    return True


def _day_key(person: Recipient, today: date) -> str:
    return f"day:{today}:{person.key}"


def _week_key(person: Recipient, today: date) -> str:
    year, week, _weekday = today.isocalendar()
    return f"week:{year}-{week:02d}:{person.key}"


def _known(keys: Sequence[str]) -> set[str]:
    return set(ReminderSent.objects.filter(key__in=keys).values_list("key", flat=True))


@transaction.atomic
def choose_mails(*, user: User, wants_digest: bool, language: str, at: datetime) -> MailChoice:
    """Keep which mails a person wants, and in which language."""
    choice, _is_new = MailChoice.objects.update_or_create(
        user=user, defaults={"wants_digest": wants_digest, "language": language}
    )
    audit.record(
        "participation.mail_choice.changed",
        on=choice,
        by=user,
        at=at,
        wants_digest=wants_digest,
        language=language,
    )
    return choice
