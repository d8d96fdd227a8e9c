"""Windows in which a frozen text is open, and who was asked."""

import secrets
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitplan.common.immutable import Immutable
from mitplan.common.models import OutgoingMail
from mitplan.conference.models import Organisation
from mitplan.plan.models import Edition, Passage


class Consultation(Immutable):
    """A window in which one frozen edition is open to named audiences. Frozen once it is opened."""

    class LateRule(models.TextChoices):
        """What happens to what comes in after the last day."""

        TREAT = "treat", _("wird behandelt wie alles andere")
        STORE = "store", _("kommt in den Themenspeicher")

    frozen_when = "opened_at"
    may_change = frozenset({"results_published_at"})

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="consultations")
    number = models.PositiveSmallIntegerField(_("Nummer"), unique=True)
    title = models.CharField(_("Titel"), max_length=200)
    introduction = models.TextField(_("Worum es geht"), blank=True)
    minimum_working_days = models.PositiveSmallIntegerField(_("Mindestfrist"), default=20)
    short_reason = models.TextField(_("Grund für die kürzere Frist"), blank=True)
    late_rule = models.CharField(
        _("Was verspätet eingeht"), max_length=10, choices=LateRule, default=LateRule.TREAT
    )
    opened_at = models.DateTimeField(_("eröffnet am"), null=True, blank=True)
    results_published_at = models.DateTimeField(
        _("Ergebnisse veröffentlicht am"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("Beteiligungsrunde")
        verbose_name_plural = _("Beteiligungsrunden")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("participation:consultation", args=[self.number])


class Audience(Immutable):
    """A group a consultation is open to, with its own first and last day. Frozen once it is opened.

    Only an `Extension` moves the last day; it keeps the day before and the reason.
    """

    class Kind(models.TextChoices):
        CONFERENCE = "conference", _("Konferenz")
        DEPARTMENTS = "departments", _("Ressorts")
        MUNICIPALITIES = "municipalities", _("Kommunen")
        PUBLIC = "public", _("Öffentlichkeit")

    frozen_when = "opened_at"
    may_change = frozenset({"closes_on", "longest_until"})

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="audiences"
    )
    kind = models.CharField(pgettext_lazy("Adressaten", "Kreis"), max_length=20, choices=Kind)
    opens_on = models.DateField(_("erster Tag"))
    closes_on = models.DateField(_("letzter Tag"))
    longest_until = models.DateField(
        _("letzter Tag einzelner Organisationen"), null=True, blank=True
    )
    opened_at = models.DateTimeField(_("eröffnet am"), null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("Adressaten", "Kreis")
        verbose_name_plural = pgettext_lazy("Adressaten", "Kreise")
        constraints = [
            models.UniqueConstraint(name="audience_once", fields=["consultation", "kind"]),
            models.CheckConstraint(
                name="audience_closes_after_it_opens",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("Der letzte Tag liegt vor dem ersten."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"

    @property
    def ends_on(self) -> date:
        """The day with which the time is over for everybody, those with more time of their own too."""
        return max(self.closes_on, self.longest_until or self.closes_on)


class Question(Immutable):
    """One of the few questions asked about a passage. Frozen once the consultation is opened."""

    frozen_when = "opened_at"

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="questions"
    )
    number = models.PositiveSmallIntegerField(_("Nummer"))
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="questions")
    text = models.TextField(_("Frage"))
    opened_at = models.DateTimeField(_("eröffnet am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Frage")
        verbose_name_plural = _("Fragen")
        constraints = [
            models.UniqueConstraint(
                name="question_numbered_once", fields=["consultation", "number"]
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Invitation(models.Model):
    """Who was asked, by which route, and whether it arrived. Its link opens exactly one task."""

    class Route(models.TextChoices):
        MAIL = "mail", _("E-Mail")
        HAND = "hand", _("persönlich oder Brief")

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="invitations"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="invitations"
    )
    route = models.CharField(_("Weg"), max_length=10, choices=Route)
    mail = models.OneToOneField(
        OutgoingMail, on_delete=models.PROTECT, null=True, blank=True, related_name="invitation"
    )
    nonce = models.CharField(max_length=64, default=secrets.token_hex)
    invited_at = models.DateTimeField(_("eingeladen am"))
    first_opened_at = models.DateTimeField(_("zuerst geöffnet am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Einladung")
        verbose_name_plural = _("Einladungen")
        constraints = [
            models.UniqueConstraint(
                name="invitation_once_per_organisation", fields=["consultation", "organisation"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("participation:task", args=[self.pk, self.key])

    @property
    def key(self) -> str:
        """The secret of the link; made anew from the nonce, so that no copy of it is stored."""
        return salted_hmac("mitplan.invitation", f"{self.pk}:{self.nonce}").hexdigest()[:32]
