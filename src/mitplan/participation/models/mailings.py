"""What was sent to whom: every dispatch of an invitation, every reminder, and what a person wants to get."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mitplan.common.models import OutgoingMail
from mitplan.participation.models.consultations import Invitation


class Dispatch(models.Model):
    """One time an invitation left the house; sent again, it has several."""

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="dispatches")
    route = models.CharField(_("Weg"), max_length=10, choices=Invitation.Route)
    mail = models.OneToOneField(
        OutgoingMail, on_delete=models.PROTECT, null=True, blank=True, related_name="dispatch"
    )
    sent_on = models.DateField(_("versandt am"))
    recorded_at = models.DateTimeField(_("eingetragen am"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Versand")
        verbose_name_plural = _("Versand")

    def __str__(self) -> str:
        return f"{self.invitation}, {self.sent_on}"


class ReminderSent(models.Model):
    """That somebody was reminded of one thing; the key is unique, so that nobody is reminded of it twice."""

    key = models.CharField(max_length=120, unique=True)
    mail = models.ForeignKey(
        OutgoingMail, on_delete=models.SET_NULL, null=True, related_name="reminders"
    )
    written_at = models.DateTimeField(_("geschrieben am"))

    class Meta:
        verbose_name = _("Erinnerung")
        verbose_name_plural = _("Erinnerungen")

    def __str__(self) -> str:
        return self.key


class MailChoice(models.Model):
    """Which mails a person wants: the weekly digest or not, and in which language."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choice"
    )
    wants_digest = models.BooleanField(_("wöchentliche Übersicht"), default=True)
    language = models.CharField(
        _("Sprache der E-Mails"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )

    class Meta:
        verbose_name = _("Wahl der E-Mails")
        verbose_name_plural = _("Wahl der E-Mails")

    def __str__(self) -> str:
        return f"{self.user}"
