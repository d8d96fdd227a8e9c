"""How an edition was adopted, and what the search finds."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitplan.common.immutable import Immutable
from mitplan.participation.models import Consultation
from mitplan.plan.models import Edition


class Adoption(Immutable):
    """That an edition was adopted: the gates as they stood, and a public override if one was needed."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="adoption")
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, null=True, blank=True, related_name="adoptions"
    )
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    adopted_as = models.CharField(_("beschlossen durch"), max_length=200)
    adopted_at = models.DateTimeField(pgettext_lazy("Fassung", "beschlossen am"))
    gates = models.JSONField()
    override_office = models.CharField(_("Amt"), max_length=200, blank=True)
    override_reason = models.TextField(_("Begründung der Ausnahme"), blank=True)
    words_seen = models.PositiveIntegerField(_("Wörter, die der Konferenz vorlagen"))
    words_from_points = models.PositiveIntegerField(_("Wörter aus Anliegen"))

    class Meta:
        verbose_name = _("Beschluss einer Fassung")
        verbose_name_plural = _("Beschlüsse von Fassungen")
        constraints = [
            models.CheckConstraint(
                name="adoption_override_names_office_and_reason",
                condition=Q(override_office="", override_reason="")
                | (~Q(override_office="") & ~Q(override_reason="")),
                violation_error_message=_("Eine Ausnahme braucht Amt und Begründung."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition}"


class SearchEntry(models.Model):
    """A public thing as the search finds it; made anew from the rooms, so it may be thrown away.

    The stems are what is searched; the database keeps its own index over them (see search_index).
    """

    class Kind(models.TextChoices):
        PASSAGE = "passage", _("Textstellen")
        GOAL = "goal", _("Ziele")
        MEASURE = "measure", _("Maßnahmen")
        POINT = "point", _("Anliegen")
        PROJECT = "project", _("Projekte")
        INDICATOR = "indicator", _("Indikatoren")
        SITTING = "sitting", _("Sitzungen")

    kind = models.CharField(_("Art"), max_length=10, choices=Kind)
    url = models.CharField(_("Adresse"), max_length=300)
    title = models.CharField(_("Titel"), max_length=400)
    text = models.TextField(_("Text"), blank=True)
    source = models.TextField(_("Quelle"), blank=True)
    is_demonstration = models.BooleanField(_("Demonstration"), default=False)
    title_stems = models.TextField()
    text_stems = models.TextField(blank=True)

    class Meta:
        verbose_name = _("Eintrag im Suchverzeichnis")
        verbose_name_plural = _("Einträge im Suchverzeichnis")
        constraints = [
            models.UniqueConstraint(name="searchentry_once", fields=["kind", "url"]),
        ]

    def __str__(self) -> str:
        return self.title


class SearchState(models.Model):
    """Up to which act of the audit chain the search knows everything, and whether more is on its way."""

    record = models.PositiveBigIntegerField(default=0)
    built_at = models.DateTimeField(pgettext_lazy("Tag", "Stand"), null=True, blank=True)
    asked_at = models.DateTimeField(_("Erneuerung verlangt am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Stand des Suchverzeichnisses")
        verbose_name_plural = _("Stände des Suchverzeichnisses")

    def __str__(self) -> str:
        return f"{self.record}"
