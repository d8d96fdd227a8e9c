"""Mails that came back: reports of mail servers (RFC 3464), read from mail files, noted with the mail."""

import mailbox
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parseaddr
from pathlib import Path

from django.db import transaction

from mitplan.common.models import OutgoingMail

REPORT = "message/delivery-status"
ORIGINALS = ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers")
FAILED = "failed"
MBOX_BEGINS = b"From "


@dataclass(frozen=True, slots=True)
class Return:
    """What a server says of one recipient of one mail."""

    message_id: str
    recipient: str
    action: str
    status: str
    diagnosis: str

    @property
    def sentence(self) -> str:
        """The reason in the server's words."""
        return " ".join(part for part in (self.status, self.diagnosis) if part)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done with the reports of some files."""

    noted: tuple[OutgoingMail, ...]
    known: tuple[OutgoingMail, ...]
    unknown: tuple[Return, ...]
    unread: int


def read_files(paths: Iterable[Path]) -> Iterator[EmailMessage]:
    """Yield the mails of files, each file one mail (.eml) or a mailbox (mbox)."""
    for path in paths:
        with path.open("rb") as file:
            is_mailbox = file.read(len(MBOX_BEGINS)) == MBOX_BEGINS
        if is_mailbox:
            box = mailbox.mbox(path, create=False)
            yield from (_parsed(each.as_bytes()) for each in box)
            box.close()
        else:
            yield _parsed(path.read_bytes())


def _parsed(content: bytes) -> EmailMessage:
    # A report may hold headers nobody could write; the default policy reads them without complaint.
    return message_from_bytes(content, policy=policy.default)


def returns_of(mail: EmailMessage) -> list[Return]:
    """Return what a report says of each recipient; nothing where a mail is no report."""
    report = _part(mail, (REPORT,))
    if report is None or not report.is_multipart():
        return []
    message_id = _message_id(_part(mail, ORIGINALS))
    blocks = [block for block in report.get_payload() if isinstance(block, Message)]
    found = (_return(block, message_id) for block in blocks)
    return [each for each in found if each.recipient and each.action]


def _part(mail: EmailMessage, types: tuple[str, ...]) -> Message | None:
    return next((part for part in mail.walk() if part.get_content_type() in types), None)


def _message_id(original: Message | None) -> str:
    if original is None:
        return ""
    parts = original.get_payload()
    raw = original.get_payload(decode=True)
    headers: Message = message_from_bytes(raw if isinstance(raw, bytes) else b"")
    if isinstance(parts, list) and parts and isinstance(parts[0], Message):
        headers = parts[0]
    return " ".join(str(headers.get("Message-ID", "")).split())


def _return(block: Message, message_id: str) -> Return:
    return Return(
        message_id,
        _after_type(block.get("Original-Recipient")) or _after_type(block.get("Final-Recipient")),
        str(block.get("Action", "")).strip().lower(),
        str(block.get("Status", "")).strip(),
        _after_type(block.get("Diagnostic-Code")),
    )


def _after_type(value: object) -> str:
    """Return what follows the type of a field, as in `rfc822; a@example.org`."""
    text = " ".join(str(value or "").split())
    return text.partition(";")[2].strip() if ";" in text else text


def note_returns(mails: Iterable[EmailMessage], *, at: datetime) -> Outcome:
    """Note which of our mails came back; reading the same report again changes nothing."""
    noted: list[OutgoingMail] = []
    known: list[OutgoingMail] = []
    unknown: list[Return] = []
    unread = 0
    for mail in mails:
        returns = returns_of(mail)
        unread += not returns
        for each in returns:
            if each.action != FAILED:
                continue
            ours = _mail_of(each)
            if ours is None:
                unknown.append(each)
            else:
                (noted if _note(ours, each, at) else known).append(ours)
    return Outcome(tuple(noted), tuple(known), tuple(unknown), unread)


def _mail_of(each: Return) -> OutgoingMail | None:
    """Return the mail a report speaks of: by its name, or else the newest to that address."""
    if each.message_id:
        found = OutgoingMail.objects.filter(message_id=each.message_id)
        return found.first()
    left = (OutgoingMail.State.SENT, OutgoingMail.State.BOUNCED)
    address = parseaddr(each.recipient)[1]
    return OutgoingMail.objects.filter(to__iexact=address, state__in=left).order_by("-pk").first()


@transaction.atomic
def _note(mail: OutgoingMail, each: Return, at: datetime) -> bool:
    returned = {OutgoingMail.State.BOUNCED, OutgoingMail.State.FAILED}
    standing = OutgoingMail.objects.filter(pk=mail.pk).exclude(state__in=returned)
    return bool(
        standing.update(
            state=OutgoingMail.State.BOUNCED, problem=each.sentence, bounced_at=at, body=""
        )
    )
