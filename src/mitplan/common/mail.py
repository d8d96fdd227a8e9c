"""Mail: written in the transaction of an act, handed to the mail server after it.

What "once" means with SMTP: a mail leaves the house when the server says so, and that answer is noted right
after it. Two workers never hand over the same mail, for the first one claims it. Only where a process is killed
between the server's answer and the note is the mail handed over a second time, under the same Message-ID, by
which mailboxes know it as the one they have. No mail is lost, and none is sent under two names.
"""

import logging
import smtplib
from datetime import datetime, timedelta
from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django_tasks import task

from mitplan.common.models import OutgoingMail

LOG = logging.getLogger(__name__)
State = OutgoingMail.State

LEFT_BEHIND = timedelta(minutes=1)
"""After this time nobody will come any more who was to deliver a mail."""

TAKES_AT_MOST = timedelta(minutes=15)
"""After this time whoever was handing a mail over is taken for dead."""

PAUSES = tuple(timedelta(minutes=each) for each in (5, 15, 60, 240, 720, 1440, 1440))
"""How long to wait after each refusal that may pass; after the last one the mail is given up."""

PERMANENT = 500


def queue(*, to: str, subject: str, body: str, at: datetime) -> OutgoingMail:
    """Write a mail inside the caller's transaction; it leaves once the transaction holds."""
    longest = OutgoingMail._meta.get_field("subject").max_length or 0
    one_line = " ".join(subject.split())
    short = one_line if len(one_line) <= longest else f"{one_line[: longest - 1]}…"
    mail = OutgoingMail.objects.create(
        to=to, subject=short, body=body, queued_at=at, message_id=new_message_id()
    )
    transaction.on_commit(lambda: deliver.enqueue(mail.pk))
    return mail


def new_message_id() -> str:
    """Return the name a mail keeps for good: a mail that is sent again is known by it as the same one."""
    return make_msgid(domain=parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2])


def queue_again(mail: OutgoingMail) -> bool:
    """Let a mail that was given up leave once more; what came back needs a new mail."""
    waiting = OutgoingMail.objects.filter(pk=mail.pk, state=State.FAILED)
    if not waiting.update(state=State.QUEUED, problem="", attempts=0, next_try_at=None):
        return False
    transaction.on_commit(lambda: deliver.enqueue(mail.pk))
    return True


@task()  # type: ignore[untyped-decorator]  # django-tasks has no types
def deliver(mail_id: int) -> None:
    """Hand over one mail, however often the job runs; what the server refuses is kept with the mail."""
    hand_over(mail_id, timezone.now())


@task()  # type: ignore[untyped-decorator]  # django-tasks has no types
def deliver_left_behind() -> int:
    """Hand over what was left behind, or is to be tried again; running it again sends nothing twice."""
    return send_left_behind(timezone.now())


def send_left_behind(now: datetime) -> int:
    """Hand over every mail that nobody else will; return how many the server took."""
    left_behind(now).filter(state=State.SENDING).update(state=State.QUEUED, begun_at=None)
    keys = list(left_behind(now).values_list("pk", flat=True))
    return sum(hand_over(key, now) for key in keys)


def left_behind(now: datetime) -> QuerySet[OutgoingMail]:
    """Return the mails nobody will deliver: their process died, or their next attempt is due.

    A clock that was set back leaves moments in the future; they count as long past.
    """
    never_begun = Q(state=State.QUEUED, next_try_at__isnull=True) & ~_about(
        "queued_at", now, LEFT_BEHIND
    )
    to_try_again = Q(state=State.QUEUED, next_try_at__isnull=False) & (
        Q(next_try_at__lte=now) | Q(next_try_at__gt=now + max(PAUSES))
    )
    cut_off = Q(state=State.SENDING) & ~_about("begun_at", now, TAKES_AT_MOST)
    return OutgoingMail.objects.filter(never_begun | to_try_again | cut_off).order_by("pk")


def _about(name: str, now: datetime, span: timedelta) -> Q:
    return Q(**{f"{name}__gt": now - span, f"{name}__lt": now + span})


def hand_over(mail_id: int, now: datetime) -> bool:
    """Hand a mail to the server unless somebody else does or did; tell whether the server took it."""
    mail = _claimed(mail_id, now)
    if mail is None:
        return False
    message = EmailMessage(
        mail.subject, mail.body, None, [mail.to], headers={"Message-ID": mail.message_id}
    )
    try:
        message.send()
    except (smtplib.SMTPException, OSError, ValueError) as problem:
        _note_refusal(mail, problem, now)
        return False
    # The text may hold a personal link; it has done its work and is not kept.
    _note(mail, state=State.SENT, sent_at=now, body="", problem="", next_try_at=None)
    return True


def _claimed(mail_id: int, now: datetime) -> OutgoingMail | None:
    """Return the mail, now ours alone, or nothing where it is another's or not yet due."""
    due = Q(next_try_at__isnull=True) | Q(next_try_at__lte=now)
    waiting = OutgoingMail.objects.filter(due, pk=mail_id, state=State.QUEUED)
    if not waiting.update(state=State.SENDING, begun_at=now, attempts=F("attempts") + 1):
        return None
    return OutgoingMail.objects.get(pk=mail_id)


def _note_refusal(mail: OutgoingMail, problem: Exception, now: datetime) -> None:
    LOG.warning("mail %s was not taken: %s", mail.pk, problem)
    if is_permanent(problem) or mail.attempts > len(PAUSES):
        _note(mail, state=State.FAILED, problem=str(problem), next_try_at=None)
    else:
        due = now + PAUSES[mail.attempts - 1]
        _note(mail, state=State.QUEUED, problem=str(problem), next_try_at=due)


def _note(mail: OutgoingMail, **values: object) -> None:
    claimed = OutgoingMail.objects.filter(pk=mail.pk, state=State.SENDING, begun_at=mail.begun_at)
    claimed.update(**values)


def is_permanent(problem: Exception) -> bool:
    """Tell whether the server will never take this mail; trouble of ours with the server passes."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _words in problem.recipients.values())
    if isinstance(problem, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return problem.smtp_code >= PERMANENT
    return isinstance(problem, ValueError)  # an address or a subject no mail can carry
