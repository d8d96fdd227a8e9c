"""What submitters say to decisions, and which points stand on the agenda of a sitting."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mitplan.common.immutable import Immutable
from mitplan.conference.models import AgendaItem
from mitplan.participation.models.decisions import Decision
from mitplan.participation.models.submissions import Point


class Objection(models.Model):
    """A submitter's answer to a decision: accepted, or maintained with a reason. No row means silence.

    It may be changed until the last day; each answer stands in the record of acts.
    """

    class Stance(models.TextChoices):
        ACCEPTED = "accepted", _("angenommen")
        MAINTAINED = "maintained", _("aufrechterhalten")

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="objections")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="objection")
    stance = models.CharField(_("Haltung"), max_length=10, choices=Stance)
    reason = models.TextField(_("Begründung"), blank=True)
    answered_at = models.DateTimeField(_("beantwortet am"))
    answered_as = models.CharField(_("beantwortet als"), max_length=120)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Antwort auf eine Entscheidung")
        verbose_name_plural = _("Antworten auf Entscheidungen")
        constraints = [
            models.CheckConstraint(
                name="objection_maintained_gives_a_reason",
                condition=~Q(stance="maintained") | ~Q(reason=""),
                violation_error_message=_(
                    "Bitte begründen, warum Sie das Anliegen aufrechterhalten."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point}: {self.get_stance_display()}"


class AgendaPoint(Immutable):
    """A point that stands under an item of a sitting, and why."""

    class Cause(models.TextChoices):
        MAINTAINED = "maintained", _("aufrechterhalten")
        CONTESTED = "contested", _("strittig")
        DEFERRED = "deferred", _("Wiedervorlage")

    may_change = frozenset({"taken_off_at"})

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="agenda_points")
    agenda_item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, related_name="agenda_points"
    )
    cause = models.CharField(_("Anlass"), max_length=10, choices=Cause)
    put_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    put_at = models.DateTimeField(_("aufgesetzt am"))
    taken_off_at = models.DateTimeField(_("abgesetzt am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Anliegen auf der Tagesordnung")
        verbose_name_plural = _("Anliegen auf der Tagesordnung")
        constraints = [
            models.UniqueConstraint(
                name="agendapoint_once_per_item",
                fields=["point", "agenda_item"],
                condition=Q(taken_off_at__isnull=True),
                violation_error_message=_("Das Anliegen steht schon auf dieser Tagesordnung."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point}: {self.agenda_item}"
