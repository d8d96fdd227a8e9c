"""Mail: written in the transaction of an act, sent by a job after it."""

import smtplib
from datetime import datetime

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from mitplan.common.models import OutgoingMail


def queue(*, to: str, subject: str, body: str, at: datetime) -> OutgoingMail:
    """Write a mail inside the caller's transaction; it leaves once the transaction holds."""
    mail = OutgoingMail.objects.create(to=to, subject=subject, body=body, queued_at=at)
    transaction.on_commit(lambda: deliver.enqueue(mail.pk))
    return mail


@task()  # type: ignore[untyped-decorator]  # django-tasks has no types
def deliver(mail_id: int) -> None:
    """Send one mail, once, however often the job runs; what the server refuses is kept with the mail."""
    with transaction.atomic():
        mail = OutgoingMail.objects.select_for_update(no_key=True).get(pk=mail_id)
        if mail.state != OutgoingMail.State.QUEUED:
            return
        try:
            send_mail(mail.subject, mail.body, None, [mail.to])
        except (smtplib.SMTPException, OSError) as problem:
            mail.state, mail.problem = OutgoingMail.State.FAILED, str(problem)
        else:
            # The text may hold a personal link; it has done its work and is not kept.
            mail.state, mail.sent_at, mail.body = OutgoingMail.State.SENT, timezone.now(), ""
        mail.save()
