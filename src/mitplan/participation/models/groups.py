"""Points that say the same and are decided as one, points that contradict each other, and unequal answers."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mitplan.common.immutable import Immutable
from mitplan.participation.models.consultations import Consultation


class PointGroup(Immutable):
    """Near-identical points that a person put together: one decision, a reply to every signatory."""

    frozen_when = "made_at"
    may_change = frozenset({"dissolved_at"})

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="point_groups"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("gebildet am"))
    dissolved_at = models.DateTimeField(_("aufgelöst am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Gruppe gleichlautender Anliegen")
        verbose_name_plural = _("Gruppen gleichlautender Anliegen")

    def __str__(self) -> str:
        return f"G{self.pk}"


class PointPair(models.Model):
    """What a person said of two points: that they are not the same, or that they contradict each other.

    Of a pair the point that was stored first stands first.
    """

    class Relation(models.TextChoices):
        DIFFERENT = "different", _("nicht gleichlautend")
        CONTRADICTING = "contradicting", _("widersprechen sich")

    first = models.ForeignKey(
        "participation.Point", on_delete=models.PROTECT, related_name="pairs_as_first"
    )
    second = models.ForeignKey(
        "participation.Point", on_delete=models.PROTECT, related_name="pairs_as_second"
    )
    relation = models.CharField(_("Verhältnis"), max_length=14, choices=Relation)
    reason = models.TextField(_("Begründung"), blank=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    said_at = models.DateTimeField(_("festgestellt am"))

    class Meta:
        verbose_name = _("Verhältnis zweier Anliegen")
        verbose_name_plural = _("Verhältnisse von Anliegen")
        constraints = [
            models.UniqueConstraint(name="pointpair_once", fields=["first", "second", "relation"]),
            models.CheckConstraint(name="pointpair_in_order", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.second}: {self.get_relation_display()}"


class UnequalAnswers(Immutable):
    """Why results were published although near-identical points were decided differently."""

    frozen_when = "given_at"

    consultation = models.OneToOneField(
        Consultation, on_delete=models.PROTECT, related_name="unequal_answers"
    )
    pairs = models.PositiveIntegerField(_("Paare"))
    reason = models.TextField(_("Begründung"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(_("begründet am"))

    class Meta:
        verbose_name = _("Begründung ungleicher Entscheidungen")
        verbose_name_plural = _("Begründungen ungleicher Entscheidungen")

    def __str__(self) -> str:
        return f"{self.consultation}: {self.pairs}"
