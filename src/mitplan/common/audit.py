"""The record of every act: append-only, each entry chained to the one before it by its hash."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

from mitplan.common.models import AuditDetail, AuditEntry, AuditHead

if TYPE_CHECKING:
    from mitplan.accounts.models import User

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry of the chain that does not hold, and why."""

    number: int
    reason: str


def record(
    event: str,
    *,
    on: models.Model,
    by: "User | None",
    at: datetime,
    on_behalf_of: str = "",
    **data: object,
) -> AuditEntry:
    """Add one entry, inside the caller's transaction.

    The entry holds only hashes; who acted and what changed stand in an erasable detail row, so that
    personal data can be erased without breaking the chain.
    """
    if not connection.in_atomic_block:
        message = "An audit entry belongs into the transaction of its act."
        raise RuntimeError(message)
    head = AuditHead.locked()
    salt = secrets.token_hex(16)
    details = _canonical({"by": by.pk if by else None, "on_behalf_of": on_behalf_of, "data": data})
    entry = AuditEntry(
        number=head.number + 1,
        at=at,
        event=event,
        object_label=on._meta.label,
        object_id=str(on.pk),
        details_hash=_details_hash(salt, details),
        previous_hash=head.hash or GENESIS,
    )
    entry.hash = _entry_hash(entry)
    entry.save(force_insert=True)
    AuditDetail.objects.create(entry=entry, salt=salt, by=by, content=details)
    AuditHead.objects.filter(pk=head.pk).update(number=entry.number, hash=entry.hash)
    return entry


def first_break() -> Break | None:
    """Walk the chain from its beginning and return the first entry that does not hold."""
    previous, number = GENESIS, 0
    for entry, detail in _entries_with_details():
        if entry.number != number + 1:
            return Break(number + 1, "missing")
        if entry.previous_hash != previous:
            return Break(entry.number, "chain")
        if entry.hash != _entry_hash(entry):
            return Break(entry.number, "entry")
        if detail and _details_hash(detail.salt, detail.content) != entry.details_hash:
            return Break(entry.number, "details")
        previous, number = entry.hash, entry.number
    head = AuditHead.objects.first()
    if head and (head.number, head.hash or GENESIS) != (number, previous):
        return Break(number + 1, "missing")
    return None


def _entries_with_details() -> Iterator[tuple[AuditEntry, AuditDetail | None]]:
    for entry in AuditEntry.objects.order_by("number").select_related("detail").iterator(2000):
        yield entry, getattr(entry, "detail", None)


def _canonical(data: object) -> str:
    return json.dumps(
        data, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )


def _details_hash(salt: str, details: str) -> str:
    return hmac.new(salt.encode(), details.encode(), hashlib.sha256).hexdigest()


def _entry_hash(entry: AuditEntry) -> str:
    content = [
        entry.number,
        entry.at.timestamp(),
        entry.event,
        entry.object_label,
        entry.object_id,
        entry.details_hash,
        entry.previous_hash,
    ]
    return hashlib.sha256(_canonical(content).encode()).hexdigest()
