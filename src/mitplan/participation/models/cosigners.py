"""Further organisations whose demand a submission is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mitplan.common.immutable import Immutable
from mitplan.conference.models import Organisation
from mitplan.participation.models.submissions import Submission


class CoSigner(Immutable):
    """An organisation that signed a submission beside the one that handed it in; it gets its own reply."""

    frozen_when = "signed_at"

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="cosigners")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="cosigned"
    )
    organisation_name = models.CharField(_("Organisation bei Abgabe"), max_length=200)
    signed_at = models.DateTimeField(_("eingetragen am"))

    class Meta:
        verbose_name = _("Mitunterzeichnende")
        verbose_name_plural = _("Mitunterzeichnende")
        constraints = [
            models.UniqueConstraint(
                name="cosigner_once",
                fields=["submission", "organisation"],
                violation_error_message=_("Diese Organisation hat schon unterzeichnet."),
            ),
        ]

    def __str__(self) -> str:
        return self.organisation_name
