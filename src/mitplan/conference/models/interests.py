"""What organisations say about whom they represent and who pays for them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mitplan.common.immutable import Immutable
from mitplan.conference.models.organisations import Organisation


class InterestDeclaration(Immutable):
    """An organisation's own word about its interests; a newer one follows, none is changed."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="interest_declarations"
    )
    represents = models.TextField(_("Wen wir vertreten"), max_length=600)
    financed_by = models.TextField(_("Wie wir uns finanzieren"), max_length=600)
    declared_as = models.CharField(_("erklärt als"), max_length=120)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    declared_at = models.DateTimeField(_("erklärt am"))

    class Meta:
        verbose_name = _("Interessenerklärung")
        verbose_name_plural = _("Interessenerklärungen")
        get_latest_by = "pk"

    def __str__(self) -> str:
        return f"{self.organisation}"
