"""Projects and where they work."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mitplan.common.partial_dates import PartialDateField
from mitplan.common.sourced import Sourced
from mitplan.plan.models import Measure


class District(models.Model):
    """A district or independent city, by its official key."""

    ags = models.CharField(_("Schlüssel"), max_length=5, primary_key=True)
    name = models.CharField(_("Name"), max_length=100)
    short_name = models.CharField(_("Kurzname"), max_length=60, unique=True)
    kind = models.CharField(_("Art"), max_length=40)
    region = models.CharField(_("Regierungsbezirk"), max_length=40)

    class Meta:
        verbose_name = _("Kreis oder kreisfreie Stadt")
        verbose_name_plural = _("Kreise und kreisfreie Städte")

    def __str__(self) -> str:
        return self.name


class Project(Sourced):
    """A concrete project of state, municipality or civil society. Unknown is empty, never zero."""

    class Level(models.TextChoices):
        STATE = "Land", _("Land")
        MUNICIPAL = "Kommune", _("Kommune")
        CIVIL_SOCIETY = "Zivilgesellschaft", _("Zivilgesellschaft")

    class FundingKind(models.TextChoices):
        TOTAL = "gesamt", _("gesamte Laufzeit")
        BUDGET_YEAR = "haushaltsjahr", _("ein Haushaltsjahr")
        PER_YEAR = "je_jahr", _("je Jahr")
        PER_MUNICIPALITY = "je_kommune", _("je Kommune")
        PER_PROJECT = "je_projekt", _("je Projekt")
        PER_PERSON = "je_person", _("je Person")
        APPLIED_FOR = "antragsvolumen", _("beantragte Summe")
        PRIZE = "preisgeld", _("Preisgeld")

    class Precision(models.TextChoices):
        EXACT = "genau", _("genau")
        ABOUT = "rund", _("rund")
        AT_LEAST = "mindestens", _("mindestens")
        AT_MOST = "hoechstens", _("höchstens")

    name = models.CharField(_("Name"), max_length=300)
    carrier = models.CharField(_("Träger"), max_length=300)
    level = models.CharField(_("Ebene"), max_length=20, choices=Level)
    field = models.CharField(_("Thema"), max_length=100, blank=True)
    place = models.CharField(_("Ort"), max_length=150, blank=True)
    begins = PartialDateField(_("Beginn"), blank=True)
    ends = PartialDateField(_("Ende"), blank=True)
    funding_cents = models.BigIntegerField(_("Förderung in Cent"), null=True, blank=True)
    funding_kind = models.CharField(
        _("Art der Förderung"), max_length=20, choices=FundingKind, blank=True
    )
    funding_precision = models.CharField(
        _("Genauigkeit"), max_length=12, choices=Precision, blank=True
    )
    award_year = models.PositiveSmallIntegerField(_("Jahr der Auszeichnung"), null=True, blank=True)
    districts = models.ManyToManyField(
        District, related_name="projects", verbose_name=_("Kreise"), blank=True
    )
    measures = models.ManyToManyField(
        Measure, related_name="projects", verbose_name=_("Maßnahmen"), blank=True
    )

    class Meta(Sourced.Meta):
        verbose_name = _("Projekt")
        verbose_name_plural = _("Projekte")
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                name="project_funding_says_what_it_covers",
                condition=Q(funding_cents__isnull=True) | ~Q(funding_kind=""),
                violation_error_message=_("Bitte angeben, wofür der Betrag gilt."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("projects:project", args=[self.pk])
