"""Two badges: a thing is a sourced fact, or it was made up for the demonstration."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Sourced(models.Model):
    """A thing that says where it comes from: a page in the world, or the demonstration."""

    source = models.TextField(_("Quelle"), blank=True)
    note = models.TextField(_("Anmerkung"), blank=True)
    is_demonstration = models.BooleanField(_("Demonstration"), default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_sourced_or_demonstration",
                condition=Q(is_demonstration=False) | Q(source=""),
                violation_error_message=_(
                    "Erfundenes für die Demonstration kann keine Quelle haben."
                ),
            )
        ]
