"""Indicators and their values; a goal names its indicator by code in its revisions."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mitplan.common.sourced import Sourced


class Indicator(Sourced):
    """What is measured: definition, unit, group."""

    code = models.CharField(_("Kürzel"), max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=300)
    definition = models.TextField(_("Definition"), blank=True)
    unit = models.CharField(_("Einheit"), max_length=60, blank=True)
    group = models.CharField(_("Gruppe"), max_length=120, blank=True)
    kind = models.CharField(_("Art"), max_length=20, blank=True)
    decimals = models.PositiveSmallIntegerField(_("Nachkommastellen"), default=1)
    publication_lag_days = models.PositiveSmallIntegerField(
        _("Verzug der Veröffentlichung in Tagen"), default=365
    )

    class Meta(Sourced.Meta):
        verbose_name = _("Indikator")
        verbose_name_plural = _("Indikatoren")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("monitoring:indicator", args=[self.code])


class Observation(Sourced):
    """One value of an indicator for a group, a region and a period. No value: it says why."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="observations")
    group = models.CharField(_("Gruppe"), max_length=120, blank=True)
    region = models.CharField(_("Gebiet"), max_length=100, default="Hessen")
    region_kind = models.CharField(_("Art des Gebiets"), max_length=30, default="Land")
    ags = models.CharField(_("Schlüssel"), max_length=60, blank=True)
    period = models.CharField(_("Zeitraum"), max_length=20, blank=True)
    period_end = models.DateField(_("Ende des Zeitraums"), null=True, blank=True)
    value = models.DecimalField(_("Wert"), max_digits=20, decimal_places=4, null=True, blank=True)
    missing_reason = models.CharField(_("warum kein Wert"), max_length=40, blank=True)
    is_provisional = models.BooleanField(_("vorläufig"), default=False)

    class Meta(Sourced.Meta):
        verbose_name = _("Beobachtung")
        verbose_name_plural = _("Beobachtungen")
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                name="observation_has_a_value_or_says_why_not",
                condition=models.Q(value__isnull=False) | ~models.Q(missing_reason=""),
                violation_error_message=_("Ohne Wert bitte angeben, warum er fehlt."),
            ),
        ]
        indexes = [
            models.Index(name="observation_by_series", fields=["indicator", "period_end"]),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period}: {self.value}"
