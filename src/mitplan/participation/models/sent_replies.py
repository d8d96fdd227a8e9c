"""Which reply went to whom, when, and until when the submitter may maintain a point."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mitplan.common.immutable import Immutable
from mitplan.common.models import OutgoingMail
from mitplan.conference.models import Organisation
from mitplan.participation.models.consultations import Consultation


class SentReply(Immutable):
    """One sending of the reply to a submitter; sent again, it is another row, and the time begins anew."""

    class Route(models.TextChoices):
        MAIL = "mail", _("E-Mail")
        LETTER = "letter", _("Brief")

    may_change = frozenset({"mail"})

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="sent_replies"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="sent_replies"
    )
    route = models.CharField(_("Weg"), max_length=10, choices=Route)
    mail = models.OneToOneField(
        OutgoingMail, on_delete=models.PROTECT, null=True, blank=True, related_name="sent_reply"
    )
    points = models.PositiveIntegerField(_("Anliegen"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(_("versandt am"))
    last_day = models.DateField(_("Frist, um ein Anliegen aufrechtzuerhalten"))

    class Meta:
        verbose_name = _("versandte Antwort")
        verbose_name_plural = _("versandte Antworten")
        indexes = [
            models.Index(name="sentreply_by_submitter", fields=["consultation", "organisation"]),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_route_display()})"
