"""Who stands in for a member, from when until when; and colleagues an organisation invited itself."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from mitplan.common.models import OutgoingMail
from mitplan.conference.models.organisations import Mandate, Organisation


class Delegation(models.Model):
    """A span of days in which a deputy acts for the member."""

    class Cause(models.TextChoices):
        DELEGATED = "delegated", _("übertragen")
        ABSENT = "absent", _("Mitglied abwesend")

    deputy = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="delegations")
    cause = models.CharField(_("Anlass"), max_length=10, choices=Cause)
    begins_on = models.DateField(_("erster Tag"))
    ends_on = models.DateField(_("letzter Tag"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(_("eingetragen am"))
    revoked_at = models.DateTimeField(_("zurückgenommen am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Vertretungszeit")
        verbose_name_plural = _("Vertretungszeiten")
        constraints = [
            models.CheckConstraint(
                name="delegation_ends_after_it_begins",
                condition=Q(ends_on__gte=F("begins_on")),
                violation_error_message=_("Der letzte Tag liegt vor dem ersten."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy.user}: {self.begins_on}–{self.ends_on}"


class ColleagueInvitation(models.Model):
    """A member's invitation to a colleague; its link opens one task: take the mandate on."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="colleague_invitations"
    )
    kind = models.CharField(
        _("Art"),
        max_length=20,
        choices=[
            (each.value, each.label) for each in (Mandate.Kind.CONTRIBUTOR, Mandate.Kind.DEPUTY)
        ],
    )
    email = models.EmailField(_("E-Mail-Adresse"))
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField(_("eingeladen am"))
    valid_until = models.DateField(_("gültig bis"))
    nonce = models.CharField(max_length=64, default=secrets.token_hex)
    mail = models.OneToOneField(
        OutgoingMail,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="colleague_invitation",
    )
    mandate = models.OneToOneField(
        Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="invitation"
    )
    accepted_at = models.DateTimeField(_("angenommen am"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("zurückgenommen am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Einladung an eine Kollegin oder einen Kollegen")
        verbose_name_plural = _("Einladungen an Kolleginnen und Kollegen")
        constraints = [
            models.UniqueConstraint(
                name="colleagueinvitation_one_waits_per_address",
                fields=["organisation", "email"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                violation_error_message=_("Diese Adresse ist schon eingeladen."),
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def get_absolute_url(self) -> str:
        return reverse("conference:accept_colleague", args=[self.pk, self.key])

    @property
    def key(self) -> str:
        """The secret of the link; made anew from the nonce, so that no copy of it is stored."""
        text = f"{self.pk}:{self.nonce}"
        return salted_hmac("mitplan.colleague", text, algorithm="sha256").hexdigest()[:32]
