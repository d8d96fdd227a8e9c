"""Where words of the plan come from."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitplan.common.immutable import Immutable
from mitplan.common.partial_dates import PartialDateField
from mitplan.common.sourced import Sourced
from mitplan.conference.models import Department, Resolution
from mitplan.plan.models.editions import Edition, Passage, Plan


class Origin(Immutable):
    """Who or what brought words into the plan.

    The plan knows no person: points (participation) and resolutions (conference) point to origins,
    or are pointed to here where they stand to the right of the plan.
    """

    class Kind(models.TextChoices):
        POINT = "point", pgettext_lazy("Einzahl", "Anliegen")
        RESOLUTION = "resolution", _("Beschluss")
        DEPARTMENT = "department", _("Ressort")
        FOUNDATION = "foundation", _("Grundlage")
        EDITION = "edition", _("Fassung")
        EDITORIAL = "editorial", _("Redaktion")

    may_change = frozenset({"edition"})

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="origins")
    kind = models.CharField(_("Art"), max_length=20, choices=Kind)
    label = models.CharField(_("Bezeichnung"), max_length=200)
    reason = models.TextField(_("öffentliche Begründung"), blank=True)
    began_at = models.DateTimeField(_("seit"))
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="origins"
    )
    resolution = models.ForeignKey(
        Resolution, on_delete=models.PROTECT, null=True, blank=True, related_name="origins"
    )
    edition = models.OneToOneField(
        Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="origin"
    )

    class Meta:
        verbose_name = _("Herkunft")
        verbose_name_plural = _("Herkünfte")
        constraints = [
            models.CheckConstraint(
                name="origin_department_gives_a_public_reason",
                condition=~Q(kind="department") | ~Q(reason=""),
                violation_error_message=_(
                    "Eine Änderung eines Ressorts braucht eine öffentliche Begründung."
                ),
            ),
            models.CheckConstraint(
                name="origin_resolution_is_named",
                condition=~Q(kind="resolution") | Q(resolution__isnull=False),
                violation_error_message=_("Bitte den Beschluss nennen."),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Foundation(Sourced):
    """A document the plan rests on."""

    title = models.CharField(_("Titel"), max_length=200, unique=True)
    dated = PartialDateField(_("Datum"), blank=True)
    issuer = models.CharField(_("Herausgeber"), max_length=200)
    reference = models.CharField(_("Fundstelle"), max_length=120, blank=True)
    role = models.CharField(_("Bedeutung für den Plan"), max_length=120, blank=True)

    class Meta(Sourced.Meta):
        verbose_name = _("Grundlage")
        verbose_name_plural = _("Grundlagen")

    def __str__(self) -> str:
        return self.title


class FoundationUse(models.Model):
    """A passage that uses a foundation."""

    foundation = models.ForeignKey(Foundation, on_delete=models.PROTECT, related_name="uses")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="foundation_uses")

    class Meta:
        verbose_name = _("Verwendung einer Grundlage")
        verbose_name_plural = _("Verwendungen von Grundlagen")
        constraints = [
            models.UniqueConstraint(name="foundationuse_once", fields=["foundation", "passage"]),
        ]

    def __str__(self) -> str:
        return f"{self.foundation_id} → {self.passage_id}"
