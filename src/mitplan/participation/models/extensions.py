"""Windows that were made longer: for all, or for one organisation with a public reason."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitplan.common.immutable import Immutable
from mitplan.conference.models import Organisation
from mitplan.participation.models.consultations import Audience, Consultation


class ExtensionRequest(Immutable):
    """An organisation's request for more time, and the answer with its reason. Frozen once answered."""

    frozen_when = "answered_at"

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="extension_requests"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="extension_requests"
    )
    wished_until = models.DateField(_("gewünschter letzter Tag"))
    reason = models.TextField(_("Begründung"), max_length=2000)
    contact = models.EmailField(_("Adresse für die Antwort"), blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    asked_as = models.CharField(_("beantragt als"), max_length=120)
    asked_at = models.DateTimeField(_("beantragt am"))
    granted_until = models.DateField(_("verlängert bis"), null=True, blank=True)
    answer = models.TextField(_("Antwort"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("beantwortet am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Antrag auf Fristverlängerung")
        verbose_name_plural = _("Anträge auf Fristverlängerung")
        constraints = [
            models.UniqueConstraint(
                name="extensionrequest_one_waits_per_organisation",
                fields=["consultation", "organisation"],
                condition=Q(answered_at__isnull=True),
                violation_error_message=_(
                    "Ein Antrag Ihrer Organisation wartet schon auf Antwort."
                ),
            ),
            models.CheckConstraint(
                name="extensionrequest_answer_gives_a_reason",
                condition=Q(answered_at__isnull=True) | ~Q(answer=""),
                violation_error_message=_("Bitte die Antwort in einem Satz begründen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.wished_until}"


class Extension(Immutable):
    """A later last day of one circle, or of one organisation in it, with its public reason."""

    audience = models.ForeignKey(
        Audience,
        on_delete=models.PROTECT,
        related_name="extensions",
        verbose_name=pgettext_lazy("Adressaten", "Kreis"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="extensions",
        verbose_name=_("nur für"),
    )
    request = models.OneToOneField(
        ExtensionRequest,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="extension",
    )
    closed_on = models.DateField(_("bisher letzter Tag"))
    closes_on = models.DateField(_("neuer letzter Tag"))
    reason = models.TextField(_("öffentlicher Grund"), max_length=2000)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    granted_at = models.DateTimeField(_("verlängert am"))

    class Meta:
        verbose_name = _("Fristverlängerung")
        verbose_name_plural = _("Fristverlängerungen")
        constraints = [
            models.CheckConstraint(
                name="extension_ends_later",
                condition=Q(closes_on__gt=F("closed_on")),
                violation_error_message=_("Der neue letzte Tag liegt nicht nach dem bisherigen."),
            ),
            models.CheckConstraint(
                name="extension_gives_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Bitte den Grund angeben; er ist öffentlich."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.audience}: {self.closes_on}"
