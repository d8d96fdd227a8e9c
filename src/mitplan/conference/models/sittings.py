"""Sittings, what is laid before them, and what they resolve."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mitplan.common.immutable import Immutable
from mitplan.common.partial_dates import PartialDateField
from mitplan.common.sourced import Sourced
from mitplan.conference.models.bodies import Body


class Sitting(Sourced):
    """A meeting of a body."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="sittings")
    on = PartialDateField(_("Tag"), blank=True)
    kind = models.CharField(_("Art"), max_length=80)
    place = models.CharField(_("Ort"), max_length=120, blank=True)
    subject = models.TextField(_("Gegenstand"), blank=True)

    class Meta(Sourced.Meta):
        verbose_name = _("Sitzung")
        verbose_name_plural = _("Sitzungen")

    def __str__(self) -> str:
        return f"{self.body}, {self.kind}"

    def get_absolute_url(self) -> str:
        return reverse("conference:sitting", args=[self.pk])


class AgendaItem(models.Model):
    """A numbered item of a sitting."""

    class Role(models.TextChoices):
        INFORMATION = "information", _("zur Kenntnis")
        DISCUSSION = "discussion", _("zur Beratung")
        DECISION = "decision", _("zum Beschluss")

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="agenda_items")
    number = models.PositiveSmallIntegerField(_("TOP"))
    title = models.CharField(_("Titel"), max_length=200)
    role = models.CharField(_("Zweck"), max_length=20, choices=Role)

    class Meta:
        verbose_name = _("Tagesordnungspunkt")
        verbose_name_plural = _("Tagesordnungspunkte")
        constraints = [
            models.UniqueConstraint(name="agendaitem_numbered_once", fields=["sitting", "number"]),
        ]

    def __str__(self) -> str:
        return f"TOP {self.number}: {self.title}"


class Paper(models.Model):
    """A document laid before a body; the day it was sent counts."""

    agenda_item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="papers")
    title = models.CharField(_("Titel"), max_length=200)
    sent_on = models.DateField(_("versandt am"))
    sha256 = models.CharField(_("Prüfsumme"), max_length=64, blank=True)
    file = models.FileField(_("Datei"), upload_to="papers/", blank=True)

    class Meta:
        verbose_name = _("Vorlage")
        verbose_name_plural = _("Vorlagen")

    def __str__(self) -> str:
        return self.title


class Resolution(Immutable):
    """What a body decided, with its votes."""

    agenda_item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, related_name="resolutions"
    )
    title = models.CharField(_("Titel"), max_length=200)
    text = models.TextField(_("Wortlaut"))
    decided_on = models.DateField(_("beschlossen am"))
    votes_yes = models.PositiveSmallIntegerField(_("Ja"), null=True, blank=True)
    votes_no = models.PositiveSmallIntegerField(_("Nein"), null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField(_("Enthaltungen"), null=True, blank=True)

    class Meta:
        verbose_name = _("Beschluss")
        verbose_name_plural = _("Beschlüsse")
        constraints = [
            models.CheckConstraint(
                name="resolution_counts_all_votes_or_none",
                condition=Q(votes_yes__isnull=True, votes_no__isnull=True, abstentions__isnull=True)
                | Q(votes_yes__isnull=False, votes_no__isnull=False, abstentions__isnull=False),
                violation_error_message=_("Bitte alle drei Stimmenzahlen angeben oder keine."),
            )
        ]

    def __str__(self) -> str:
        return self.title
