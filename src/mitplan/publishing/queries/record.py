"""The end of the audit chain, and its last entries without personal data."""

from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db.models import QuerySet

from mitplan.common.audit import GENESIS
from mitplan.common.models import AuditEntry, AuditHead


@dataclass(frozen=True, slots=True)
class Head:
    """How many acts are recorded, the hash of the last one, and when it was."""

    number: int
    hash: str
    at: datetime | None


def head() -> Head:
    """Return the end of the chain."""
    found = AuditHead.objects.first()
    if found is None or not found.number:
        return Head(0, GENESIS, None)
    at = AuditEntry.objects.values_list("at", flat=True).filter(number=found.number).first()
    return Head(found.number, found.hash, at)


def entries() -> QuerySet[AuditEntry]:
    """Return the entries, the newest first; who acted and what was said stands elsewhere."""
    return AuditEntry.objects.order_by("-number")


def thing_name(label: str) -> str:
    """Return the word for what an entry is about."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except LookupError:
        return label
