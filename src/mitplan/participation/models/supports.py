"""Who inside an organisation stands behind a point that is still a draft."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mitplan.participation.models.submissions import Point


class Support(models.Model):
    """A colleague's word that a drafted point has his or her support."""

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="supports")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="supports"
    )
    supported_at = models.DateTimeField(_("unterstützt am"))

    class Meta:
        verbose_name = _("Unterstützung eines Anliegens")
        verbose_name_plural = _("Unterstützungen von Anliegen")
        constraints = [models.UniqueConstraint(name="support_once", fields=["point", "user"])]

    def __str__(self) -> str:
        return f"{self.user}"
