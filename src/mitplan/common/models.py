"""Rows of the audit chain."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mitplan.common.immutable import Immutable


class AuditEntry(Immutable):
    """One act on the record; chained to the entry before it."""

    number = models.PositiveBigIntegerField(_("Nummer"), primary_key=True)
    at = models.DateTimeField(_("Zeitpunkt"))
    event = models.CharField(_("Vorgang"), max_length=80)
    object_label = models.CharField(_("Art"), max_length=80)
    object_id = models.CharField(_("Kennung"), max_length=40)
    details_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("Protokolleintrag")
        verbose_name_plural = _("Protokolleinträge")
        indexes = [models.Index(name="audit_by_object", fields=["object_label", "object_id"])]

    def __str__(self) -> str:
        return f"{self.number} {self.event}"


class AuditDetail(models.Model):
    """Who acted and what changed; may be erased without breaking the chain."""

    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="detail")
    salt = models.CharField(max_length=32)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    content = models.TextField()

    def __str__(self) -> str:
        return f"{self.entry_id}"


class AuditHead(models.Model):
    """The end of the chain; locked while an entry is added, so that the chain never forks."""

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.number}"

    @classmethod
    def locked(cls) -> Self:
        """Return the only row, locked until the transaction ends."""
        return cls.objects.select_for_update().get_or_create(pk=1)[0]
