"""Suggestions outside any window, or from people without an account: the store of topics."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mitplan.common.immutable import Immutable
from mitplan.conference.models import Organisation
from mitplan.participation.models.consultations import Consultation
from mitplan.participation.models.submissions import Point
from mitplan.plan.models import FieldOfAction, Passage, Plan

LONGEST_SUGGESTION = 4000


class Suggestion(Immutable):
    """What somebody suggests at any time; a person's counts once the mail address is confirmed.

    Its words are frozen on receipt. Name and address of a person may be erased, and never are public
    without consent.
    """

    frozen_when = "received_at"
    may_change = frozenset(
        {
            "taken_into",
            "taken_at",
            "taken_by",
            "point",
            "withdrawn_at",
            "person_name",
            "is_name_public",
            "contact",
        }
    )

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="suggestions")
    consultation = models.ForeignKey(
        Consultation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="suggestions",
        verbose_name=_("zur Beteiligungsrunde"),
    )
    number = models.CharField(_("Nummer"), max_length=20, unique=True, null=True, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="suggestions"
    )
    organisation_name = models.CharField(_("Organisation"), max_length=200, blank=True)
    person_role = models.CharField(_("eingereicht als"), max_length=120, blank=True)
    mandate = models.CharField(_("Mandat"), max_length=300, blank=True)
    person_name = models.CharField(_("Name"), max_length=120, blank=True)
    is_name_public = models.BooleanField(_("Name darf veröffentlicht werden"), default=False)
    contact = models.EmailField(_("E-Mail-Adresse"), blank=True)
    passage = models.ForeignKey(
        Passage,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="suggestions",
        verbose_name=_("Textstelle"),
    )
    field = models.ForeignKey(
        FieldOfAction,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="suggestions",
        verbose_name=_("Handlungsfeld"),
    )
    text = models.TextField(_("Vorschlag"), max_length=LONGEST_SUGGESTION)
    nonce = models.CharField(max_length=64, default=secrets.token_hex)
    sent_at = models.DateTimeField(_("abgeschickt am"))
    received_at = models.DateTimeField(_("eingegangen am"), null=True, blank=True)
    sha256 = models.CharField(_("Prüfsumme"), max_length=64, blank=True)
    taken_into = models.ForeignKey(
        Consultation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="taken_suggestions",
        verbose_name=_("aufgenommen in"),
    )
    taken_at = models.DateTimeField(_("aufgenommen am"), null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    point = models.OneToOneField(
        Point, on_delete=models.PROTECT, null=True, blank=True, related_name="suggestion"
    )
    withdrawn_at = models.DateTimeField(_("zurückgezogen am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Vorschlag im Themenspeicher")
        verbose_name_plural = _("Vorschläge im Themenspeicher")
        constraints = [
            models.CheckConstraint(
                name="suggestion_received_has_number_and_hash",
                condition=Q(received_at__isnull=True, number__isnull=True)
                | (Q(received_at__isnull=False, number__isnull=False) & ~Q(sha256="")),
            ),
            models.CheckConstraint(
                name="suggestion_says_something",
                condition=~Q(text=""),
                violation_error_message=_("Bitte den Vorschlag schreiben."),
            ),
        ]
        indexes = [models.Index(name="suggestion_by_receipt", fields=["received_at"])]

    def __str__(self) -> str:
        return self.number or str(_("noch nicht bestätigt"))

    def get_absolute_url(self) -> str:
        return reverse("participation:suggestion", args=[self.number])
