"""The template from which reply letters are made."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mitplan.common.immutable import Immutable
from mitplan.participation.models.consultations import Consultation


class ReplyTemplate(Immutable):
    """A Word file with placeholders; for one consultation, or without one for all. The newest counts."""

    consultation = models.ForeignKey(
        Consultation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reply_templates",
    )
    name = models.CharField(_("Dateiname"), max_length=200)
    content = models.BinaryField(_("Datei"))
    sha256 = models.CharField(_("Prüfsumme"), max_length=64)
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    stored_at = models.DateTimeField(_("hinterlegt am"))

    class Meta:
        verbose_name = _("Briefvorlage")
        verbose_name_plural = _("Briefvorlagen")

    def __str__(self) -> str:
        return self.name
