"""Words that were blacked out for the public, with the reason."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mitplan.common.immutable import Immutable
from mitplan.participation.models.submissions import Point, Submission


class Redaction(Immutable):
    """A letter or a point of which words are blacked out.

    The row it stands on holds the blacked-out text, so that no reader can show more. `original` is what
    stood there, for those who may read it; it is emptied where the law demands.
    """

    class Ground(models.TextChoices):
        PERSONAL = "personal", _("personenbezogene Angaben")
        THIRD_PARTY = "third_party", _("Rechte Dritter")
        SECRET = "secret", _("Betriebs- oder Geschäftsgeheimnis")
        UNLAWFUL = "unlawful", _("strafbarer oder beleidigender Inhalt")

    class Part(models.TextChoices):
        LETTER = "letter", _("Anschreiben")
        TEXT = "text", _("Anliegen")
        REASON = "reason", _("Begründung")

    may_change = frozenset({"original", "erased_at"})

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="redactions")
    point = models.ForeignKey(
        Point, on_delete=models.PROTECT, null=True, blank=True, related_name="redactions"
    )
    part = models.CharField(_("Teil"), max_length=8, choices=Part)
    original = models.TextField(_("ursprünglicher Text"), blank=True)
    ground = models.CharField(_("Grund"), max_length=12, choices=Ground)
    reason = models.TextField(_("Begründung"))
    redacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    redacted_as = models.CharField(_("geschwärzt durch"), max_length=120)
    redacted_at = models.DateTimeField(_("geschwärzt am"))
    erased_at = models.DateTimeField(_("Urtext gelöscht am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Schwärzung")
        verbose_name_plural = _("Schwärzungen")
        constraints = [
            models.CheckConstraint(
                name="redaction_of_a_letter_or_a_point",
                condition=Q(part="letter", point__isnull=True)
                | (~Q(part="letter") & Q(point__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point or self.submission}: {self.get_ground_display()}"
