"""Rows of the audit chain, and mail on its way."""

from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
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
        return cls.objects.select_for_update(no_key=True).get_or_create(pk=1)[0]


class OutgoingMail(models.Model):
    """A mail that was written in the transaction of an act and is sent after it, under one name for good."""

    class State(models.TextChoices):
        QUEUED = "queued", _("wird versandt")
        SENDING = "sending", _("wird übergeben")
        SENT = "sent", _("versandt")
        FAILED = "failed", _("nicht zustellbar")
        BOUNCED = "bounced", _("zurückgekommen")

    UNDELIVERED = (State.FAILED, State.BOUNCED)

    to = models.EmailField(_("an"))
    subject = models.CharField(_("Betreff"), max_length=200)
    body = models.TextField(_("Text"))
    message_id = models.CharField(
        _("Kennung der Nachricht"),
        max_length=200,
        blank=True,
        db_index=True,
    )
    state = models.CharField(_("Zustellung"), max_length=10, choices=State, default=State.QUEUED)
    problem = models.TextField(_("Meldung des Servers"), blank=True)
    attempts = models.PositiveSmallIntegerField(_("Versuche"), default=0)
    queued_at = models.DateTimeField(_("geschrieben am"))
    begun_at = models.DateTimeField(_("Übergabe begonnen am"), null=True, blank=True)
    next_try_at = models.DateTimeField(_("nächster Versuch am"), null=True, blank=True)
    sent_at = models.DateTimeField(_("versandt am"), null=True, blank=True)
    bounced_at = models.DateTimeField(_("zurückgekommen am"), null=True, blank=True)

    class Meta:
        verbose_name = _("ausgehende E-Mail")
        verbose_name_plural = _("ausgehende E-Mails")
        indexes = [models.Index(name="outgoingmail_by_state", fields=["state", "queued_at"])]

    def __str__(self) -> str:
        return self.subject


class Export(models.Model):
    """A file that takes longer to make than somebody waits for a page; made by a job, kept to be fetched."""

    class State(models.TextChoices):
        WAITING = "waiting", _("wartet")
        RUNNING = "running", _("wird erstellt")
        DONE = "done", _("fertig")
        FAILED = "failed", _("nicht erstellt")

    kind = models.CharField(_("Art"), max_length=40)
    title = models.CharField(_("Titel"), max_length=300)
    parameters = models.JSONField(_("Auswahl"), default=dict)
    language = models.CharField(_("Sprache"), max_length=10)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports"
    )
    asked_at = models.DateTimeField(_("bestellt am"))
    state = models.CharField(_("Stand"), max_length=8, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(_("davon fertig"), default=0)
    total = models.PositiveIntegerField(_("insgesamt"), default=0)
    problem = models.TextField(_("Hinweis"), blank=True)
    filename = models.CharField(_("Dateiname"), max_length=200)
    file = models.FileField(_("Datei"), upload_to="exports/", blank=True)
    sha256 = models.CharField(_("Prüfsumme"), max_length=64, blank=True)
    moved_at = models.DateTimeField(_("zuletzt vorangekommen am"))
    fetched_at = models.DateTimeField(_("abgeholt am"), null=True, blank=True)

    class Meta:
        verbose_name = _("bestellte Datei")
        verbose_name_plural = _("bestellte Dateien")
        indexes = [models.Index(name="export_by_person", fields=["asked_by", "fetched_at"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("web:export", args=[self.pk])

    @property
    def is_under_way(self) -> bool:
        """Whether one still has to wait."""
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def is_done(self) -> bool:
        """Whether it can be fetched."""
        return self.state == self.State.DONE


class SharedCacheEntry(models.Model):
    """What all processes know alike for a short time, in the columns Django's database cache wants."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key
