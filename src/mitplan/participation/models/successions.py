"""What became of points that were split, merged or reworded."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mitplan.common.immutable import Immutable
from mitplan.participation.models.submissions import Point


class Succession(Immutable):
    """One point that goes on in another; the old one keeps its number, its address and its words."""

    class Cause(models.TextChoices):
        SPLIT = "split", _("geteilt")
        MERGED = "merged", _("zusammengeführt")
        REWORDED = "reworded", _("neu gefasst")

    frozen_when = "made_at"

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="predecessions")
    cause = models.CharField(_("Anlass"), max_length=8, choices=Cause)
    reason = models.TextField(_("Begründung"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("ersetzt am"))

    class Meta:
        verbose_name = _("Nachfolge eines Anliegens")
        verbose_name_plural = _("Nachfolgen von Anliegen")
        constraints = [
            models.UniqueConstraint(name="succession_once", fields=["point", "successor"]),
            models.CheckConstraint(
                name="succession_never_of_itself", condition=~Q(point=F("successor"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point} → {self.successor}"
