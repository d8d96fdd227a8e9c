"""How an edition was adopted, in public."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

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
    adopted_at = models.DateTimeField(_("beschlossen am"))
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
