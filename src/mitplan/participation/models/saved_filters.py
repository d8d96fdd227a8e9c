"""Selections of the table of points that somebody keeps under a name."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class SavedFilter(models.Model):
    """A named selection of points with an address of its own; shared ones are offered to colleagues."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters"
    )
    name = models.CharField(_("Name der Auswahl"), max_length=80)
    query = models.CharField(_("Auswahl"), max_length=1000)
    is_shared = models.BooleanField(_("auch für Geschäftsstelle und Ressorts"), default=False)
    saved_at = models.DateTimeField(_("gespeichert am"))

    class Meta:
        verbose_name = _("gespeicherte Auswahl")
        verbose_name_plural = _("gespeicherte Auswahlen")
        constraints = [
            models.UniqueConstraint(
                name="savedfilter_named_once",
                fields=["user", "name"],
                violation_error_message=_("Eine Auswahl mit diesem Namen haben Sie schon."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("participation:saved_filter", args=[self.pk])
