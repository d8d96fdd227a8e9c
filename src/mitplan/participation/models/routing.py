"""Which department answers for which topic, and whose advice is asked on a point by when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mitplan.conference.models import Department
from mitplan.participation.models.submissions import Point
from mitplan.plan.models import FieldOfAction


class TopicRoute(models.Model):
    """A department that answers for a field of action."""

    field = models.ForeignKey(FieldOfAction, on_delete=models.PROTECT, related_name="topic_routes")
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="topic_routes"
    )

    class Meta:
        verbose_name = _("Zuständigkeit für ein Handlungsfeld")
        verbose_name_plural = _("Zuständigkeiten für Handlungsfelder")
        constraints = [
            models.UniqueConstraint(name="topicroute_once", fields=["field", "department"]),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.department}"


class AdviceRequest(models.Model):
    """A department whose advice on a point is asked for; without a day the point is only routed to it."""

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="advice_requests")
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="advice_requests"
    )
    due_on = models.DateField(_("Votum bis"), null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("erbeten am"))

    class Meta:
        verbose_name = _("Bitte um Fachvotum")
        verbose_name_plural = _("Bitten um Fachvotum")
        constraints = [
            models.UniqueConstraint(
                name="advicerequest_once",
                fields=["point", "department"],
                violation_error_message=_("Dieses Ressort ist schon beteiligt."),
            ),
        ]
        indexes = [models.Index(name="advicerequest_by_due", fields=["department", "due_on"])]

    def __str__(self) -> str:
        return f"{self.point}: {self.department}"
