"""Points of earlier consultations on which work goes on, laid before a new one."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mitplan.participation.models.consultations import Consultation
from mitplan.participation.models.submissions import Point


class CarriedPoint(models.Model):
    """A deferred point that a consultation takes along, so that it is spoken of again."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="carried_points"
    )
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="carried_into")
    carried_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    carried_at = models.DateTimeField(_("mitgenommen am"))

    class Meta:
        verbose_name = _("mitgenommenes Anliegen")
        verbose_name_plural = _("mitgenommene Anliegen")
        constraints = [
            models.UniqueConstraint(name="carriedpoint_once", fields=["consultation", "point"]),
        ]

    def __str__(self) -> str:
        return f"{self.point}"
